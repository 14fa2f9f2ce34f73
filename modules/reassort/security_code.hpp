// SPDX-License-Identifier: AGPL-3.0-or-later
// The code de sécurité: six digits to be read in an image or heard, once each. Nothing is stored of one that is asked: its digits are made of the
// session, a token that stands in the form, and a key of this process. It slows a program down and stops none that can read; the limits do that.
#pragma once

#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "util/clock.hpp"

namespace reassort {

// Of one process: after a restart another is asked.
class SecurityCode {
public:
    static constexpr std::size_t k_digits = 6;
    static constexpr std::chrono::minutes k_lives{30};  // at least; twice that at most

    SecurityCode();

    // A fresh one for this session, 40 characters at most of [A-Za-z0-9_.-].
    std::string new_token(std::string_view session_id, util::Instant now) const;

    // Its digits; nothing for a token that is not this session's, is too old or was answered.
    std::optional<std::string> digits(std::string_view session_id, std::string_view token, util::Instant now);

    // Whether the digits were typed; blanks do not count. A wrong answer ends the token, so that nobody tries a million; a right one ends it
    // only if `spend`.
    bool is_answered(std::string_view session_id, std::string_view token, std::string_view typed, util::Instant now, bool spend);

private:
    std::string code_of(std::string_view session_id, std::string_view token) const;
    bool is_ours(std::string_view session_id, std::string_view token, util::Instant now) const;

    std::string key_;
    std::mutex mutex_;
    std::int64_t period_ = 0;
    std::unordered_set<std::string> spent_, spent_before_;
};

}  // namespace reassort
