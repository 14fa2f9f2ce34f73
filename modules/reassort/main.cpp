// SPDX-License-Identifier: AGPL-3.0-or-later
//
// NAME
//   portail-reassort - a new code de vote for an elector who lost his
//
// SYNOPSIS
//   portail-reassort --config FILE [--secrets DIR] [--listen SOCKET] [--check]
//
// DESCRIPTION
//   FastCGI worker behind nginx. From the day the calendar says to the close of the vote, a signed-in elector gives a mobile
//   number, his NUMEN and his birth date (/reassort), and the answer to his question défi if he has one and the edition asks
//   it. If they are those of his file, the worker opens the escrow of his
//   credential, seals it under a fresh code, replaces the envelope, and queues the code by SMS and a warning by mail, all in one
//   transaction. The old code dies with the old envelope; the credential, and what was cast with it, stay.
//   Where the election shows new codes on screen (the edition of 2022, or its own setting), the same proofs, the answer among them, bring a
//   temporary code of eight digits by SMS or to a personal address (/reassort/temporaire), and that one, within 15 minutes, the new code on
//   the page that answers (/reassort/code): once, and again for two minutes to the same form. Until then the old code stays good.
//   In the edition of 2018, and elsewhere once a network is wrong too often, the form wants a code de sécurité, which
//   /reassort/securite/… shows and says. At most three sent requests per elector and five wrong tries in 24 hours; the same form sent twice is one request. The
//   owner stops further requests at /reassort/gel.
//
// SECURITY
//   User, MySQL account and socket: portail-reassort. It alone reads `escrow` and voter.identity_check; of
//   `account` it reads the question défi and the hash of its answer, not the password's. Writes
//   envelope (its four sealed columns), reassort_request, reassort_temporary, outbox (insert), throttle. It sees nothing of `urne`, no password, no
//   émargement. Secrets: escrow_secret_key and escrow_public_key, numen_pepper, password_pepper (key of the answers' hashes), pseudonym_key (of the log).
//   A code is in memory for one request, and in the message until courrier has sent it or on the page that answers; it is in no log. A code on
//   a page is made of the form's key, which the browser alone has, and of this worker's: it is stored nowhere, and the same form gets
//   the same. Phone numbers are kept by their last four digits; where a temporary code went is sealed for this worker, until it has served. Who controls this worker can read credentials, hence vote for electors whose
//   sessions he also holds: that is why it does nothing else, and why each issue is recorded and told to its owner by mail.
//
// CONFIGURATION
//   See modules/web/settings.hpp. Secrets: the five above; db_password without unix_socket authentication.
//
// DIAGNOSTICS
//   One line per request, and `reassort` with the outcome (sent, mismatch, too-many-tries, none-left, frozen, busy,
//   not-ready; temporary-sent, temporary-wrong, temporary-expired, temporary-dead, too-many-temporary, too-soon, shown, shown-before…); `reassort-frozen` when an owner stops requests; `limit-reached` when a cap on messages bites.
//   Exit codes: 0 stopped, 64 bad options, 78 bad settings, secrets, templates or rights, 1 anything else.
//
// SEE ALSO
//   modules/README.md, sql/grants/reassort.sql, systemd/portail-reassort.service
#include "reassort/routes.hpp"
#include "web/worker_main.hpp"

int main(int argc, char** argv) { return web::worker_main(argc, argv, {"reassort", reassort::routes, true}); }
