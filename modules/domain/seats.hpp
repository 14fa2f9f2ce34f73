// SPDX-License-Identifier: AGPL-3.0-or-later
// Seats by quotient then greatest average, as the decrees on representation say, in integers. The software never draws lots.
#pragma once

#include <cstdint>
#include <vector>

namespace domain {

struct SeatList {
    std::uint64_t votes;
    unsigned candidates;  // for the tie rule of CAP
};

struct Allocation {
    std::vector<unsigned> seats;    // per list, in the order given
    std::vector<std::size_t> draw;  // lists among which the bureau must draw for the next seat; empty if complete
};

// `draws`: outcomes the bureau typed in, in order: each the list that takes the seat drawn for.
Allocation allocate_seats(const std::vector<SeatList>& lists, unsigned seats, bool tie_by_candidates,
                          const std::vector<std::size_t>& draws = {});

}  // namespace domain
