// SPDX-License-Identifier: AGPL-3.0-or-later
// NAME
//   portail-activation - identification, activation link, password, question défi, forgotten password
// SYNOPSIS
//   portail-activation --config FILE [--secrets DIR] [--listen SOCKET] [--check]
// DESCRIPTION
//   Serves /portail/. An agent gives a professional address; if it is an elector's, a link is queued for its mailbox.
//   The link leads to a page that changes nothing; its button spends the link and opens a journey of 30 minutes kept in
//   the visitor's session: password, then the question défi in editions that ask it, then the account is created and the
//   elector is signed in. The same path with a link of purpose "reset" replaces a lost password.
//   A page never tells whether an address is known, active or struck off: only the mailbox is told.
// SECURITY
//   User and MySQL account portail-activation. Reads voter, account, academie; writes account, mail_token, outbox (insert
//   only), session, throttle. Reads neither the urne nor envelopes. Holds the password pepper. Trusts nginx for the client's
//   address and nothing else. Of a token only the SHA-256 is stored; of a password only the Argon2id hash, also between
//   two pages. Neither ever reaches a log: nginx masks the query of /portail/.
//   Limits: 5 links per address and hour; 3,000 requests per network (/24, /64, or as declared in [networks]) and ten minutes, after which
//   a browser calculates first; a link lives 24 h (activation) or 1 h (reset), is used once, and dies when a newer one is sent.
// CONFIGURATION
//   portail.toml, see web/settings.hpp; secrets db_password, password_pepper and pseudonym_key.
// DIAGNOSTICS
//   One line per request on standard error, and one per act: systemd/EVENTS.md (whether an address is an elector's is not logged).
//   An elector is named by his pseudonym. Exit codes: see web/worker_main.hpp.
// SEE ALSO
//   portail-account (sign-in), portail-courrier (sends the mails), sql/portail.sql (mail_token, account)
#include "activation/routes.hpp"
#include "web/worker_main.hpp"

int main(int argc, char** argv) { return web::worker_main(argc, argv, {"activation", activation::routes, true}); }
