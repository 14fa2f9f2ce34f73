// SPDX-License-Identifier: AGPL-3.0-or-later
// What templates/partials/stopped.mustache asks of a scrutin that the office stopped. Same words for everybody.
#pragma once

#include "domain/local_time.hpp"
#include "domain/scrutin.hpp"
#include "util/json.hpp"

namespace web {

// `is_suspended`: the scrutin would be open, were it not for the stop; once the vote is over a suspension has nothing to say any more.
inline void put_stop(util::Json& view, const domain::Stop& stop, bool is_suspended) {
    const bool is_annulled = stop.is_annulled();
    view["is_suspended"] = is_suspended && !is_annulled;
    view["is_annulled"] = is_annulled;
    view["stop_since"] = stop.suspended_at || is_annulled ? domain::paris_full(stop.since()) : std::string();
    view["stop_reason"] = stop.reason;
}

}  // namespace web
