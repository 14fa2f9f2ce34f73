// SPDX-License-Identifier: AGPL-3.0-or-later
// What may be cast, when: pure decisions, every state and the seconds around the close (V1, V4, OPS-17).
#include "domain/local_time.hpp"
#include "vote/cast.hpp"

#include <boost/test/unit_test.hpp>

using domain::from_paris;
using vote::Decision;
using vote::decide;
using vote::Phase;
using vote::phase_of;

namespace {

domain::Calendar calendar() {
    domain::Calendar calendar;
    calendar.set(domain::CalendarEvent::vote_opens, *from_paris("2026-12-03 10:00"));
    calendar.set(domain::CalendarEvent::vote_closes, *from_paris("2026-12-10 17:00"));
    return calendar;
}

Phase phase_at(const char* now, const char* signed_in, const char* state = "open") {
    return phase_of(state, calendar(), *from_paris(now), *from_paris(signed_in));
}

}  // namespace

namespace vote {
std::ostream& operator<<(std::ostream& out, Phase phase) { return out << static_cast<int>(phase); }
std::ostream& operator<<(std::ostream& out, Decision decision) { return out << static_cast<int>(decision); }
}  // namespace vote

BOOST_AUTO_TEST_SUITE(cast_tests)

BOOST_AUTO_TEST_CASE(the_vote_opens_at_the_second_of_the_calendar) {
    BOOST_TEST(phase_at("2026-12-03 09:59:59", "2026-12-03 09:00") == Phase::not_yet);
    BOOST_TEST(phase_at("2026-12-03 10:00:00", "2026-12-03 09:00") == Phase::open);
}

BOOST_AUTO_TEST_CASE(the_close_gives_thirty_minutes_to_who_was_signed_in_before_it) {
    BOOST_TEST(phase_at("2026-12-10 16:59:59", "2026-12-10 16:59:59") == Phase::open);
    BOOST_TEST(phase_at("2026-12-10 17:00:00", "2026-12-10 16:59:59") == Phase::open);
    BOOST_TEST(phase_at("2026-12-10 17:29:59", "2026-12-10 16:59:59") == Phase::open);
    BOOST_TEST(phase_at("2026-12-10 17:30:00", "2026-12-10 16:59:59") == Phase::closed);
    BOOST_TEST(phase_at("2026-12-10 17:31:00", "2026-12-10 13:31:00") == Phase::closed);
}

BOOST_AUTO_TEST_CASE(a_session_that_begins_at_the_close_or_later_has_no_grace) {
    BOOST_TEST(phase_at("2026-12-10 17:00:00", "2026-12-10 17:00:00") == Phase::closed);
    BOOST_TEST(phase_at("2026-12-10 17:00:01", "2026-12-10 17:00:00") == Phase::closed);
    BOOST_TEST(phase_at("2026-12-10 17:29:59", "2026-12-10 17:10:00") == Phase::closed);
}

BOOST_AUTO_TEST_CASE(the_office_opens_and_closes_whatever_the_hour) {
    const char* now = "2026-12-05 12:00";
    for (const char* state : {"draft", "published", "sealed"}) BOOST_TEST(phase_at(now, now, state) == Phase::not_yet);
    for (const char* state : {"closed", "tallied", "proclaimed", "archived"}) BOOST_TEST(phase_at(now, now, state) == Phase::closed);
    BOOST_TEST(phase_at(now, now, "open") == Phase::open);
}

BOOST_AUTO_TEST_CASE(a_ballot_is_looked_at_only_when_nothing_is_stored_and_the_vote_is_open) {
    BOOST_TEST(decide(Phase::open, false, false) == Decision::check_and_store);
    BOOST_TEST(decide(Phase::not_yet, false, false) == Decision::not_yet);
    BOOST_TEST(decide(Phase::closed, false, false) == Decision::closed);
}

BOOST_AUTO_TEST_CASE(a_vote_is_final_and_its_own_ballot_gets_its_receipt_at_any_hour) {
    for (const Phase phase : {Phase::open, Phase::closed}) {
        BOOST_TEST(decide(phase, true, true) == Decision::same_receipt);
        BOOST_TEST(decide(phase, true, false) == Decision::already_voted);
        BOOST_TEST(decide(phase, false, true) == Decision::inconsistent);
    }
}

BOOST_AUTO_TEST_SUITE_END()
