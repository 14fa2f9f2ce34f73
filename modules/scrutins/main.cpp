// SPDX-License-Identifier: AGPL-3.0-or-later
//
// NAME
//   portail-scrutins - the elector's scrutins, rolls, réclamations, and the public results and logs
//
// SYNOPSIS
//   portail-scrutins --config FILE [--secrets DIR] [--listen SOCKET] [--check]
//
// DESCRIPTION
//   FastCGI worker behind nginx. It shows a signed-in elector the scrutins he takes part in and why (/scrutins), their
//   candidate lists and professions de foi from the day the calendar says, the rolls of these scrutins alone
//   (/listes-electorales), and takes réclamations until their last instant (/reclamations). It shows everybody the results
//   once proclaimed (/resultats), the signed public log of each urne (/urne) and what was sealed (/scellement), and takes the
//   cosignatures of the witnesses whom the bureau named.
//   A scrutin, list or réclamation that is not the elector's answers 404, as one that does not exist.
//
// SECURITY
//   User, MySQL account and socket: portail-scrutins. Writes reclamation, outbox (insert), throttle, urne.cosignature; reads the election, the
//   elector's own rows, rolls by page, candidate lists, seals, proclamations, and of `urne` the sealed setup and the public log. It may not
//   read passwords, envelopes, ballots, nor credentials; it asks émargement for one elector at a time, never a list.
//   Rolls are personal data: each page read is counted (120 in ten minutes) and logged without the name searched for, under
//   the reader's pseudonym (systemd/EVENTS.md). It holds no other secret than the key of these.
//   It trusts nginx for the client's address, the session row for who is signed in, and the database's clock for nothing:
//   the calendar is compared with this machine's time.
//
// CONFIGURATION
//   See modules/web/settings.hpp; [log] witnesses names keys, and a bad one stops the start. Secrets: pseudonym_key; db_password without unix_socket
//   authentication.
//
// DIAGNOSTICS
//   One line per request; `roll-read` for each page of a roll; `limit-reached` when a limit bites.
//   Exit codes: 0 stopped, 64 bad options, 78 bad settings, templates or rights, 1 anything else.
//
// SEE ALSO
//   modules/README.md, sql/grants/scrutins.sql, systemd/portail-scrutins.service
#include "scrutins/routes.hpp"
#include "web/worker_main.hpp"

int main(int argc, char** argv) { return web::worker_main(argc, argv, {"scrutins", scrutins::routes}); }
