// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/clock.hpp"

#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

BOOST_AUTO_TEST_SUITE(clock_tests)

namespace {
std::string utc(std::string_view paris) {
    const auto at = util::from_paris(paris);
    return at ? util::to_sql(*at) : "none";
}
}  // namespace

BOOST_AUTO_TEST_CASE(paris_is_one_hour_ahead_in_winter_and_two_in_summer) {
    BOOST_TEST(utc("2026-12-03 10:00") == "2026-12-03 09:00:00");
    BOOST_TEST(utc("2026-07-14 10:00") == "2026-07-14 08:00:00");
    BOOST_TEST(utc("2018-11-29 10:00:30") == "2018-11-29 09:00:30");
}

BOOST_AUTO_TEST_CASE(the_hour_that_does_not_exist_is_refused_and_the_double_one_is_the_first) {
    BOOST_TEST(utc("2026-03-29 02:30") == "none");
    BOOST_TEST(utc("2026-03-29 03:00") == "2026-03-29 01:00:00");
    BOOST_TEST(utc("2026-10-25 02:30") == "2026-10-25 00:30:00");
}

BOOST_AUTO_TEST_CASE(times_that_are_none_are_refused) {
    for (const char* text : {"2026-02-29 10:00", "2026-13-01 10:00", "2026-01-01 24:00", "2026-01-01", "2026-1-01 10:00:00",
                             "2026-01-01 10:00:60", "-026-01-01 10:00", ""})
        BOOST_TEST(!util::from_sql(text), text);
}

BOOST_AUTO_TEST_CASE(dates_are_written_as_french_people_read_them) {
    const auto opening = *util::from_paris("2026-12-03 10:00");
    BOOST_TEST(util::paris_full(opening) == "jeudi 3 décembre 2026 à 10\u00a0h\u00a000 (heure de Paris)");
    BOOST_TEST(util::paris_date(*util::from_paris("2026-12-01 00:00")) == "1er décembre 2026");
    BOOST_TEST(util::to_iso(opening) == "2026-12-03T09:00:00Z");
}

BOOST_AUTO_TEST_CASE(a_rehearsal_moves_the_clock_by_a_file) {
    const std::string file = "/tmp/portail-clock-test";
    std::ofstream(file) << "86400\n";
    setenv("PORTAIL_CLOCK_OFFSET_FILE", file.c_str(), 1);
    const util::SystemClock moved;
    unsetenv("PORTAIL_CLOCK_OFFSET_FILE");
    const util::SystemClock plain;
    const auto gap = (moved.now() - plain.now()).count();
    BOOST_TEST(gap >= 86399);
    BOOST_TEST(gap <= 86401);
    ::remove(file.c_str());
}

BOOST_AUTO_TEST_SUITE_END()
