// SPDX-License-Identifier: AGPL-3.0-or-later
// The calendar's windows at their first and last second, the grace included (V4, OPS-17).
#include "domain/calendar.hpp"
#include "domain/local_time.hpp"

#include <boost/test/unit_test.hpp>

namespace calendar_tests {

using namespace domain;

namespace {

util::Instant paris(const char* text) { return domain::from_paris(text).value(); }

Calendar calendar_2026() {
    Calendar calendar;
    calendar.set(CalendarEvent::portal_opens, paris("2026-10-12 09:00"));
    calendar.set(CalendarEvent::lists_shown, paris("2026-11-05 09:00"));
    calendar.set(CalendarEvent::reclamations_close, paris("2026-11-14 23:59:59"));
    calendar.set(CalendarEvent::reassort_opens, paris("2026-11-05 09:00"));
    calendar.set(CalendarEvent::vote_opens, paris("2026-12-03 10:00"));
    calendar.set(CalendarEvent::vote_closes, paris("2026-12-10 17:00"));
    calendar.set(CalendarEvent::results_shown, paris("2026-12-11 12:00"));
    return calendar;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_vote_opens_and_closes_on_the_second) {
    const Calendar calendar = calendar_2026();
    BOOST_TEST(!calendar.is_vote_open(paris("2026-12-03 09:59:59")));
    BOOST_TEST(calendar.is_vote_open(paris("2026-12-03 10:00:00")));
    BOOST_TEST(calendar.is_vote_open(paris("2026-12-10 16:59:59")));
    BOOST_TEST(!calendar.is_vote_open(paris("2026-12-10 17:00:00")));
}

BOOST_AUTO_TEST_CASE(grace_is_for_those_who_came_before_the_close) {
    const Calendar calendar = calendar_2026();
    const util::Instant early = paris("2026-12-10 16:59:59"), late = paris("2026-12-10 17:00:00");
    BOOST_TEST(calendar.may_cast(paris("2026-12-10 17:29:59"), early));
    BOOST_TEST(!calendar.may_cast(paris("2026-12-10 17:30:00"), early));
    BOOST_TEST(!calendar.may_cast(paris("2026-12-10 17:00:01"), late));
    BOOST_TEST(!calendar.may_cast(paris("2026-12-03 09:59:59"), paris("2026-12-03 09:00:00")));
    BOOST_TEST(calendar.may_cast(paris("2026-12-03 10:00:00"), paris("2026-12-03 09:00:00")));
}

BOOST_AUTO_TEST_CASE(reassort_ends_with_the_vote_and_reclamations_with_their_day) {
    const Calendar calendar = calendar_2026();
    BOOST_TEST(!calendar.is_reassort_open(paris("2026-11-05 08:59:59")));
    BOOST_TEST(calendar.is_reassort_open(paris("2026-12-10 16:59:59")));
    BOOST_TEST(!calendar.is_reassort_open(paris("2026-12-10 17:00:00")));
    BOOST_TEST(!calendar.is_reclamation_open(paris("2026-10-12 08:59:59")));
    BOOST_TEST(calendar.is_reclamation_open(paris("2026-11-14 23:59:59")));
    BOOST_TEST(!calendar.is_reclamation_open(paris("2026-11-15 00:00:00")));
}

BOOST_AUTO_TEST_CASE(events_have_their_names) {
    for (std::size_t i = 0; i < k_calendar_events; ++i) {
        const auto event = static_cast<CalendarEvent>(i);
        BOOST_TEST((calendar_event_of(name_of(event)) == event));
    }
    BOOST_TEST(!calendar_event_of("vote_open"));
}

}  // namespace calendar_tests
