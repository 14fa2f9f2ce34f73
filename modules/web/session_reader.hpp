// SPDX-License-Identifier: AGPL-3.0-or-later
// The part of sessions that only the skeleton uses.
#pragma once

#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "util/clock.hpp"
#include "web/session.hpp"

namespace web {

inline constexpr std::string_view k_session_cookie = "__Host-portail";

// Fills `session` from the cookie's value; a missing, malformed or dead one gives a fresh identifier or an anonymous one.
void read_session(Session& session, std::string_view cookie, db::Connection& db, util::Instant now);

// « Firefox sur Android », for the list of open connections.
std::string device_name(std::string_view user_agent);

}  // namespace web
