// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the session a request belongs to: the skeleton does it before any handler runs.
#pragma once

#include <string_view>

#include "db/connection.hpp"
#include "util/clock.hpp"
#include "web/session.hpp"

namespace web {

// Fills `session` from the cookie's value; a missing, malformed or dead one gives a fresh identifier or an anonymous one.
void read_session(Session& session, std::string_view cookie, db::Connection& db, util::Instant now);

}  // namespace web
