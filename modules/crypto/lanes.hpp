// SPDX-License-Identifier: AGPL-3.0-or-later
// How the engines share out jobs of unlike length among the lanes of a register. Knows no arithmetic.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace crypto {

// A batch takes as long as its longest job: the longest first, then neighbours in batches of at most `lanes`. Calls
// run(std::span<Job* const>) for each, in that order; jobs of equal length keep theirs.
template <class Job, class Length, class Run>
void run_in_batches(std::vector<Job>& jobs, std::size_t lanes, Length length, Run run) {
    std::vector<Job*> order;
    order.reserve(jobs.size());
    for (auto& job : jobs) order.push_back(&job);
    std::stable_sort(order.begin(), order.end(), [&](const Job* a, const Job* b) { return length(*a) > length(*b); });
    const std::span<Job* const> all(order);
    for (std::size_t from = 0; from < all.size(); from += lanes) run(all.subspan(from, std::min(lanes, all.size() - from)));
}

}  // namespace crypto
