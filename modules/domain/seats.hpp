// SPDX-License-Identifier: AGPL-3.0-or-later
// Seats by quotient then greatest average, as the decrees on representation say, in integers. The software never draws lots.
#pragma once

#include <cstdint>
#include <vector>

namespace domain {

struct SeatList {
    std::uint64_t votes;
    unsigned candidates;  // for the tie rule of CAP; 0: a sigle list, which has no names yet and no limit
};

// One step of the calculation: who takes seats, and what decided it.
struct SeatStep {
    enum class By { quotient, average, votes, candidates, draw };
    By by;
    std::vector<std::size_t> takers;  // lists that take one seat each; of the quotient: all lists, each its own number
    std::vector<unsigned> after;      // seats of each list once this step is done
};

struct Allocation {
    std::vector<unsigned> seats;    // per list, in the order given
    std::vector<std::size_t> draw;  // lists among which the bureau must draw for the next seat; empty if complete
    std::size_t draws_taken = 0;    // how many of `draws` served: fewer than given means that one was not asked for
    std::uint64_t unfilled = 0;     // seats that nobody takes: no vote, or no name left; those that wait for a draw are in it too
    std::vector<SeatStep> steps;
};

// `draws`: outcomes the bureau typed in, in order: each the list that takes the seat drawn for. One that names a list out of the tie stops
// the calculation there.
Allocation allocate_seats(const std::vector<SeatList>& lists, unsigned seats, bool tie_by_candidates,
                          const std::vector<std::size_t>& draws = {});

}  // namespace domain
