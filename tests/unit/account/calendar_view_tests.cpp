// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/calendar_file.hpp"
#include "account/calendar_view.hpp"
#include "domain/local_time.hpp"

#include <boost/test/unit_test.hpp>

namespace calendar_view_tests {

namespace {

using domain::CalendarEvent;

domain::Calendar calendar() {
    domain::Calendar made;
    const char* const at[] = {"2026-10-12 10:00", "2026-11-09 10:00", "2026-11-16 23:59", "2026-11-09 10:00",
                              "2026-12-03 10:00", "2026-12-10 17:00", "2026-12-11 12:00"};
    for (std::size_t i = 0; i < domain::k_calendar_events; ++i) made.set(static_cast<CalendarEvent>(i), *domain::from_paris(at[i]));
    return made;
}

// The states that are true at this time in Paris.
std::string states(const char* at) {
    util::Json view = util::Json::object();
    account::put_calendar(view, calendar(), *domain::from_paris(at));
    std::string names;
    for (const auto& [name, value] : view.items())
        if (value.is_boolean() && value.get<bool>()) names += name + " ";
    return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(calendar_view_tests)

BOOST_AUTO_TEST_CASE(dates_are_words_in_paris_time) {
    util::Json view = util::Json::object();
    account::put_calendar(view, calendar(), *domain::from_paris("2026-10-12 10:00"));
    BOOST_TEST(view["vote_opens_full"] == "jeudi 3 décembre 2026 à 10\u00a0h\u00a000 (heure de Paris)");
    BOOST_TEST(view["lists_shown_date"] == "9 novembre 2026");
    BOOST_TEST(view["vote_period"] ==
               "jeudi 3 décembre 2026 à 10\u00a0h\u00a000 au jeudi 10 décembre 2026 à 17\u00a0h\u00a000 (heure de Paris)");
}

BOOST_AUTO_TEST_CASE(states_follow_the_calendar_to_the_second) {
    BOOST_TEST(states("2026-10-12 09:59") == "reassort_early vote_early ");
    BOOST_TEST(states("2026-10-12 10:00") == "portal_open reassort_early reclamation_open vote_early ");
    BOOST_TEST(states("2026-11-09 10:00") == "lists_shown portal_open reassort_open reclamation_open vote_early ");
    BOOST_TEST(states("2026-12-03 10:00") == "lists_shown portal_open reassort_open vote_open ");
    BOOST_TEST(states("2026-12-10 16:59") == "lists_shown portal_open reassort_open vote_open ");
    BOOST_TEST(states("2026-12-10 17:00") == "lists_shown portal_open reassort_over vote_grace vote_over ");
    BOOST_TEST(states("2026-12-10 17:29:59") == "lists_shown portal_open reassort_over vote_grace vote_over ");
    BOOST_TEST(states("2026-12-10 17:30") == "lists_shown portal_open reassort_over vote_over ");
    BOOST_TEST(states("2026-12-11 12:00") == "lists_shown portal_open reassort_over results_shown vote_over ");
}

BOOST_AUTO_TEST_CASE(the_calendar_file_has_short_lines_that_join_again) {
    const std::string title = "Élections professionnelles, 2026 ; essai d’un titre assez long pour être coupé en deux lignes";
    const auto now = *domain::from_paris("2026-10-12 10:00");
    std::string file = account::calendar_file(calendar(), title, "http://localhost:8080", now);
    std::size_t begin = 0;
    for (std::size_t end; (end = file.find("\r\n", begin)) != std::string::npos; begin = end + 2) BOOST_TEST(end - begin <= 75U);
    BOOST_TEST(begin == file.size());
    for (std::size_t at; (at = file.find("\r\n ")) != std::string::npos;) file.erase(at, 3);
    BOOST_TEST(
        file.find(
            "SUMMARY:Élections professionnelles\\, 2026 \\; essai d’un titre assez long pour être coupé en deux lignes : Vote\r\n") !=
        std::string::npos);
    BOOST_TEST(file.find("DTSTART:20261203T090000Z\r\nDTEND:20261210T160000Z") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace calendar_view_tests
