// SPDX-License-Identifier: AGPL-3.0-or-later
// E: sum of the votes v_i; S: seats; s_i: seats of list i. No division but the quotient's floor.
#include "domain/seats.hpp"

#include <algorithm>

namespace domain {

namespace {

// A list of names gets no more seats than it has names; a sigle list (0 names known) has no such limit.
bool may_take(const SeatList& list, unsigned has) { return list.votes > 0 && (list.candidates == 0 || has < list.candidates); }

// v_i / (s_i + 1) against v_j / (s_j + 1), by products: no rounding decides a seat.
int compare_averages(const SeatList& a, unsigned s_a, const SeatList& b, unsigned s_b) {
    const std::uint64_t left = a.votes * (s_b + 1), right = b.votes * (s_a + 1);
    return left < right ? -1 : left > right ? 1 : 0;
}

// For one seat, greatest average, then more votes, then (where the scrutin says so) more candidates: the lists that have as good a right to it as any other.
std::vector<std::size_t> best_lists(const std::vector<SeatList>& lists, const std::vector<unsigned>& seats,
                                    bool tie_by_candidates) {
    std::vector<std::size_t> best;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        if (!may_take(lists[i], seats[i])) continue;
        int order = 1;
        if (!best.empty()) {
            const SeatList& other = lists[best.front()];
            order = compare_averages(lists[i], seats[i], other, seats[best.front()]);
            if (order == 0) order = lists[i].votes < other.votes ? -1 : lists[i].votes > other.votes ? 1 : 0;
            if (order == 0 && tie_by_candidates) {
                order = lists[i].candidates < other.candidates ? -1 : lists[i].candidates > other.candidates ? 1 : 0;
            }
        }
        if (order > 0) best.clear();
        if (order >= 0) best.push_back(i);
    }
    return best;
}

}  // namespace

Allocation allocate_seats(const std::vector<SeatList>& lists, unsigned seats, bool tie_by_candidates,
                          const std::vector<std::size_t>& draws) {
    Allocation allocation;
    allocation.seats.assign(lists.size(), 0);
    std::uint64_t e = 0, names = 0;
    bool all_named = true;
    for (const SeatList& list : lists) {
        e += list.votes;
        names += list.candidates;
        all_named = all_named && list.candidates > 0;
    }
    if (e == 0) return allocation;
    // With fewer candidates than seats, the quotient uses the seats really to be filled.
    const std::uint64_t s = all_named ? std::min<std::uint64_t>(seats, names) : seats;

    std::uint64_t given = 0;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        auto quota = static_cast<unsigned>(lists[i].votes * s / e);
        if (lists[i].candidates > 0) quota = std::min(quota, lists[i].candidates);
        allocation.seats[i] = quota;
        given += quota;
    }
    auto draw = draws.begin();
    while (given < s) {
        const std::vector<std::size_t> best = best_lists(lists, allocation.seats, tie_by_candidates);
        if (best.empty()) break;  // nobody is left to sit
        if (best.size() <= s - given) {
            // Enough seats for each of the equals: their order changes nothing.
            for (const std::size_t i : best) ++allocation.seats[i];
            given += best.size();
            continue;
        }
        if (draw == draws.end() || std::find(best.begin(), best.end(), *draw) == best.end()) {
            allocation.draw = best;
            break;
        }
        ++allocation.seats[*draw++];
        ++given;
    }
    return allocation;
}

}  // namespace domain
