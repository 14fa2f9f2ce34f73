// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/calendar.hpp"

namespace domain {

namespace {

constexpr std::array<std::string_view, k_calendar_events> k_names{"portal_opens",   "lists_shown", "reclamations_close",
                                                                  "reassort_opens", "vote_opens",  "vote_closes",
                                                                  "results_shown"};

}  // namespace

std::string_view name_of(CalendarEvent event) { return k_names[static_cast<std::size_t>(event)]; }

std::optional<CalendarEvent> calendar_event_of(std::string_view name) {
    for (std::size_t i = 0; i < k_names.size(); ++i) {
        if (k_names[i] == name) return static_cast<CalendarEvent>(i);
    }
    return std::nullopt;
}

bool Calendar::is_vote_open(util::Instant now) const {
    return reached(CalendarEvent::vote_opens, now) && !reached(CalendarEvent::vote_closes, now);
}

bool Calendar::may_cast(util::Instant now, util::Instant signed_in_at) const {
    if (is_vote_open(now)) return true;
    return reached(CalendarEvent::vote_opens, now) && signed_in_at < at(CalendarEvent::vote_closes) && !is_over(now);
}

bool Calendar::is_reassort_open(util::Instant now) const {
    return reached(CalendarEvent::reassort_opens, now) && !reached(CalendarEvent::vote_closes, now);
}

bool Calendar::is_reclamation_open(util::Instant now) const {
    // The day's last second belongs to the window: "until 14 November" is written 23:59:59.
    return reached(CalendarEvent::portal_opens, now) && now <= at(CalendarEvent::reclamations_close);
}

}  // namespace domain
