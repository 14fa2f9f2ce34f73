// SPDX-License-Identifier: AGPL-3.0-or-later
// Who has a space and is no elector: an independent expert at the desk. His row of the electors' table has a number from here on, and is struck off from the
// start, so that whatever reads rolls, codes, campaigns or figures leaves him out as it leaves them; only what lets people in asks this.
#pragma once

#include "domain/ids.hpp"

namespace domain {

inline constexpr std::uint32_t k_first_guest = 4'000'000'000;  // statements have the number itself
constexpr bool is_guest(VoterId voter) { return voter.value >= k_first_guest; }

}  // namespace domain
