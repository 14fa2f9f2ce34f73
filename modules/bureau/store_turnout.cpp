// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store_turnout.hpp"

#include <algorithm>

namespace bureau {

std::vector<TurnoutGroup> roll_categories(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<TurnoutGroup> groups;
    for (const auto& row : db.select("SELECT v.personnel, COUNT(*) FROM voter_scrutin r JOIN voter v ON v.id = r.voter_id "
                                     "WHERE r.scrutin_id = ? AND v.struck_off_at IS NULL GROUP BY v.personnel ORDER BY v.personnel",
                                     {static_cast<unsigned>(scrutin.value)}))
        groups.push_back({row.text(0), static_cast<std::uint64_t>(row.number(1)), {}});
    return groups;
}

void add_votes(db::Connection& db, domain::ScrutinId scrutin, util::Instant since, std::vector<TurnoutGroup>& groups) {
    for (const auto& row :
         db.select("SELECT STRAIGHT_JOIN v.personnel, DATE_FORMAT(e.voted_at, '%Y-%m-%d %H:00:00'), COUNT(*) FROM emargement e "
                   "JOIN voter v ON v.id = e.voter_id WHERE e.scrutin_id = ? AND e.voted_at >= ? GROUP BY 1, 2",
                   {static_cast<unsigned>(scrutin.value), util::to_sql(since)})) {
        auto group = std::find_if(groups.begin(), groups.end(), [&](const auto& one) { return one.name == row.text(0); });
        if (group == groups.end()) group = groups.insert(group, {row.text(0), 0, {}});
        group->votes[row.instant(1)] += static_cast<std::uint64_t>(row.number(2));
    }
}

std::vector<AttendanceRow> attendance_of(db::Connection& db, domain::ScrutinId scrutin, std::string_view from,
                                         std::string_view until, unsigned limit) {
    std::vector<AttendanceRow> rows;
    for (const auto& row : db.select(
             "SELECT v.last_name, v.first_name, v.affectation, e.voted_at FROM voter_scrutin r JOIN voter v ON v.id = r.voter_id "
             "LEFT JOIN emargement e ON e.scrutin_id = r.scrutin_id AND e.voter_id = r.voter_id "
             "WHERE r.scrutin_id = ? AND r.sort_key >= ? AND r.sort_key < ? ORDER BY r.sort_key, r.voter_id LIMIT ?",
             {static_cast<unsigned>(scrutin.value), from, until, limit}))
        rows.push_back({row.text(0), row.text(1), row.text(2), row.instant_or_null(3)});
    return rows;
}

}  // namespace bureau
