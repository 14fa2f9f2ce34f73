// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/clock.hpp"

#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <fstream>

namespace clock_tests {

BOOST_AUTO_TEST_SUITE(clock_tests)

BOOST_AUTO_TEST_CASE(times_that_are_none_are_refused) {
    for (const char* text : {"2026-02-29 10:00", "2026-13-01 10:00", "2026-01-01 24:00", "2026-01-01", "2026-1-01 10:00:00",
                             "2026-01-01 10:00:60", "-026-01-01 10:00", ""})
        BOOST_TEST(!util::from_sql(text), text);
}

BOOST_AUTO_TEST_CASE(instants_are_written_as_sql_and_as_iso) {
    const auto at = util::from_sql("2026-12-03 09:00:30");
    BOOST_REQUIRE(at.has_value());
    BOOST_TEST(util::to_sql(*at) == "2026-12-03 09:00:30");
    BOOST_TEST(util::to_iso(*at) == "2026-12-03T09:00:30Z");
    BOOST_TEST((util::from_sql("2026-12-03T09:00:30") == at));
    BOOST_TEST((util::from_sql("2026-12-03 09:00") == *at - std::chrono::seconds{30}));
}

BOOST_AUTO_TEST_CASE(a_rehearsal_moves_the_clock_by_a_file) {
    const std::string file = "/tmp/portail-clock-test";
    std::ofstream(file) << "86400\n";
    setenv("PORTAIL_CLOCK_OFFSET_FILE", file.c_str(), 1);
    const util::SystemClock moved;
    unsetenv("PORTAIL_CLOCK_OFFSET_FILE");
    const util::SystemClock plain;
    const auto at = *util::from_sql("2026-12-03 09:00:30");
    BOOST_TEST((moved.hour_by(moved.database_at(at)) == at));
    BOOST_TEST((moved.database_at(at) == at - std::chrono::hours{24}));
    const auto gap = (moved.now() - plain.now()).count();
    BOOST_TEST(gap >= 86399);
    BOOST_TEST(gap <= 86401);
    ::remove(file.c_str());
}

// A limit that a statement compares with the database's clock: it passes there when it passes here.
BOOST_AUTO_TEST_CASE(a_fixed_clock_says_what_the_databases_will_be) {
    const auto at = *util::from_sql("2026-12-03 09:00:30");
    util::FixedClock clock(at);
    BOOST_TEST((clock.database_at(at) == util::Instant{}));
    BOOST_TEST(util::to_sql(clock.database_at(at + std::chrono::seconds{1})) == "9999-12-31 23:59:59");
    clock.heed_database();
    BOOST_TEST((clock.database_at(at + std::chrono::hours{1}) == at + std::chrono::hours{1}));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace clock_tests
