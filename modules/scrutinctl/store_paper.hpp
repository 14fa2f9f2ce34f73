// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements of the published files of a scrutin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/published.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

using Paper = domain::PublishedPaper;
std::vector<Paper> papers(db::Connection& db, domain::ScrutinId scrutin);  // by name
// In the caller's transaction: these are the scrutin's, and no other.
void put_papers(db::Connection& db, domain::ScrutinId scrutin, const std::vector<Paper>& papers, util::Instant at);

// Digests of the logos of lists: of a scrutin, in the order of its lists, empty for one without; of all scrutins.
std::vector<std::string> logos_shown(db::Connection& db, domain::ScrutinId scrutin);
std::vector<std::string> logos_of_all(db::Connection& db);

}  // namespace scrutinctl::store
