// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_paper.hpp"

namespace scrutinctl::store {

std::vector<Paper> papers(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<Paper> all;
    for (const auto& row : db.select("SELECT name, digest, size FROM paper WHERE scrutin_id = ? ORDER BY name", {scrutin.value}))
        all.push_back({row.text(0), row.text(1), static_cast<std::uint64_t>(row.number(2))});
    return all;
}

void put_papers(db::Connection& db, domain::ScrutinId scrutin, const std::vector<Paper>& papers, util::Instant at) {
    db.execute("DELETE FROM paper WHERE scrutin_id = ?", {scrutin.value});
    for (const Paper& paper : papers)
        db.execute("INSERT INTO paper (scrutin_id, name, digest, size, published_at) VALUES (?, ?, ?, ?, ?)",
                   {scrutin.value, paper.name, paper.digest, paper.size, util::to_sql(at)});
}

std::vector<std::string> logos_shown(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<std::string> digests;
    for (const auto& row : db.select("SELECT g.digest FROM candidate_list l LEFT JOIN list_logo g ON g.candidate_list_id = l.id "
                                     "WHERE l.scrutin_id = ? ORDER BY l.position",
                                     {scrutin.value}))
        digests.push_back(row.text(0));
    return digests;
}

std::vector<std::string> logos_of_all(db::Connection& db) {
    std::vector<std::string> digests;
    for (const auto& row : db.select("SELECT digest FROM list_logo")) digests.push_back(row.text(0));
    return digests;
}

}  // namespace scrutinctl::store
