// SPDX-License-Identifier: AGPL-3.0-or-later
// Standing of a scrutin: no page compares states or dates by itself.
#include "scrutins/standing.hpp"

namespace scrutins {

using domain::CalendarEvent;

Standing standing_of(std::string_view state, bool voted, const domain::Calendar& calendar, util::Instant now,
                     util::Instant signed_in_at) {
    if (voted) return Standing::voted;
    const bool before_opening = state == "draft" || state == "published" || state == "sealed";
    if (!before_opening && state != "open") return Standing::closed;
    if (state == "open" && calendar.may_cast(now, signed_in_at)) return Standing::open;
    return calendar.reached(CalendarEvent::vote_closes, now) ? Standing::closed : Standing::upcoming;
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

bool lists_are_shown(const domain::Calendar& calendar, util::Instant now) {
    return calendar.reached(CalendarEvent::lists_shown, now);
}

bool results_are_shown(std::string_view state, const domain::Calendar& calendar, util::Instant now) {
    return (state == "proclaimed" || state == "archived") && calendar.reached(CalendarEvent::results_shown, now);
}

}  // namespace scrutins
