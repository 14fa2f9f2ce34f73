// SPDX-License-Identifier: AGPL-3.0-or-later
// The commands, one function each, in the order of the table (commands.cpp).
#pragma once

#include "cli/program.hpp"
#include "scrutinctl/office.hpp"

namespace scrutinctl {

util::Status keygen(Office&, const cli::Arguments&);
util::Status schema_check(Office&, const cli::Arguments&);
util::Status demo(Office&, const cli::Arguments&);
util::Status import(Office&, const cli::Arguments&);
util::Status calendar_show(Office&, const cli::Arguments&);
util::Status calendar_set(Office&, const cli::Arguments&);
util::Status publish(Office&, const cli::Arguments&);
util::Status trustee_demo_ceremony(Office&, const cli::Arguments&);
util::Status codes(Office&, const cli::Arguments&);
util::Status codes_reissue(Office&, const cli::Arguments&);
util::Status codes_withdrawn(Office&, const cli::Arguments&);
util::Status seal(Office&, const cli::Arguments&);
util::Status notices(Office&, const cli::Arguments&);
util::Status notices_undelivered(Office&, const cli::Arguments&);
util::Status notices_destroyed(Office&, const cli::Arguments&);
util::Status notices_register(Office&, const cli::Arguments&);
util::Status poster(Office& office, const cli::Arguments& arguments);
util::Status seal_challenge(Office&, const cli::Arguments&);
util::Status seal_show(Office&, const cli::Arguments&);
util::Status programs_accept(Office&, const cli::Arguments&);
util::Status open(Office&, const cli::Arguments&);
util::Status participation(Office&, const cli::Arguments&);
util::Status turnout_mail(Office&, const cli::Arguments&);
util::Status reassort_report(Office&, const cli::Arguments&);
util::Status rehearse(Office&, const cli::Arguments&);
util::Status close(Office&, const cli::Arguments&);
util::Status suspend(Office&, const cli::Arguments&);
util::Status resume(Office&, const cli::Arguments&);
util::Status annul(Office&, const cli::Arguments&);
util::Status suspensions(Office&, const cli::Arguments&);
util::Status suspensions_approve(Office&, const cli::Arguments&);
util::Status suspensions_refuse(Office&, const cli::Arguments&);
util::Status dossier_export(Office&, const cli::Arguments&);
util::Status dossier_import(Office&, const cli::Arguments&);
util::Status decrypt(Office&, const cli::Arguments&);
util::Status tally(Office&, const cli::Arguments&);
util::Status proclaim(Office&, const cli::Arguments&);
util::Status status(Office&, const cli::Arguments&);
util::Status results(Office&, const cli::Arguments&);
util::Status export_archives(Office&, const cli::Arguments&);
util::Status write_minutes(Office&, const cli::Arguments&);
util::Status bundle(Office&, const cli::Arguments&);
util::Status publish_bundles(Office&, const cli::Arguments&);
util::Status archive(Office&, const cli::Arguments&);
util::Status archive_show(Office&, const cli::Arguments&);
util::Status archive_verify(Office&, const cli::Arguments&);
util::Status archive_destroyed(Office&, const cli::Arguments&);
util::Status integrity(Office&, const cli::Arguments&);
util::Status invite(Office&, const cli::Arguments&);
util::Status returns(Office&, const cli::Arguments&);
util::Status claims(Office&, const cli::Arguments&);
util::Status claims_show(Office&, const cli::Arguments&);
util::Status claims_file(Office&, const cli::Arguments&);
util::Status claims_take(Office&, const cli::Arguments&);
util::Status claims_accept(Office&, const cli::Arguments&);
util::Status claims_refuse(Office&, const cli::Arguments&);
util::Status assistance(Office&, const cli::Arguments&);
util::Status assistance_show(Office&, const cli::Arguments&);
util::Status assistance_take(Office&, const cli::Arguments&);
util::Status assistance_answer(Office&, const cli::Arguments&);
util::Status roll(Office&, const cli::Arguments&);
util::Status roll_add(Office&, const cli::Arguments&);
util::Status roll_strike(Office&, const cli::Arguments&);
util::Status roll_reinstate(Office&, const cli::Arguments&);
util::Status roll_correct(Office&, const cli::Arguments&);
util::Status roll_scrutins(Office&, const cli::Arguments&);
util::Status roll_reopen(Office&, const cli::Arguments&);
util::Status roll_approved(Office&, const cli::Arguments&);
util::Status desk_apply(Office&, const cli::Arguments&);
util::Status roll_approve(Office&, const cli::Arguments&);
util::Status roll_refuse(Office&, const cli::Arguments&);
util::Status members(Office&, const cli::Arguments&);
util::Status members_import(Office&, const cli::Arguments&);
util::Status members_remove(Office&, const cli::Arguments&);
util::Status members_enrol(Office&, const cli::Arguments&);
util::Status members_recover(Office&, const cli::Arguments&);
util::Status members_approve(Office&, const cli::Arguments&);
util::Status members_refuse(Office&, const cli::Arguments&);
util::Status candidatures_open(Office&, const cli::Arguments&);
util::Status candidatures_rule(Office&, const cli::Arguments&);
util::Status candidatures_deposit(Office&, const cli::Arguments&);
util::Status candidatures_list(Office&, const cli::Arguments&);
util::Status candidatures_show(Office&, const cli::Arguments&);
util::Status candidatures_file(Office&, const cli::Arguments&);
util::Status candidatures_check(Office&, const cli::Arguments&);
util::Status candidatures_accept(Office&, const cli::Arguments&);
util::Status candidatures_refuse(Office&, const cli::Arguments&);
util::Status candidatures_order(Office&, const cli::Arguments&);
util::Status candidatures_publish(Office&, const cli::Arguments&);
util::Status sessions(Office&, const cli::Arguments&);
util::Status sessions_end(Office&, const cli::Arguments&);
util::Status purge(Office&, const cli::Arguments&);
util::Status audit_show(Office&, const cli::Arguments&);
util::Status audit_verify(Office&, const cli::Arguments&);

// Needs no office.
cli::Command seats_command();

// The table, in the order of an election's life; `office` must outlive it.
std::vector<cli::Command> commands(Office& office);

// scrutinctl itself: the table, and what its help says around it.
cli::Program program(Office& office);

}  // namespace scrutinctl
