// SPDX-License-Identifier: AGPL-3.0-or-later
// Standing of a scrutin: no page compares states or dates by itself.
#include "scrutins/standing.hpp"

namespace scrutins {

Standing standing_of(domain::ScrutinState state, bool voted, const domain::Calendar& calendar, util::Instant now,
                     util::Instant signed_in_at) {
    if (voted) return Standing::voted;
    switch (domain::phase_of(state, calendar, now, signed_in_at)) {
        case domain::Phase::not_yet: return Standing::upcoming;
        case domain::Phase::open: return Standing::open;
        case domain::Phase::closed: break;
    }
    return Standing::closed;
}

std::string_view label_of(Standing standing) {
    switch (standing) {
        case Standing::upcoming: return "à venir";
        case Standing::open: return "ouvert";
        case Standing::voted: return "voté";
        case Standing::closed: return "clos";
    }
    return {};
}

std::string_view badge_of(Standing standing) {
    switch (standing) {
        case Standing::upcoming: return "upcoming";
        case Standing::open: return "open";
        case Standing::voted: return "done";
        case Standing::closed: return "closed";
    }
    return {};
}

}  // namespace scrutins
