// SPDX-License-Identifier: AGPL-3.0-or-later
// Sees a list of stolen passwords being tried: many addresses, few tries each, hardly one right. No account's own count shows that.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "util/clock.hpp"
#include "util/priority.hpp"

namespace account {

// Of the whole process; forgets with it, as what it sees lasts.
class SprayWatch {
public:
    // In ten minutes: addresses whose password was wrong, of one network and of all; and how many times as many as were right.
    static constexpr unsigned k_of_one = 50, k_of_all = 1000, k_times = 3;
    static constexpr std::chrono::minutes k_window{10};

    // A try from `network` ended. `scale`: how many times k_of_one it may do, being larger than others. True when it is now the first of its
    // window to be taken for a spray: to be told.
    bool note(std::string_view network, std::string_view address, bool right, unsigned scale, util::Instant now);

    // Whether tries of this network cost an effort: in this window or the one before it sprayed, or all together did.
    bool is_suspect(std::string_view network, util::Instant now);

private:
    struct Count {
        std::unordered_set<std::uint64_t> wrong;  // addresses, hashed
        unsigned right = 0;
        bool is_spray = false;
    };
    struct Window {
        std::unordered_map<std::string, Count> networks;
        Count all;
    };
    static constexpr std::size_t k_networks = 20'000, k_told_apart = 20;  // most networks; most addresses of one, in limits
    void turn(util::Instant now);

    util::CeilingMutex mutex_;
    std::int64_t period_ = 0;
    Window current_, before_;
};

}  // namespace account
