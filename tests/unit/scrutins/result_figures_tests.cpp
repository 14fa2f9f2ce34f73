// SPDX-License-Identifier: AGPL-3.0-or-later
// Shares and elected names.
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

BOOST_AUTO_TEST_CASE(titulaires_come_first_then_as_many_suppleants) {
    std::vector<scrutins::Candidate> candidates;
    for (const char* name : {"A", "B", "C", "D", "E"}) candidates.push_back({0, "Mme", name, "Lou", ""});
    const auto elected = scrutins::elected_of(candidates, 2);
    BOOST_TEST(elected.titulaires == (std::vector<std::string>{"Mme Lou A", "Mme Lou B"}), boost::test_tools::per_element());
    BOOST_TEST(elected.suppleants == (std::vector<std::string>{"Mme Lou C", "Mme Lou D"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_short_list_gives_the_names_it_has) {
    const auto elected = scrutins::elected_of({{1, "", "A", "Lou", ""}, {2, "M.", "B", "Max", ""}, {3, "M.", "C", "Jo", ""}}, 2);
    BOOST_TEST(elected.titulaires == (std::vector<std::string>{"Lou A", "M. Max B"}), boost::test_tools::per_element());
    BOOST_TEST(elected.suppleants.size() == 1u);
    BOOST_TEST(scrutins::elected_of({}, 2).titulaires.empty());
    BOOST_TEST(scrutins::elected_of({{1, "", "A", "Lou", ""}}, 0).titulaires.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace result_figures_tests
