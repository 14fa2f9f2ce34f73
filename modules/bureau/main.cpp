// SPDX-License-Identifier: AGPL-3.0-or-later
//
// NAME
//   portail-bureau - the desk: what a bureau de vote watches, what an académie answers
//
// SYNOPSIS
//   portail-bureau --config FILE [--secrets DIR] [--listen SOCKET] [--check]
//
// DESCRIPTION
//   FastCGI worker behind nginx. Members whom the office named (scrutinctl members) come with their elector's space (an expert may have one and be no elector) and give a second factor
//   (/bureau/code), which each made himself with a code of the office (/bureau/enrolement). Then they read the counters of their bureau's scrutins and
//   the journal of the office's acts (/bureau/journal), participation and attendance (/bureau/scrutins/…), and have a scrutin checked; people of an académie
//   answer its requests (/bureau/demandes), ask for reminders, and propose and decide changes of its lines of the roll
//   (/bureau/electeurs, /bureau/changements) or late electors (/bureau/electeurs/nouveau), which scrutinctl's desk apply makes; delegates of a list (scrutinctl candidatures open) write a draft that they alone see and deposit it
//   (/bureau/candidatures). What is not their bureau's answers 404, as what does not exist; so does the whole desk to who is
//   no member.
//
// SECURITY
//   User, MySQL account and socket: portail-bureau. It reads rolls, attendance, the journal; of ballots their number. It may not read passwords, envelopes,
//   escrows, identity checks, messages, ballots nor credentials, and changes nothing of an election: of the roll it writes proposals and
//   decisions by two (roll_change, triggers refuse others), of reminders that one is asked for (desk_reminder). It writes desk_factor (what a member enrolled, the
//   last code that served), desk_session, desk_assignment, answers to requests with their steps and mails, drafts of lists, deposits (added, never changed), throttle, and entries of the journal whose action begins with « desk- » (a trigger refuses
//   others: the seal's own entries are trusted elsewhere).
//   Secrets: desk_key seals the second factors; pseudonym_key; log_public_key. Who controls this worker sees who has voted, which the law shows to
//   members, and the drafts of all unions, can deposit in a delegate's name, and can enter as any member whose session he also holds; he reaches no vote and no password.
//   A code serves once, also for two requests at once; wrong ones are counted for each person. An elector's stolen password enrols nothing: that takes a
//   code which the office gave by hand, and a second time two officers.
//
// CONFIGURATION
//   See modules/web/settings.hpp. Secrets: the three above; db_password without unix_socket authentication.
//
// DIAGNOSTICS
//   One line per request; `desk-entered`, `desk-refused`, `desk-enrolled` (systemd/EVENTS.md); `limit-reached` when a limit bites.
//   Exit codes: 0 stopped, 64 bad options, 78 bad settings, secrets, templates or rights, 1 anything else.
//
// SEE ALSO
//   modules/README.md, sql/grants/bureau.sql, systemd/portail-bureau.service
#include "bureau/routes.hpp"
#include "web/worker_main.hpp"

int main(int argc, char** argv) { return web::worker_main(argc, argv, {"bureau", bureau::routes}); }
