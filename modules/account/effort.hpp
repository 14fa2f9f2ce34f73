// SPDX-License-Identifier: AGPL-3.0-or-later
// A calculation that a browser does before a try, while too many fail: it costs a person a second or two once, and whoever tries thousands
// of passwords as much for each. A number whose SHA-256 with the challenge begins with k_bits zero bits; each is taken once.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_set>

#include "util/clock.hpp"

namespace account {

class Effort {
public:
    static constexpr unsigned k_bits = 18;  // 260,000 digests: a second of a browser
    static constexpr std::chrono::minutes k_lives{30};

    // For this browser and this half hour: what is hashed is « challenge.number », the number in decimal digits.
    static std::string challenge(std::string_view key, std::string_view session_id, util::Instant now);

    // Whether `number` answers the challenge of this half hour or the one before; it is spent then.
    bool takes(std::string_view key, std::string_view session_id, std::string_view number, util::Instant now);

private:
    std::mutex mutex_;
    std::int64_t period_ = 0;
    std::unordered_set<std::string> spent_, spent_before_;
};

}  // namespace account
