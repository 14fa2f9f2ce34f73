// SPDX-License-Identifier: AGPL-3.0-or-later
// The public table « qui vote où » made of the rules that made the rolls. Knows no page and no table of the database.
#pragma once

#include <vector>

#include "account/store.hpp"
#include "util/json.hpp"

namespace account {

// {instances: [{name}], rows: [{personnel, cells: [{votes, depends}], total}]}, both in the order of the rules. A row for each personnel, and one
// more for a corps that has rules of its own; `depends`: only in some académies or départements.
util::Json who_votes_where(const std::vector<store::Rule>& rules);

}  // namespace account
