// SPDX-License-Identifier: AGPL-3.0-or-later
// Electors of whom so many ballots were refused in this minute that no more are checked until the next. portail.throttle counts for all workers; who has
// reached its limit is remembered here, so that a vote like any other asks the database nothing before it is stored. A worker learns it by the
// refusal that reaches the limit: of each further worker an elector may have one ballot checked.
#pragma once

#include <mutex>
#include <unordered_set>

#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace vote {

class HeldUp {
public:
    void add(domain::VoterId voter, util::Instant minute) {
        const std::lock_guard lock(mutex_);
        if (minute < minute_) return;
        if (minute > minute_) voters_.clear();
        minute_ = minute;
        voters_.insert(voter.value);
    }
    bool has(domain::VoterId voter, util::Instant minute) const {
        const std::lock_guard lock(mutex_);
        return minute == minute_ && voters_.contains(voter.value);
    }

private:
    mutable std::mutex mutex_;
    util::Instant minute_{};
    std::unordered_set<std::uint32_t> voters_;
};

}  // namespace vote
