// SPDX-License-Identifier: AGPL-3.0-or-later
// How many passwords of one network were looked at in the line and let nobody in: who joins and never comes back costs as much as who fails,
// and stands in no count of failures.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>

#include "util/clock.hpp"
#include "util/priority.hpp"

namespace account {

// Of the whole process; forgets with it.
class EntryBudget {
public:
    static constexpr std::chrono::minutes k_window{10};

    bool has_room(const std::string& network, unsigned limit, util::Instant now);
    void take(const std::string& network, util::Instant now);
    void give_back(const std::string& network, util::Instant now);  // he is in

private:
    void turn(util::Instant now);

    util::CeilingMutex mutex_;
    std::int64_t period_ = 0;
    std::unordered_map<std::string, unsigned> taken_;
};

}  // namespace account
