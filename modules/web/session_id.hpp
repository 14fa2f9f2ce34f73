// SPDX-License-Identifier: AGPL-3.0-or-later
// What follows from a session's identifier: the hash that names its row, and the token of its forms.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "web/session.hpp"

namespace web {

inline constexpr std::string_view k_session_cookie = "__Host-portail";

// What the identifier before the entry to the vote still has to live, once the new one was seen.
inline constexpr std::chrono::seconds k_identifier_grace{60};

// The form of our identifiers: 128 bits in base64url. Those of who is signed in begin with one letter more, so that nginx, which knows no
// session, keeps room for them (nginx/maps.conf); it says nothing that the browser's own pages do not, and opens nothing.
bool looks_like_id(std::string_view value);
std::string member_id();
std::string as_member(std::string_view id);
bool is_member_id(std::string_view id);

std::string hash_of_id(std::string_view id);
std::string csrf_of(std::string_view id_hash);

// Sets `id`, `id_hash` and `csrf`.
void name_session(Session& session, std::string id);

}  // namespace web
