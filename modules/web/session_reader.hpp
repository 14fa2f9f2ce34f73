// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the session a request belongs to: the skeleton does it before any handler runs.
#pragma once

#include <string_view>

#include "db/connection.hpp"
#include "util/clock.hpp"
#include "web/session.hpp"

namespace web {

// Whether the request is its person's doing, which begins the idle time anew, or the page's own look at how long is left.
enum class Looks { is_there, from_afar };

// Fills `session` from the cookie's value; a missing, malformed or dead one gives a fresh identifier or an anonymous one.
void read_session(Session& session, std::string_view cookie, db::Connection& db, util::Instant now, Looks looks = Looks::is_there);

}  // namespace web
