// SPDX-License-Identifier: AGPL-3.0-or-later
// NAME
//   portail-account - public home, sign-in and out, the elector's space and profile, help, assistance
// SYNOPSIS
//   portail-account --config FILE [--secrets DIR] [--listen SOCKET] [--check]
// DESCRIPTION
//   Serves the pages around the vote: the public home, /connexion, /espace with its blocks that follow the calendar,
//   /profil, /mes-connexions, /aide, /assistance and the legal pages. The pages of the space only lead to the other workers:
//   nothing of a scrutin, a roll or a vote is read here.
//   A forgotten password is asked for here and sent by the activation worker, the only one that makes links.
// SECURITY
//   User and MySQL account portail-account. Reads voter (not the identity check), account, academie; writes account's
//   password and tries, session, assistance, outbox (insert only), throttle. Reads neither the urne, nor envelopes, nor the
//   émargement. Holds the password pepper.
//   A sign-in answers the same, after the same work, for an unknown address, one whose space is not created, one struck off,
//   and a wrong password. After five wrong passwords in a row a delay of 30 s is added, doubled at each new one up to 15
//   minutes; it never becomes a lock, and a new password by mail ends it. The owner is told at the tenth. A browser that its owner entered
//   with before has a count of its own, 8 tries in a quarter of an hour, that others' tries do not touch.
//   Limits: 200 tries per address and hour; 300 wrong passwords per network (/24, /64, or as declared in [networks]) and ten minutes, or
//   passwords of 50 addresses of it wrong and hardly one right, after which a try costs a browser that is not known a calculation
//   (event spray-suspected); 10 changes of password tried per elector and hour; 10 requests for help per elector and hour, 200 per
//   network of people who are not signed in, who then calculate first.
//   A password hashed with other parameters than today's is hashed anew when it is typed.
// CONFIGURATION
//   portail.toml, see web/settings.hpp; secrets db_password, password_pepper and pseudonym_key; the list of known passwords. Texts of the administration in the templates
//   folder: account/mentions.json (legal pages); read at start.
// DIAGNOSTICS
//   One line per request on standard error, and one per act: systemd/EVENTS.md; an elector is named by his pseudonym. Exit codes: see web/worker_main.hpp.
// SEE ALSO
//   portail-activation (spaces, links), portail-scrutins, portail-reassort, portail-vote
#include "account/routes.hpp"
#include "web/worker_main.hpp"

int main(int argc, char** argv) { return web::worker_main(argc, argv, {"account", account::routes, true}); }
