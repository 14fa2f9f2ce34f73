// SPDX-License-Identifier: AGPL-3.0-or-later
// E: sum of the votes v_i; S: seats; s_i: seats of list i. No division but the quotient's floor, and products of 128 bits.
#include "domain/seats.hpp"

#include <algorithm>

namespace domain {

namespace {

__extension__ typedef unsigned __int128 Product;

using Indexes = std::vector<std::size_t>;

// A list of names gets no more seats than it has names; a sigle list (0 names known) has no such limit.
bool may_take(const SeatList& list, unsigned has) { return list.votes > 0 && (list.candidates == 0 || has < list.candidates); }

// Those of `among` that no other one exceeds; `compare` gives the order of two.
template <class Compare>
Indexes greatest(const Indexes& among, const Compare& compare) {
    Indexes best;
    for (const std::size_t i : among) {
        const int order = best.empty() ? 1 : compare(i, best.front());
        if (order > 0) best.clear();
        if (order >= 0) best.push_back(i);
    }
    return best;
}

template <class Number>
int order_of(Number left, Number right) {
    return left < right ? -1 : left > right ? 1 : 0;
}

// Who has as good a right to the next seat as any other, and by which rule; all of them take one where there are seats enough, since their order
// changes nothing then.
struct Next {
    Indexes lists;
    SeatStep::By by = SeatStep::By::average;
};

Next next_takers(const std::vector<SeatList>& lists, const std::vector<unsigned>& seats, std::uint64_t left,
                 bool tie_by_candidates) {
    Indexes able;
    for (std::size_t i = 0; i < lists.size(); ++i)
        if (may_take(lists[i], seats[i])) able.push_back(i);
    // v_i / (s_i + 1) against v_j / (s_j + 1), by products: no rounding decides a seat.
    const auto by_average = [&](std::size_t i, std::size_t j) {
        return order_of(Product{lists[i].votes} * (Product{seats[j]} + 1), Product{lists[j].votes} * (Product{seats[i]} + 1));
    };
    Next next{greatest(able, by_average)};
    if (next.lists.size() <= left) return next;
    next = {greatest(next.lists, [&](std::size_t i, std::size_t j) { return order_of(lists[i].votes, lists[j].votes); }),
            SeatStep::By::votes};
    if (next.lists.size() <= left) return next;
    if (tie_by_candidates) {
        next = {greatest(next.lists,
                         [&](std::size_t i, std::size_t j) { return order_of(lists[i].candidates, lists[j].candidates); }),
                SeatStep::By::candidates};
        if (next.lists.size() <= left) return next;
    }
    next.by = SeatStep::By::draw;
    return next;
}

}  // namespace

Allocation allocate_seats(const std::vector<SeatList>& lists, unsigned seats, bool tie_by_candidates,
                          const std::vector<std::size_t>& draws) {
    Allocation allocation;
    allocation.seats.assign(lists.size(), 0);
    allocation.unfilled = seats;
    Product e = 0;
    std::uint64_t names = 0;
    bool all_named = true;
    for (const SeatList& list : lists) {
        e += list.votes;
        names += list.candidates;
        all_named = all_named && list.candidates > 0;
    }
    if (e == 0) return allocation;
    // With fewer candidates than seats, the quotient uses the seats really to be filled.
    const std::uint64_t s = all_named ? std::min<std::uint64_t>(seats, names) : seats;

    std::uint64_t left = s;
    SeatStep first{SeatStep::By::quotient, {}, {}};
    for (std::size_t i = 0; i < lists.size(); ++i) {
        auto quota = static_cast<unsigned>(Product{lists[i].votes} * s / e);
        if (lists[i].candidates > 0) quota = std::min(quota, lists[i].candidates);
        allocation.seats[i] = quota;
        left -= quota;
        first.takers.push_back(i);
    }
    first.after = allocation.seats;
    allocation.steps.push_back(std::move(first));
    while (left > 0) {
        Next next = next_takers(lists, allocation.seats, left, tie_by_candidates);
        if (next.lists.empty()) break;  // nobody is left to sit
        if (next.by == SeatStep::By::draw) {
            const bool drawn = allocation.draws_taken < draws.size() &&
                               std::find(next.lists.begin(), next.lists.end(), draws[allocation.draws_taken]) != next.lists.end();
            if (!drawn) {
                allocation.draw = next.lists;
                break;
            }
            next.lists = {draws[allocation.draws_taken++]};
        }
        for (const std::size_t i : next.lists) ++allocation.seats[i];
        left -= next.lists.size();
        allocation.steps.push_back({next.by, std::move(next.lists), allocation.seats});
    }
    allocation.unfilled = seats - (s - left);
    return allocation;
}

}  // namespace domain
