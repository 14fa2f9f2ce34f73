// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/calendar_view.hpp"

#include "domain/local_time.hpp"
#include "domain/scrutin.hpp"

namespace account {

using domain::CalendarEvent;

void put_calendar(util::Json& view, const domain::Calendar& calendar, util::Instant now, const domain::Place* place) {
    for (std::size_t i = 0; i < domain::k_calendar_events; ++i) {
        const auto event = static_cast<CalendarEvent>(i);
        const std::string name(domain::name_of(event));
        view[name + "_date"] = domain::paris_date(calendar.at(event));
        view[name + "_full"] = domain::full_for(place, calendar.at(event));
    }
    const auto opens = calendar.at(CalendarEvent::vote_opens), closes = calendar.at(CalendarEvent::vote_closes);
    view["vote_period"] = domain::period_for(place, opens, closes);
    view["reclamation_period"] =
        domain::period_for(place, calendar.at(CalendarEvent::portal_opens), calendar.at(CalendarEvent::reclamations_close));
    view["vote_grace"] = now >= closes && now < closes + domain::k_grace;
    view["vote_grace_end"] = domain::time_for(place, closes + domain::k_grace);
    view["portal_open"] = calendar.reached(CalendarEvent::portal_opens, now);
    view["lists_shown"] = domain::lists_are_shown(calendar, now);
    view["reclamation_open"] = calendar.is_reclamation_open(now);
    view["reassort_early"] = !calendar.reached(CalendarEvent::reassort_opens, now);
    view["reassort_open"] = calendar.is_reassort_open(now);
    view["reassort_over"] = calendar.reached(CalendarEvent::reassort_opens, now) && !calendar.is_reassort_open(now);
    view["vote_early"] = !calendar.reached(CalendarEvent::vote_opens, now);
    view["vote_open"] = calendar.is_vote_open(now);
    view["vote_over"] = calendar.reached(CalendarEvent::vote_closes, now);
    view["results_shown"] = calendar.reached(CalendarEvent::results_shown, now);
}

std::string calendar_key(const domain::Calendar& calendar, util::Instant now) {
    std::string key;
    for (std::size_t i = 0; i < domain::k_calendar_events; ++i)
        key += calendar.reached(static_cast<CalendarEvent>(i), now) ? '1' : '0';
    key += calendar.is_over(now) ? '1' : '0';
    return key;
}

}  // namespace account
