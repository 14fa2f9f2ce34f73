// SPDX-License-Identifier: AGPL-3.0-or-later
// A calculation that a browser does before its request is looked at, while too many of its network's are bad: it costs a person a second or two
// once, and whoever sends thousands as much for each. A number whose SHA-256 with the challenge begins with k_bits zero bits; each is taken once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "util/clock.hpp"
#include "util/priority.hpp"
#include "web/env.hpp"
#include "web/request.hpp"
#include "web/response.hpp"

namespace web {

// Of one process: after a restart the page asks once more.
class Effort {
public:
    static constexpr unsigned k_bits = 18;  // 260,000 digests: a second of a browser
    static constexpr std::chrono::minutes k_lives{30};
    static constexpr std::string_view k_field = "effort";  // of the route, 12 digits at most

    Effort();

    // For this browser and this half hour: what is hashed is « challenge.number », the number in decimal digits.
    std::string challenge(std::string_view session_id, util::Instant now) const;

    // Whether `number` answers the challenge of this half hour or the one before; it is spent then.
    bool takes(std::string_view session_id, std::string_view number, util::Instant now);

    // Whether the request brings its number.
    bool is_made(const Request& request, const Env& env) { return takes(env.session.id, request.field(k_field), env.now); }

    // 429: the same request again, sent by the browser once it has calculated. `fields`: what was typed, which stands in the page.
    // `link_instead`: without a script a mailed link does as well; otherwise the assistance.
    struct Form {
        std::string action;
        std::vector<std::pair<std::string_view, std::string>> fields;
        bool link_instead = false;
    };
    Response page(const Env& env, const Form& form) const;

private:
    std::string key_;
    util::CeilingMutex mutex_;
    std::int64_t period_ = 0;
    std::unordered_set<std::string> spent_, spent_before_;
};

}  // namespace web
