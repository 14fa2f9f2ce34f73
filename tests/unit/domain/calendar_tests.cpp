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

BOOST_AUTO_TEST_CASE(the_grace_is_thirty_minutes_on_the_days_of_both_changes_of_hour) {
    using namespace std::chrono;
    // Far from the change, and over it: 02:45 comes twice in October, and after 01:45 comes 03:00 in March.
    for (const char* const closes_at :
         {"2026-12-10 17:00", "2026-10-25 17:00", "2027-03-28 17:00", "2026-10-25 02:45", "2027-03-28 01:45"}) {
        Calendar calendar = calendar_2026();
        const util::Instant closes = paris(closes_at);
        calendar.set(CalendarEvent::vote_opens, closes - hours(24 * 7));
        calendar.set(CalendarEvent::vote_closes, closes);
        const util::Instant early = closes - seconds(1);
        BOOST_TEST(calendar.may_cast(early, early), closes_at);
        BOOST_TEST(!calendar.may_cast(closes, closes), closes_at);
        BOOST_TEST(calendar.may_cast(closes, early), closes_at);
        BOOST_TEST(calendar.may_cast(closes + seconds(29 * 60 + 59), early), closes_at);
        BOOST_TEST(!calendar.is_over(closes + seconds(29 * 60 + 59)), closes_at);
        BOOST_TEST(!calendar.may_cast(closes + minutes(30), early), closes_at);
        BOOST_TEST(calendar.is_over(closes + minutes(30)), closes_at);
    }
    // 17:00 in Paris is another instant before the change than after it.
    BOOST_TEST((paris("2026-10-25 17:00") - paris("2026-10-24 17:00") == hours(25)));
    BOOST_TEST((paris("2027-03-28 17:00") - paris("2027-03-27 17:00") == hours(23)));
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
