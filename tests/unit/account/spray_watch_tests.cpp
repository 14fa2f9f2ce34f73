// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/spray_watch.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

namespace spray_watch_tests {

using account::SprayWatch;

namespace {

struct Fixture {
    SprayWatch watch;
    util::Instant now{std::chrono::seconds{1'800'000'000}};
    unsigned told = 0;
    void fail(const std::string& network, unsigned from, unsigned count, unsigned scale = 1) {
        for (unsigned i = from; i < from + count; ++i) told += watch.note(network, std::to_string(i), false, scale, now) ? 1U : 0U;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(spray_watch_tests, Fixture)

BOOST_AUTO_TEST_CASE(many_addresses_of_one_network_are_a_spray_told_once) {
    fail("n", 0, SprayWatch::k_of_one - 1);
    BOOST_TEST(!watch.is_suspect("n", now));
    fail("n", 1000, 5);
    BOOST_TEST(told == 1U);
    BOOST_TEST(watch.is_suspect("n", now));
    BOOST_TEST(!watch.is_suspect("m", now));
}

BOOST_AUTO_TEST_CASE(one_address_tried_often_is_not_nor_a_house_where_most_enter) {
    for (int i = 0; i < 500; ++i) watch.note("n", "a", false, 1, now);
    BOOST_TEST(!watch.is_suspect("n", now));
    for (unsigned i = 0; i < 100; ++i) watch.note("m", std::to_string(i), true, 1, now);
    fail("m", 0, 200);
    BOOST_TEST(!watch.is_suspect("m", now));
    fail("m", 200, 150);  // more than who enters explains
    BOOST_TEST(watch.is_suspect("m", now));
}

BOOST_AUTO_TEST_CASE(a_larger_network_may_fail_more) {
    fail("n", 0, 4 * SprayWatch::k_of_one, 5);
    BOOST_TEST(!watch.is_suspect("n", now));
}

BOOST_AUTO_TEST_CASE(spread_over_networks_it_is_a_spray_of_all) {
    for (unsigned i = 0; i < SprayWatch::k_of_all; ++i) fail("n" + std::to_string(i), i, 1);
    BOOST_TEST(told == 1U);
    BOOST_TEST(watch.is_suspect("anywhere", now));
}

BOOST_AUTO_TEST_CASE(it_is_forgotten_after_the_next_window) {
    fail("n", 0, SprayWatch::k_of_one);
    now += SprayWatch::k_window;
    BOOST_TEST(watch.is_suspect("n", now));
    now += SprayWatch::k_window;
    BOOST_TEST(!watch.is_suspect("n", now));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace spray_watch_tests
