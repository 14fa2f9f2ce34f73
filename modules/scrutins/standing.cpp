// SPDX-License-Identifier: AGPL-3.0-or-later
// Standing of a scrutin: no page compares states or dates by itself.
#include "scrutins/standing.hpp"

namespace scrutins {

Standing standing_of(domain::ScrutinState state, const domain::Stop& stop, bool voted, const domain::Calendar& calendar,
                     util::Instant now, util::Instant signed_in_at) {
    if (stop.is_annulled()) return Standing::annulled;
    if (voted) return Standing::voted;
    switch (domain::phase_of(state, stop, calendar, now, signed_in_at)) {
        case domain::Phase::not_yet: return Standing::upcoming;
        case domain::Phase::open: return Standing::open;
        case domain::Phase::suspended: return Standing::suspended;
        case domain::Phase::closed: break;
    }
    return Standing::closed;
}

std::string_view label_of(Standing standing) {
    switch (standing) {
        case Standing::upcoming: return "à venir";
        case Standing::open: return "ouvert";
        case Standing::suspended: return "suspendu";
        case Standing::voted: return "voté";
        case Standing::closed: return "clos";
        case Standing::annulled: return "annulé";
    }
    return {};
}

std::string_view badge_of(Standing standing) {
    switch (standing) {
        case Standing::upcoming: return "upcoming";
        case Standing::open: return "open";
        case Standing::voted: return "done";
        case Standing::suspended:
        case Standing::annulled:
        case Standing::closed: return "closed";
    }
    return {};
}

}  // namespace scrutins
