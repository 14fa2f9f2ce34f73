// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_turn.hpp"

namespace scrutinctl::store {

// Locks are named for the whole server: several installations may share one.
bool lock_turn(db::Connection& db, unsigned seconds) {
    return db.select_one("SELECT GET_LOCK(CONCAT(DATABASE(), '.office'), ?)", {seconds})->number(0) == 1;
}

bool holds_turn(db::Connection& db) {
    return db.select_one("SELECT IS_USED_LOCK(CONCAT(DATABASE(), '.office')) <=> CONNECTION_ID()")->flag(0);
}

bool is_turn_free(db::Connection& db) { return db.select_one("SELECT IS_FREE_LOCK(CONCAT(DATABASE(), '.office'))")->flag(0); }

std::optional<Turn> last_turn(db::Connection& db) {
    const auto row = db.select_one("SELECT command, actor, taken_at, ended FROM office_turn WHERE id = 1");
    if (!row) return std::nullopt;
    return Turn{row->text(0), row->text(1), row->instant(2), row->flag(3)};
}

void write_turn(db::Connection& db, std::string_view command, std::string_view actor, util::Instant now) {
    db.execute("REPLACE INTO office_turn (id, command, actor, taken_at, ended) VALUES (1, ?, ?, ?, FALSE)",
               {command, actor, util::to_sql(now)});
}

void end_turn(db::Connection& db) {
    db.execute("UPDATE office_turn SET ended = TRUE WHERE id = 1");
    db.select_one("SELECT RELEASE_LOCK(CONCAT(DATABASE(), '.office'))");
}

}  // namespace scrutinctl::store
