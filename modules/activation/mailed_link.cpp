// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/mailed_link.hpp"

#include <algorithm>

namespace activation {

namespace {

constexpr std::size_t k_token_length = 22;  // 16 random bytes, base64url

// Links of 2018 had 16 letters and digits, those of 2022 18.
bool has_former_shape(std::string_view token) {
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); };
    return (token.size() == 16 || token.size() == 18) && std::all_of(token.begin(), token.end(), is_plain);
}

bool is_token_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

std::string_view name_of(Purpose purpose) { return purpose == Purpose::activation ? "activation" : "reset"; }

LinkState state_of(std::string_view token, Purpose purpose, const std::optional<MailedLink>& link, util::Instant now) {
    if (!link && has_former_shape(token)) return LinkState::former;
    if (!link || link->purpose != purpose) return token.size() < k_token_length ? LinkState::incomplete : LinkState::unknown;
    if (link->struck_off) return LinkState::struck_off;
    // An activation link of somebody whose space exists: whatever else happened to it, the way on is to sign in.
    if (purpose == Purpose::activation && link->has_account) return LinkState::used_active;
    if (link->used) return link->has_account ? LinkState::used_active : LinkState::used;
    if (link->superseded) return LinkState::superseded;
    return now < link->expires_at ? LinkState::valid : LinkState::expired;
}

std::string carry(Purpose purpose, std::string_view token) {
    // What a sentence or a mail program has put after a link is none of it.
    while (!token.empty() && !is_token_character(token.back())) token.remove_suffix(1);
    std::string value(1, purpose == Purpose::activation ? 'a' : 'r');
    if (std::all_of(token.begin(), token.end(), is_token_character)) value += token;
    return value;
}

std::optional<Carried> carried(std::string_view cookie) {
    if (cookie.empty() || (cookie[0] != 'a' && cookie[0] != 'r')) return std::nullopt;
    return Carried{cookie[0] == 'a' ? Purpose::activation : Purpose::reset, std::string(cookie.substr(1))};
}

}  // namespace activation
