// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/effort.hpp"

#include <algorithm>
#include <mutex>

#include "util/bytes.hpp"
#include "util/random.hpp"

namespace web {

namespace {

std::int64_t period_of(util::Instant now) { return now.time_since_epoch() / Effort::k_lives; }

std::string challenge_of(std::string_view key, std::string_view session_id, std::int64_t period) {
    return util::to_base64url(util::hmac_sha256(key, std::to_string(period) + "|" + std::string(session_id)));
}

bool begins_with_zeros(std::string_view digest, unsigned bits) {
    for (unsigned i = 0; i < bits; ++i)
        if ((static_cast<unsigned char>(digest[i / 8]) >> (7 - i % 8) & 1) != 0) return false;
    return true;
}

}  // namespace

Effort::Effort() : key_(util::random_bytes(32)) {}

std::string Effort::challenge(std::string_view session_id, util::Instant now) const {
    return challenge_of(key_, session_id, period_of(now));
}

bool Effort::takes(std::string_view session_id, std::string_view number, util::Instant now) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (number.empty() || number.size() > 12 || !std::all_of(number.begin(), number.end(), is_digit)) return false;
    const std::int64_t period = period_of(now);
    for (const std::int64_t one : {period, period - 1}) {
        const std::string digest = util::sha256(challenge_of(key_, session_id, one) + "." + std::string(number));
        if (!begins_with_zeros(digest, k_bits)) continue;
        const std::lock_guard lock(mutex_);
        if (period != period_) {
            spent_before_ = period == period_ + 1 ? std::move(spent_) : std::unordered_set<std::string>{};
            spent_.clear();
            period_ = period;
        }
        return !spent_before_.contains(digest) && spent_.insert(digest).second;
    }
    return false;
}

Response Effort::page(const Env& env, const Form& form) const {
    util::Json view{{"title", "Une vérification avant de continuer"},
                    {"action", form.action},
                    {"challenge", challenge(env.session.id, env.now)},
                    {"bits", std::to_string(k_bits)},
                    {"link_instead", form.link_instead},
                    {"fields", util::Json::array()}};
    for (const auto& [name, value] : form.fields) view["fields"].push_back({{"name", name}, {"value", value}});
    return Response::page("errors/effort", std::move(view), 429);
}

}  // namespace web
