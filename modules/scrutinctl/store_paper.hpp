// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements that publish files of a scrutin; what is published already is read by web/store_published.hpp.
#pragma once

#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/published.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

using Paper = domain::PublishedPaper;
// In the caller's transaction: these are the scrutin's, and no other.
void put_papers(db::Connection& db, domain::ScrutinId scrutin, const std::vector<Paper>& papers, util::Instant at);

}  // namespace scrutinctl::store
