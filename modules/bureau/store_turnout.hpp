// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about who has voted: counted by category and hour, or found by name.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bureau/turnout.hpp"
#include "db/connection.hpp"
#include "domain/ids.hpp"

namespace bureau {

// Categories of a roll (voter.personnel), without votes.
std::vector<TurnoutGroup> roll_categories(db::Connection& db, domain::ScrutinId scrutin);
// Adds the votes of each hour from `since` on, the beginning of one; a category that is not there any more is added.
void add_votes(db::Connection& db, domain::ScrutinId scrutin, util::Instant since, std::vector<TurnoutGroup>& groups);

struct AttendanceRow {
    std::string last_name, first_name, affectation;
    std::optional<util::Instant> voted_at;
};
// Those of the roll whose key lies in [from, until), in its order, `limit` at most.
std::vector<AttendanceRow> attendance_of(db::Connection& db, domain::ScrutinId scrutin, std::string_view from,
                                         std::string_view until, unsigned limit);

}  // namespace bureau
