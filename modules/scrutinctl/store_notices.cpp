// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_notices.hpp"

namespace scrutinctl::store {

std::vector<FoldCount> fold_counts(db::Connection& db) {
    std::vector<FoldCount> counts;
    db.select_each("SELECT place, kind = 'destroyed', folds, at, actor, witness FROM notice_fold ORDER BY id", {},
                   [&](const db::Row& row) {
                       counts.push_back({row.text(0), row.flag(1), static_cast<std::uint64_t>(row.number(2)), row.instant(3),
                                         row.text(4), row.text(5)});
                   });
    return counts;
}

void add_fold_count(db::Connection& db, const FoldCount& count) {
    db.execute("INSERT INTO notice_fold (place, kind, folds, at, actor, witness) VALUES (?, ?, ?, ?, ?, ?)",
               {count.place, count.destroyed ? "destroyed" : "undelivered", static_cast<std::int64_t>(count.folds),
                util::to_sql(count.at), count.actor, count.witness});
}

std::uint64_t electors_at_place(db::Connection& db, const std::string& place) {
    return static_cast<std::uint64_t>(db.select_one("SELECT COUNT(*) FROM voter WHERE notice_place = ?", {place})->number(0));
}

bool has_codes(db::Connection& db) { return db.select_one("SELECT voter_id FROM envelope LIMIT 1").has_value(); }

}  // namespace scrutinctl::store
