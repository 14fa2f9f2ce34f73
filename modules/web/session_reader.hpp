// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads the session a request belongs to: the skeleton does it before any handler runs.
#pragma once

#include <optional>
#include <string_view>

#include "db/connection.hpp"
#include "util/clock.hpp"
#include "web/session.hpp"

namespace web {

// Whether the request is its person's doing, which begins the idle time anew, or the page's own look at how long is left.
enum class Looks { is_there, from_afar };

struct Reading {
    const Election& election;  // knows whom an elector may call
    Looks looks = Looks::is_there;
    bool wants_rolls = false;
    std::optional<domain::ScrutinId> one_roll = {};  // this one alone
};

// Fills `session` from the cookie's value; a missing, malformed or dead one gives a fresh identifier or an anonymous one. Gives the request's
// instant: the database's hour, which came with the session's row, so that no machine's own clock opens or closes a vote; where there was no
// row, the clock's own.
util::Instant read_session(Session& session, std::string_view cookie, const Reading& reading, db::Connection& db,
                           const util::Clock& clock);

}  // namespace web
