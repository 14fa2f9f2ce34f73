// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/entry_budget.hpp"

#include <mutex>

namespace account {

void EntryBudget::turn(util::Instant now) {
    const std::int64_t period = now.time_since_epoch() / k_window;
    if (period == period_) return;
    period_ = period;
    taken_.clear();
}

bool EntryBudget::has_room(const std::string& network, unsigned limit, util::Instant now) {
    const std::lock_guard lock(mutex_);
    turn(now);
    const auto found = taken_.find(network);
    return found == taken_.end() || found->second < limit;
}

void EntryBudget::take(const std::string& network, util::Instant now) {
    const std::lock_guard lock(mutex_);
    turn(now);
    ++taken_[network];
}

void EntryBudget::give_back(const std::string& network, util::Instant now) {
    const std::lock_guard lock(mutex_);
    turn(now);
    const auto found = taken_.find(network);
    if (found != taken_.end() && found->second > 0) --found->second;
}

}  // namespace account
