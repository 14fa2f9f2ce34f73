// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_import_diff.hpp"

namespace scrutinctl::store {

bool has_roll(db::Connection& db) { return db.select_one("SELECT id FROM voter WHERE id < 4000000000 LIMIT 1").has_value(); }

void each_elector(db::Connection& db, const std::function<void(const StoredElector&)>& each) {
    db.select_each(
        "SELECT id, email, civility, last_name, first_name, personnel, corps, affectation, academie_code, departement, notice_place, "
        "struck_off_at IS NOT NULL FROM voter WHERE id < 4000000000",
        {}, [&](const db::Row& row) {
            each({static_cast<unsigned>(row.number(0)), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                  row.text(6), row.text(7), row.text(8), row.text(9), row.text(10), row.flag(11)});
        });
}

std::string name_of_elector(db::Connection& db, unsigned id) {
    const auto row = db.select_one("SELECT first_name, last_name FROM voter WHERE id = ?", {id});
    return row ? row->text(0) + " " + row->text(1) : std::string();
}

std::vector<StoredScrutin> stored_scrutins(db::Connection& db) {
    std::vector<StoredScrutin> all;
    for (const auto& row : db.select("SELECT code, CONCAT_WS('|', title, instance, level, perimeter, seats, tie_by_candidates, "
                                     "crypto_group, bureau) FROM scrutin ORDER BY position"))
        all.push_back({row.text(0), row.text(1)});
    return all;
}

std::vector<StoredList> stored_lists(db::Connection& db) {
    std::vector<StoredList> all;
    std::int64_t last = 0;
    for (const auto& row : db.select("SELECT l.id, s.code, l.name, u.name, u.share FROM candidate_list l "
                                     "JOIN scrutin s ON s.id = l.scrutin_id LEFT JOIN list_union u ON u.candidate_list_id = l.id "
                                     "ORDER BY s.position, l.position, l.id, u.position")) {
        if (last != row.number(0)) all.push_back({row.text(1), row.text(2), {}});
        last = row.number(0);
        if (row.is_null(3)) continue;
        domain::UnionShare one{row.text(3)};
        if (!row.is_null(4)) one.share = static_cast<unsigned>(row.number(4));
        all.back().unions.push_back(std::move(one));
    }
    return all;
}

Lost what_is_lost(db::Connection& db) {
    const auto counted = [&](std::string_view sql) { return static_cast<std::uint64_t>(db.select_one(sql)->number(0)); };
    return {counted("SELECT COUNT(*) FROM reclamation"), counted("SELECT COUNT(*) FROM invitation"),
            counted("SELECT COUNT(*) FROM roll_change")};
}

}  // namespace scrutinctl::store
