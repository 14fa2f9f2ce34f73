// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/store_published.hpp"

namespace web {

std::vector<domain::PublishedPaper> published_papers(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<domain::PublishedPaper> papers;
    for (const auto& row : db.select("SELECT name, digest, size FROM paper WHERE scrutin_id = ? ORDER BY name", {scrutin.value}))
        papers.push_back({row.text(0), row.text(1), static_cast<std::uint64_t>(row.number(2))});
    return papers;
}

std::vector<std::string> shown_logos(db::Connection& db, domain::ScrutinId scrutin) {
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

}  // namespace web
