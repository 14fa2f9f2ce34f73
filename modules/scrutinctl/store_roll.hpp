// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on changes of the roll that two officers make: proposed, decided, carried out.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/roll_change.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

struct RollChange {
    unsigned id = 0;
    domain::VoterId voter;  // nobody yet, of a late elector
    std::string kind, detail, reason, state, proposed_by;
    util::Instant proposed_at{};
    unsigned proposed_member = 0;  // of the desk; 0: an officer proposed
    std::string decided_by = {};
    std::optional<util::Instant> expires_at = {};  // of the desk's
    std::string academie = {};                     // of the desk's late elector
};

// Of a row with the columns of a RollChange, in its order.
RollChange change_of(const db::Row& row);

// Why no line of the roll may change any more; empty: it may.
std::string why_roll_is_sealed(db::Connection& db);

// A line of the roll, as it may be corrected.
struct RollLine : domain::RollTexts {
    domain::VoterId voter;
    bool is_struck_off = false;
};
std::optional<RollLine> find_line(db::Connection& db, std::string_view address);
// The same under a lock, in the caller's transaction.
std::optional<RollLine> lock_line(db::Connection& db, domain::VoterId voter);
std::string address_of(db::Connection& db, domain::VoterId voter);

unsigned propose_change(db::Connection& db, const RollChange& change);
// Those that may still be decided at this hour.
std::vector<RollChange> proposed_changes(db::Connection& db, util::Instant now);
// Under a lock, whatever its state.
std::optional<RollChange> lock_change(db::Connection& db, unsigned id);
void decide_change(db::Connection& db, unsigned id, std::string_view state, std::string_view by, util::Instant now);

void strike_off(db::Connection& db, domain::VoterId voter, util::Instant now, std::string_view reason);
void reinstate(db::Connection& db, domain::VoterId voter);
void correct_line(db::Connection& db, const RollLine& line, std::string_view sort_key);

// Where he votes, by scrutins' codes.
std::vector<std::string> scrutins_of(db::Connection& db, domain::VoterId voter);
// By the scrutins' codes; `reason`: as the elector reads why he votes there.
void add_right(db::Connection& db, domain::VoterId voter, std::string_view scrutin, std::string_view sort_key,
               std::string_view reason);
void remove_right(db::Connection& db, domain::VoterId voter, std::string_view scrutin);

// The owner's « ce n'est pas moi » stands, and nothing has reopened since.
bool is_reassort_stopped(db::Connection& db, domain::VoterId voter);
void reopen_reassort(db::Connection& db, domain::VoterId voter, util::Instant now, std::string_view idempotency_key);

}  // namespace scrutinctl::store
