// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the office's turn: the server's lock, and who took it last.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/connection.hpp"

namespace scrutinctl::store {

// False if another connection still holds it after `seconds`. It ends with the connection.
bool lock_turn(db::Connection& db, unsigned seconds);
bool holds_turn(db::Connection& db);  // by this connection
bool is_turn_free(db::Connection& db);

struct Turn {
    std::string command, actor;
    util::Instant taken_at{};
    bool ended = false;  // false, and nobody holds the lock: it was killed
};
std::optional<Turn> last_turn(db::Connection& db);
void write_turn(db::Connection& db, std::string_view command, std::string_view actor, util::Instant now);
// Notes the end, and gives the lock back.
void end_turn(db::Connection& db);

}  // namespace scrutinctl::store
