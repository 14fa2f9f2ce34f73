// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sceau/batches.hpp"

#include <algorithm>

#include "util/random.hpp"

namespace sceau {

std::vector<std::vector<std::string>> choose_batches(std::vector<std::string> waiting, bool vote_is_over,
                                                     const BatchPolicy& policy) {
    const std::size_t staying = vote_is_over ? 0 : policy.minimum - 1;
    if (waiting.empty() || (!vote_is_over && waiting.size() < policy.minimum + staying)) return {};
    for (std::size_t i = waiting.size() - 1; i > 0; --i)
        std::swap(waiting[i], waiting[util::random_below(static_cast<std::uint32_t>(i + 1))]);
    waiting.resize(waiting.size() - staying);

    // As many as needed, of about the same size: none is smaller than the minimum because another is full.
    const std::size_t count = (waiting.size() + policy.maximum - 1) / policy.maximum;
    std::vector<std::vector<std::string>> batches(count);
    for (std::size_t i = 0; i < waiting.size(); ++i) batches[i % count].push_back(std::move(waiting[i]));
    for (auto& batch : batches) std::sort(batch.begin(), batch.end());
    return batches;
}

bool Timetable::is_due(util::Instant now) {
    const auto turn = now.time_since_epoch() / every_;
    const bool is_due = last_ && turn != *last_;
    last_ = turn;
    return is_due;
}

}  // namespace sceau
