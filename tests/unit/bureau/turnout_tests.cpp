// SPDX-License-Identifier: AGPL-3.0-or-later
// Participation by category never shows few people, nor lets them be computed; a drawing and a file say what the table says.
#include "bureau/turnout.hpp"

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>

namespace turnout_tests {

using bureau::k_least_group;
using bureau::TurnoutGroup;

namespace {

util::Instant hour(unsigned of_day) { return util::from_sql("2026-12-03 00:00:00").value() + std::chrono::hours{of_day}; }

TurnoutGroup group(std::string name, std::uint64_t enrolled, std::uint64_t voted) {
    return {std::move(name), enrolled, {{hour(9), voted}}};
}

std::vector<std::pair<std::string, std::uint64_t>> shown(std::vector<TurnoutGroup> groups) {
    std::vector<std::pair<std::string, std::uint64_t>> all;
    for (const auto& one : bureau::turnout_of(std::move(groups), hour(10)).groups) all.emplace_back(one.name, one.enrolled);
    return all;
}
const std::string k_others(bureau::k_other_groups);

}  // namespace

BOOST_AUTO_TEST_SUITE(turnout_tests)

BOOST_AUTO_TEST_CASE(large_categories_are_shown_the_largest_first) {
    const auto all = shown({group("a", 50, 1), group("b", 300, 2)});
    BOOST_REQUIRE_EQUAL(all.size(), 2);
    BOOST_TEST(all[0].first == "b");
    BOOST_TEST(all[1].first == "a");
}

BOOST_AUTO_TEST_CASE(small_ones_go_together_with_the_next_larger_where_they_are_still_few) {
    auto all = shown({group("a", 49, 1), group("b", 60, 2), group("c", 70, 3), group("d", 80, 4)});
    BOOST_REQUIRE_EQUAL(all.size(), 3);
    BOOST_TEST(all[2].first == k_others);
    BOOST_TEST(all[2].second == 109);
    all = shown({group("a", 30, 1), group("b", 30, 2), group("c", 70, 3)});
    BOOST_REQUIRE_EQUAL(all.size(), 2);
    BOOST_TEST(all[1].second == 60);
}

BOOST_AUTO_TEST_CASE(where_one_group_would_be_left_none_is_shown) {
    BOOST_TEST(shown({}).empty());
    BOOST_TEST(shown({group("a", 500, 3)}).empty());
    BOOST_TEST(shown({group("a", 49, 3), group("b", 50, 3)}).empty());
    BOOST_TEST(shown({group("a", 10, 3), group("b", 10, 3)}).empty());
}

// Whatever the categories: what is shown adds up to everybody, and each part of it is large.
BOOST_AUTO_TEST_CASE(no_sum_or_difference_of_what_is_shown_is_about_few) {
    std::mt19937 dice(20261129);
    for (int i = 0; i < 2000; ++i) {
        std::vector<TurnoutGroup> groups;
        std::uint64_t enrolled = 0, voted = 0;
        std::set<std::string> small;
        for (unsigned n = dice() % 8; n > 0; --n) {
            const std::uint64_t size = dice() % 4 == 0 ? dice() % 500 : dice() % 80, votes = size == 0 ? 0 : dice() % (size + 1);
            groups.push_back(group("g" + std::to_string(n), size, votes));
            enrolled += size, voted += votes;
            if (size < k_least_group) small.insert(groups.back().name);
        }
        const auto turnout = bureau::turnout_of(groups, hour(10));
        BOOST_REQUIRE_EQUAL(turnout.all.enrolled, enrolled);
        BOOST_REQUIRE_EQUAL(turnout.all.voted(), voted);
        std::uint64_t sum = 0, votes = 0;
        for (const auto& one : turnout.groups) {
            BOOST_REQUIRE(one.enrolled >= k_least_group);
            BOOST_REQUIRE(!small.contains(one.name));
            sum += one.enrolled, votes += one.voted();
        }
        if (!turnout.groups.empty()) {
            BOOST_REQUIRE_EQUAL(sum, enrolled);
            BOOST_REQUIRE_EQUAL(votes, voted);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_file_says_each_hour_of_each_group_and_runs_nothing_in_a_spreadsheet) {
    std::vector<TurnoutGroup> groups{group("=cmd()", 60, 2), group("b;\"c\"", 100, 5)};
    groups[1].votes[hour(11)] = 7;
    const std::string csv = bureau::turnout_csv(bureau::turnout_of(groups, hour(12)));
    BOOST_TEST(csv ==
               "\ufeffheure (UTC);catégorie;inscrits;votes de l’heure;votes depuis l’ouverture\r\n"
               "2026-12-03T09:00:00Z;ensemble;160;7;7\r\n"
               "2026-12-03T09:00:00Z;\"b;\"\"c\"\"\";100;5;5\r\n"
               "2026-12-03T09:00:00Z;'=cmd();60;2;2\r\n"
               "2026-12-03T11:00:00Z;ensemble;160;7;14\r\n"
               "2026-12-03T11:00:00Z;\"b;\"\"c\"\"\";100;7;12\r\n"
               "2026-12-03T11:00:00Z;'=cmd();60;0;2\r\n");
}

BOOST_AUTO_TEST_CASE(the_drawing_goes_from_nobody_to_where_it_stands) {
    TurnoutGroup all{"ensemble", 100, {{hour(0), 25}, {hour(5), 25}}};
    BOOST_TEST(bureau::turnout_points(all, hour(0), hour(10), hour(8)) == "0,300 0,300 100,225 500,225 600,150 800,150");
    BOOST_TEST(bureau::turnout_points({"ensemble", 0, {}}, hour(0), hour(10), hour(0)) == "0,300 0,300");
    // Votes of the grace after the close stay inside.
    all.votes = {{hour(10), 100}};
    BOOST_TEST(bureau::turnout_points(all, hour(0), hour(10), hour(20)) == "0,300 1000,300 1000,0 1000,0");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace turnout_tests
