// SPDX-License-Identifier: AGPL-3.0-or-later
// Shares.
#include "scrutins/result_figures.hpp"

#include <boost/test/unit_test.hpp>

namespace result_figures_tests {

BOOST_AUTO_TEST_SUITE(result_figures_tests)

BOOST_AUTO_TEST_CASE(shares_have_two_decimals_and_round_half_up) {
    BOOST_TEST(scrutins::percent(436321, 1023211) == "42,64\u202f%");
    BOOST_TEST(scrutins::percent(1, 8) == "12,50\u202f%");
    BOOST_TEST(scrutins::percent(1, 1600) == "0,06\u202f%");
    BOOST_TEST(scrutins::percent(1, 2000) == "0,05\u202f%");
    BOOST_TEST(scrutins::percent(1, 20000) == "0,01\u202f%");
    BOOST_TEST(scrutins::percent(0, 5) == "0,00\u202f%");
    BOOST_TEST(scrutins::percent(5, 5) == "100,00\u202f%");
}

BOOST_AUTO_TEST_CASE(a_share_of_nothing_is_a_dash) { BOOST_TEST(scrutins::percent(0, 0) == "–"); }

BOOST_AUTO_TEST_CASE(a_bar_is_as_long_as_its_share) {
    BOOST_TEST(scrutins::bar_length(436321, 1023211) == "426");
    BOOST_TEST(scrutins::bar_length(5, 5) == "1000");
    BOOST_TEST(scrutins::bar_length(1, 3000) == "0");
    BOOST_TEST(scrutins::bar_length(1, 2000) == "1");
    BOOST_TEST(scrutins::bar_length(0, 0) == "0");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace result_figures_tests
