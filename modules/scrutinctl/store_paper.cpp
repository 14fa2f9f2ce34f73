// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_paper.hpp"

namespace scrutinctl::store {

void put_papers(db::Connection& db, domain::ScrutinId scrutin, const std::vector<Paper>& papers, util::Instant at) {
    db.execute("DELETE FROM paper WHERE scrutin_id = ?", {scrutin.value});
    for (const Paper& paper : papers)
        db.execute("INSERT INTO paper (scrutin_id, name, digest, size, published_at) VALUES (?, ?, ?, ?, ?)",
                   {scrutin.value, paper.name, paper.digest, paper.size, util::to_sql(at)});
}

}  // namespace scrutinctl::store
