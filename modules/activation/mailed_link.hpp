// SPDX-License-Identifier: AGPL-3.0-or-later
// Links sent by mail: their life, and the cookie that carries one from the first address to the page, so that no token stays in a
// history or a Referer. No HTTP, no SQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace activation {

enum class Purpose { activation, reset };
std::string_view name_of(Purpose purpose);  // as in SQL

constexpr std::chrono::seconds life_of(Purpose purpose) {
    return purpose == Purpose::activation ? std::chrono::hours{24} : std::chrono::hours{1};
}

// A row of mail_token with what must be known of its elector.
struct MailedLink {
    domain::VoterId voter;
    Purpose purpose = Purpose::activation;
    util::Instant expires_at;
    bool superseded = false;
    bool used = false;
    bool struck_off = false;   // the elector
    bool has_account = false;  // the elector
};

enum class LinkState {
    valid,
    incomplete,   // cut by the mail program, or nothing at all
    former,       // of the length of a former election's, which may be one of ours that was cut
    unknown,      // whole, but not one of ours, or of the other purpose
    superseded,   // a newer one was sent
    used,         // opened, and the space was not created after it
    used_active,  // opened, and the space exists
    expired,
    struck_off,  // no longer an elector
};

// `link`: what the table says of the token carried, for the purpose of the address it came by.
LinkState state_of(std::string_view token, Purpose purpose, const std::optional<MailedLink>& link, util::Instant now);

// The cookie's value: a letter for the purpose, then the token without the « . », « > » or « ) » after it; the letter alone when it holds a
// character that no token of ours has.
std::string carry(Purpose purpose, std::string_view token);
struct Carried {
    Purpose purpose;
    std::string token;
};
std::optional<Carried> carried(std::string_view cookie);

inline constexpr std::string_view k_link_cookie = "__Host-lien";

}  // namespace activation
