// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about the files that nginx serves for the office, for whoever compares them with what was noted (domain/published.hpp): a member's check
// at the desk, and the office's tool. No worker runs them but the one that calls them.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/published.hpp"

namespace web {

// Of a scrutin, by name.
std::vector<domain::PublishedPaper> published_papers(db::Connection& db, domain::ScrutinId scrutin);
// Digests of the logos of lists: of a scrutin, in the order of its lists, empty for one without; of all scrutins.
std::vector<std::string> shown_logos(db::Connection& db, domain::ScrutinId scrutin);
std::vector<std::string> logos_of_all(db::Connection& db);

}  // namespace web
