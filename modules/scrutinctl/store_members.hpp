// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about who sits at the desk. The office hands out enrolment codes and never sees a second factor.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"

namespace scrutinctl::store {

struct DeskMember {
    unsigned id = 0;
    std::string email, role, place;  // of a bureau its name, else an académie's code
    std::optional<util::Instant> enrol_until, enrolled_at;
};
// Of today, by place and role.
std::vector<DeskMember> desk_members(db::Connection& db);

bool is_elector(db::Connection& db, std::string_view address);  // and was not struck off
bool is_known(db::Connection& db, std::string_view address);    // an elector, struck off or not, or a guest
bool is_guest(db::Connection& db, std::string_view address);
std::vector<std::string> guest_addresses(db::Connection& db);

// Somebody who is no elector, and makes himself a password as electors do: numbered after all of them, and struck off from the start.
struct Guest {
    std::string email, civility, last_name, first_name;
};
void add_guest(db::Connection& db, const Guest& guest, util::Instant now);
bool has_bureau(db::Connection& db, std::string_view bureau);
bool has_academie(db::Connection& db, std::string_view code);

// False: there already.
bool add_member(db::Connection& db, const DeskMember& member, util::Instant now);
// How many roles ended.
std::uint64_t remove_member(db::Connection& db, std::string_view address, util::Instant now);
bool is_member(db::Connection& db, std::string_view address);

struct Factor {
    bool is_enrolled = false;
};
// Inside a transaction: nobody else hands out a code meanwhile.
std::optional<Factor> lock_factor(db::Connection& db, std::string_view address);
// A code that waits replaces the one before; what was enrolled is forgotten.
void put_enrolment(db::Connection& db, std::string_view address, std::string_view hash, util::Instant until);

struct Recovery {
    unsigned id = 0;
    std::string email, state, proposed_by;
    util::Instant proposed_at{};
};
unsigned propose_recovery(db::Connection& db, std::string_view address, std::string_view officer, util::Instant now);
std::vector<Recovery> proposed_recoveries(db::Connection& db);
std::optional<Recovery> lock_recovery(db::Connection& db, unsigned number);
void decide_recovery(db::Connection& db, unsigned number, std::string_view state, std::string_view officer, util::Instant now);

}  // namespace scrutinctl::store
