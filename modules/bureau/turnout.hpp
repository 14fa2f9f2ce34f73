// SPDX-License-Identifier: AGPL-3.0-or-later
// Participation of a scrutin, in all and by category, over time. No group of fewer than k_least_group people is ever in it, nor can one be computed from
// those that are: small categories are put together, with the next larger one where they are still few. Knows no database and no page.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "domain/figures.hpp"
#include "util/clock.hpp"

namespace bureau {

using domain::k_least_group;

struct TurnoutGroup {
    std::string name;
    std::uint64_t enrolled = 0;
    std::map<util::Instant, std::uint64_t> votes;  // by the beginning of the hour; hours without a vote are missing

    std::uint64_t voted() const;
    std::uint64_t voted_before(util::Instant end) const;
};

struct Turnout {
    util::Instant at{};                // when it was read
    TurnoutGroup all;                  // everybody
    std::vector<TurnoutGroup> groups;  // large enough; empty where there would be one, or none
};

// `groups`: every category, each person in one.
Turnout turnout_of(std::vector<TurnoutGroup> groups, util::Instant at);

// The words of the group that small categories make.
inline constexpr std::string_view k_other_groups = "autres (catégories de moins de 50 personnes)";

// The share that had voted, hour by hour, as points of a drawing of 1000 by 300, from the opening to the close.
std::string turnout_points(const TurnoutGroup& all, util::Instant opens, util::Instant closes, util::Instant now);

// The same as a CSV file for spreadsheets: an hour (UTC) and a group in each line, whole counts.
std::string turnout_csv(const Turnout& turnout);

}  // namespace bureau
