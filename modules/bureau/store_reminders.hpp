// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about reminders to those of an académie who have no space yet: asked for here, written by scrutinctl's desk apply.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "util/clock.hpp"

namespace bureau {

struct Reminder {
    unsigned id = 0, member = 0;
    util::Instant asked_at{};
    std::string state, outcome;
    std::uint64_t written = 0;  // people, once done
    std::optional<util::Instant> ended_at;
};
std::optional<Reminder> last_reminder(db::Connection& db, std::string_view academie);
// In the caller's transaction. False: one was asked for since, and was not impossible.
bool ask_reminder(db::Connection& db, std::string_view academie, unsigned member, util::Instant since, util::Instant now);

}  // namespace bureau
