// SPDX-License-Identifier: AGPL-3.0-or-later
// Each state of a scrutin at each moment of the calendar, as one table; the seconds around the opening, the close and the grace.
#include "domain/local_time.hpp"
#include "domain/scrutin.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <stdexcept>
#include <string>

namespace scrutin_tests {

using namespace domain;
using std::chrono::seconds;
using util::Instant;

namespace {

constexpr std::array k_states{ScrutinState::draft,  ScrutinState::published, ScrutinState::sealed,     ScrutinState::open,
                              ScrutinState::closed, ScrutinState::tallied,   ScrutinState::proclaimed, ScrutinState::archived};

struct CalendarFixture {
    Calendar calendar;
    const Instant opens = *domain::from_paris("2026-12-03 10:00"), closes = *domain::from_paris("2026-12-10 17:00");
    const Instant lists = *domain::from_paris("2026-11-16 09:00"), results = *domain::from_paris("2026-12-11 12:00");
    CalendarFixture() {
        calendar.set(CalendarEvent::lists_shown, lists);
        calendar.set(CalendarEvent::vote_opens, opens);
        calendar.set(CalendarEvent::vote_closes, closes);
        calendar.set(CalendarEvent::results_shown, results);
    }
    Stop stop;
    char letter(ScrutinState state, Instant now, Instant signed_in) const {
        switch (phase_of(state, stop, calendar, now, signed_in)) {
            case Phase::not_yet: return '-';
            case Phase::open: return 'O';
            case Phase::suspended: return 's';
            case Phase::closed: break;
        }
        return 'x';
    }
    // One letter for each state, in their order.
    std::string line(Instant now, Instant signed_in) const {
        std::string letters;
        for (const ScrutinState state : k_states) letters += letter(state, now, signed_in);
        return letters;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(scrutin_tests, CalendarFixture)

BOOST_AUTO_TEST_CASE(every_state_at_every_moment) {
    const Instant before =
        closes - seconds(1);  // when the elector signed in; the states: draft published sealed open | closed … archived
    BOOST_TEST(line(opens - seconds(1), opens - seconds(60)) == "----xxxx");
    BOOST_TEST(line(opens, opens - seconds(60)) == "---Oxxxx");
    BOOST_TEST(line(closes - seconds(1), before) == "---Oxxxx");
    BOOST_TEST(line(closes, before) == "xxxOxxxx");  // the grace, for who was there before the close
    BOOST_TEST(line(closes + k_grace - seconds(1), before) == "xxxOxxxx");
    BOOST_TEST(line(closes + k_grace, before) == "xxxxxxxx");
    BOOST_TEST(line(closes, closes) == "xxxxxxxx");  // and for nobody else
    BOOST_TEST(line(closes + seconds(1), closes) == "xxxxxxxx");
    BOOST_TEST(line(results + std::chrono::days(400), before) == "xxxxxxxx");
}

BOOST_AUTO_TEST_CASE(a_suspended_scrutin_is_that_while_it_would_be_open_and_an_annulled_one_is_closed) {
    const Instant before = closes - seconds(1);
    stop.suspended_at = opens + seconds(60);
    BOOST_TEST(line(opens - seconds(1), opens - seconds(60)) == "----xxxx");
    BOOST_TEST(line(closes - seconds(1), before) == "---sxxxx");
    BOOST_TEST(line(closes + k_grace - seconds(1), before) == "xxxsxxxx");
    BOOST_TEST(line(closes + k_grace, before) == "xxxxxxxx");
    stop.annulled_at = opens + seconds(120);
    BOOST_TEST(line(closes - seconds(1), before) == "xxxxxxxx");
}

BOOST_AUTO_TEST_CASE(results_need_the_proclamation_and_the_date) {
    for (const ScrutinState state : k_states) {
        BOOST_TEST(!results_are_shown(state, calendar, results - seconds(1)));
        BOOST_TEST(results_are_shown(state, calendar, results) ==
                   (state == ScrutinState::proclaimed || state == ScrutinState::archived));
    }
}

BOOST_AUTO_TEST_CASE(lists_are_shown_from_their_date) {
    BOOST_TEST(!lists_are_shown(calendar, lists - seconds(1)));
    BOOST_TEST(lists_are_shown(calendar, lists));
    BOOST_TEST(lists_are_shown(calendar, results));
}

BOOST_AUTO_TEST_CASE(each_state_has_its_word_and_no_other_word_is_a_state) {
    for (const ScrutinState state : k_states) BOOST_TEST((scrutin_state_of(name_of(state)) == state));
    BOOST_TEST(name_of(ScrutinState::draft) == "draft");
    BOOST_TEST(name_of(ScrutinState::archived) == "archived");
    for (const char* word : {"", "Open", "open ", "opened"}) BOOST_CHECK_THROW(scrutin_state_of(word), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace scrutin_tests
