// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/known_device.hpp"

#include <cstdint>
#include <vector>

#include "util/bytes.hpp"
#include "util/random.hpp"

namespace web {

namespace {

// A token: name, day of issue, authentication code over both and the address, which is not in it. Tokens stand one after the other.
constexpr std::size_t k_name = 12, k_day = 2, k_code = 16, k_token = k_name + k_day + k_code;
constexpr std::size_t k_written = 40;  // base64url of k_token bytes
constexpr std::size_t k_people = 3;
static_assert(k_token * 4 == k_written * 3);

std::int64_t day_of(util::Instant now) { return std::chrono::floor<std::chrono::days>(now).time_since_epoch().count(); }

std::string code_of(std::string_view key, std::string_view name_and_day, std::string_view address) {
    const std::string own = util::hmac_sha256(key, "known device|1");
    return util::hmac_sha256(own, std::string(name_and_day) + std::string(address)).substr(0, k_code);
}

std::string make_token(std::string_view key, std::string_view name, std::string_view address, util::Instant now) {
    std::string token(name);
    const auto day = static_cast<std::uint16_t>(day_of(now));
    token += static_cast<char>(day >> 8);
    token += static_cast<char>(day & 0xFF);
    return util::to_base64url(token + code_of(key, token, address));
}

// The raw name, if the token is of this address and not too old.
std::optional<std::string> name_in(std::string_view key, std::string_view written, std::string_view address, util::Instant now) {
    const auto token = util::from_base64url(written);
    if (!token || token->size() != k_token) return std::nullopt;
    const std::string_view head = std::string_view(*token).substr(0, k_name + k_day);
    if (!util::equal_constant_time(code_of(key, head, address), std::string_view(*token).substr(head.size()))) return std::nullopt;
    const auto day = static_cast<unsigned char>(head[k_name]) << 8 | static_cast<unsigned char>(head[k_name + 1]);
    if (day_of(now) - day > std::chrono::ceil<std::chrono::days>(k_device_kept).count()) return std::nullopt;
    return std::string(head.substr(0, k_name));
}

std::vector<std::string_view> tokens_of(std::string_view cookie) {
    std::vector<std::string_view> tokens;
    for (; cookie.size() >= k_written && tokens.size() < k_people; cookie.remove_prefix(k_written))
        tokens.push_back(cookie.substr(0, k_written));
    return tokens;
}

}  // namespace

std::optional<std::string> known_device(std::string_view key, std::string_view cookie, std::string_view address,
                                        util::Instant now) {
    if (address.empty()) return std::nullopt;
    for (const auto token : tokens_of(cookie))
        if (const auto name = name_in(key, token, address, now)) return util::to_hex(*name);
    return std::nullopt;
}

void remember_device(Response& response, std::string_view key, std::string_view cookie, std::string_view address,
                     util::Instant now) {
    if (address.empty()) return;
    std::string name = util::random_bytes(k_name), others;
    std::size_t kept = 1;
    for (const auto token : tokens_of(cookie)) {
        if (const auto own = name_in(key, token, address, now)) name = *own;
        else if (kept++ < k_people) others += token;
    }
    response.cookies.push_back({k_device_cookie, make_token(key, name, address, now) + others, k_device_kept});
}

}  // namespace web
