// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on late electors at the desk: what says where they would vote, and who is proposed already.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/roll_line.hpp"
#include "util/clock.hpp"

namespace bureau {

// The imported rules, with the scrutins' titles in their order.
struct RulesOfElection {
    domain::LineRules rules;
    std::vector<std::string> titles;
};
RulesOfElection rules_of_election(db::Connection& db);

// One of this académie that waits for a decision, or for the administration's file.
std::optional<unsigned> waiting_inscription(db::Connection& db, std::string_view academie, std::string_view address,
                                            util::Instant now);

}  // namespace bureau
