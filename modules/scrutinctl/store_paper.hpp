// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements of the published files of a scrutin.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

struct Paper {
    std::string name, digest;  // digest: hex SHA-256
    std::uint64_t size = 0;    // bytes
};
std::vector<Paper> papers(db::Connection& db, domain::ScrutinId scrutin);  // by name
// In the caller's transaction: these are the scrutin's, and no other.
void put_papers(db::Connection& db, domain::ScrutinId scrutin, const std::vector<Paper>& papers, util::Instant at);

}  // namespace scrutinctl::store
