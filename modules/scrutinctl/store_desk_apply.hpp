// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on what the desk decided or asked for, and the office's tool carries out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "scrutinctl/store_roll.hpp"

namespace scrutinctl::store {

// What two members of the desk decided, and nobody has carried out yet: in the order of the decisions.
std::vector<RollChange> approved_at_desk(db::Connection& db);
std::uint64_t count_approved_at_desk(db::Connection& db);
// Strikes that it decided and that were made since then, and since an officer last read what waited (« radiations relues » in the journal).
std::uint64_t count_unread_strikes(db::Connection& db, util::Instant since);
// Of the desk's: "done", or "impossible" and why.
void end_change(db::Connection& db, unsigned id, std::string_view state, std::string_view outcome, util::Instant now);

struct AskedReminder {
    unsigned id = 0, member = 0;
    std::string academie;
};
std::vector<AskedReminder> asked_reminders(db::Connection& db);
// False: somebody has ended it meanwhile.
bool end_reminder(db::Connection& db, unsigned id, std::string_view state, std::uint64_t written, std::string_view outcome,
                  util::Instant now);

}  // namespace scrutinctl::store
