// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the register of notices that could not be handed over.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

struct FoldCount {
    std::string place;
    bool destroyed = false;  // else: nobody took them
    std::uint64_t folds = 0;
    util::Instant at{};
    std::string actor, witness;
};
// In the order in which they were counted.
std::vector<FoldCount> fold_counts(db::Connection& db);
void add_fold_count(db::Connection& db, const FoldCount& count);

// Electors whose notice goes to this place, the struck off too: theirs may be printed already.
std::uint64_t electors_at_place(db::Connection& db, const std::string& place);

// Whether anybody has a code yet.
bool has_codes(db::Connection& db);

}  // namespace scrutinctl::store
