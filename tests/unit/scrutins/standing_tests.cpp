// SPDX-License-Identifier: AGPL-3.0-or-later
// À venir, ouvert, voté, clos, in words. Each state at each moment of the calendar: domain/scrutin_tests.cpp.
#include "domain/local_time.hpp"
#include "scrutins/standing.hpp"

#include <boost/test/unit_test.hpp>

namespace standing_tests {

using domain::CalendarEvent;
using scrutins::Standing;

namespace {
struct CalendarFixture {
    domain::Calendar calendar;
    util::Instant opens = *domain::from_paris("2026-12-03 10:00"), closes = *domain::from_paris("2026-12-10 17:00");
    CalendarFixture() {
        calendar.set(CalendarEvent::vote_opens, opens);
        calendar.set(CalendarEvent::vote_closes, closes);
    }
    std::string_view label(const char* state, util::Instant now, bool voted = false, util::Instant signed_in = {}) {
        return scrutins::label_of(scrutins::standing_of(domain::scrutin_state_of(state), {}, voted, calendar, now,
                                                        signed_in == util::Instant{} ? now : signed_in));
    }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(standing_tests, CalendarFixture)

BOOST_AUTO_TEST_CASE(a_scrutin_is_upcoming_until_the_very_second) {
    for (const char* state : {"published", "sealed", "open"})
        BOOST_TEST(label(state, opens - std::chrono::seconds(1)) == "à venir");
    BOOST_TEST(label("open", opens) == "ouvert");
}

BOOST_AUTO_TEST_CASE(the_hour_alone_does_not_open_it) {
    BOOST_TEST(label("published", opens) == "à venir");
    BOOST_TEST(label("sealed", opens) == "à venir");
}

BOOST_AUTO_TEST_CASE(it_closes_at_the_hour_and_in_the_grace_stays_open_for_who_was_there) {
    BOOST_TEST(label("open", closes - std::chrono::seconds(1)) == "ouvert");
    BOOST_TEST(label("open", closes) == "clos");
    BOOST_TEST(label("open", closes, false, closes - std::chrono::hours(1)) == "ouvert");
    BOOST_TEST(label("open", closes + domain::k_grace, false, closes - std::chrono::hours(1)) == "clos");
    BOOST_TEST(label("sealed", closes) == "clos");
}

BOOST_AUTO_TEST_CASE(the_office_may_close_it_before_the_hour) {
    for (const char* state : {"closed", "tallied", "proclaimed", "archived"}) BOOST_TEST(label(state, opens) == "clos");
}

BOOST_AUTO_TEST_CASE(a_vote_stays_a_vote) {
    BOOST_TEST(label("open", opens, true) == "voté");
    BOOST_TEST(label("proclaimed", closes, true) == "voté");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace standing_tests
