// SPDX-License-Identifier: AGPL-3.0-or-later
// A token is « period.random.mark »; the mark keeps invented tokens out of the list of those that were answered.
#include "reassort/security_code.hpp"

#include "util/bytes.hpp"
#include "util/random.hpp"

namespace reassort {
namespace {

constexpr std::size_t k_mark_bytes = 9, k_random_bytes = 9;

std::int64_t security_period(util::Instant now) { return now.time_since_epoch() / SecurityCode::k_lives; }

std::string mark_of(std::string_view key, std::string_view session_id, std::string_view body) {
    const std::string mac = util::hmac_sha256(key, "mark|" + std::string(session_id) + "|" + std::string(body));
    return util::to_base64url(mac.substr(0, k_mark_bytes));
}

std::string digits_in(std::string_view typed) {
    std::string digits;
    for (const char c : typed)
        if (c != ' ') digits += c;
    return digits;
}

}  // namespace

SecurityCode::SecurityCode() : key_(util::random_bytes(32)) {}

std::string SecurityCode::new_token(std::string_view session_id, util::Instant now) const {
    const std::string body = std::to_string(security_period(now)) + "." + util::to_base64url(util::random_bytes(k_random_bytes));
    return body + "." + mark_of(key_, session_id, body);
}

bool SecurityCode::is_ours(std::string_view session_id, std::string_view token, util::Instant now) const {
    const auto last = token.rfind('.');
    if (last == std::string_view::npos) return false;
    const std::string_view body = token.substr(0, last);
    if (!util::equal_constant_time(mark_of(key_, session_id, body), token.substr(last + 1))) return false;
    const std::int64_t period = security_period(now);
    return body.starts_with(std::to_string(period) + ".") || body.starts_with(std::to_string(period - 1) + ".");
}

std::string SecurityCode::code_of(std::string_view session_id, std::string_view token) const {
    const std::string mac = util::hmac_sha256(key_, "digits|" + std::string(session_id) + "|" + std::string(token));
    std::string code;
    for (std::size_t i = 0; i < k_digits; ++i) {
        // Of 16 bits: the last digits are not more frequent by more than one in 6,000.
        const unsigned two = static_cast<unsigned char>(mac[2 * i]) * 256u + static_cast<unsigned char>(mac[2 * i + 1]);
        code += static_cast<char>('0' + two % 10);
    }
    return code;
}

std::optional<std::string> SecurityCode::digits(std::string_view session_id, std::string_view token, util::Instant now) {
    if (!is_ours(session_id, token, now)) return std::nullopt;
    const std::lock_guard lock(mutex_);
    const std::string name(token);
    if (spent_.contains(name) || spent_before_.contains(name)) return std::nullopt;
    return code_of(session_id, token);
}

bool SecurityCode::is_answered(std::string_view session_id, std::string_view token, std::string_view typed, util::Instant now,
                               bool spend) {
    if (!is_ours(session_id, token, now)) return false;
    const bool is_right = util::equal_constant_time(code_of(session_id, token), digits_in(typed));
    const std::int64_t period = security_period(now);
    const std::lock_guard lock(mutex_);
    if (period != period_) {
        spent_before_ = period == period_ + 1 ? std::move(spent_) : std::unordered_set<std::string>{};
        spent_.clear();
        period_ = period;
    }
    const std::string name(token);
    if (spent_.contains(name) || spent_before_.contains(name)) return false;
    if (spend || !is_right) spent_.insert(name);
    return is_right;
}

}  // namespace reassort
