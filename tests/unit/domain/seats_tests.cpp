// SPDX-License-Identifier: AGPL-3.0-or-later
// Seats against published allocations (tests/vectors/data/seats.json), against D'Hondt, and at the ties.
#include "domain/seats.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <numeric>
#include <random>

#include "support/source_dir.hpp"
#include "util/file.hpp"
#include "util/json.hpp"

namespace seats_tests {

using domain::allocate_seats;
using domain::SeatList;
using Seats = std::vector<unsigned>;

namespace {

std::vector<SeatList> sigles(std::initializer_list<std::uint64_t> votes) {
    std::vector<SeatList> lists;
    for (const std::uint64_t v : votes) lists.push_back({v, 0});
    return lists;
}

// D'Hondt on its own: the S greatest of v/1, v/2, v/3… Nothing when two quotients tie across the last seat.
std::optional<Seats> dhondt(const std::vector<SeatList>& lists, unsigned seats) {
    struct Quotient {
        std::uint64_t votes, divisor;
        std::size_t list;
    };
    std::vector<Quotient> quotients;
    for (std::size_t i = 0; i < lists.size(); ++i) {
        for (std::uint64_t d = 1; d <= seats + 1; ++d) quotients.push_back({lists[i].votes, d, i});
    }
    const auto above = [](const Quotient& a, const Quotient& b) { return a.votes * b.divisor > b.votes * a.divisor; };
    std::stable_sort(quotients.begin(), quotients.end(), above);
    if (!above(quotients[seats - 1], quotients[seats])) return std::nullopt;
    Seats result(lists.size(), 0);
    for (unsigned i = 0; i < seats; ++i) ++result[quotients[i].list];
    return result;
}

}  // namespace

BOOST_AUTO_TEST_CASE(published_allocations_are_found_again) {
    const auto text = util::read_file(test::source_dir() + "/tests/vectors/data/seats.json");
    BOOST_REQUIRE(text);
    const auto vectors = util::parse_json(*text);
    BOOST_REQUIRE(vectors && vectors->size() == 4);
    for (const auto& vector : *vectors) {
        const auto& expected = vector.contains("expected") ? vector["expected"] : vector["expected_computed"];
        std::vector<SeatList> lists;
        Seats wanted;
        for (const auto& [name, votes] : vector["votes"].items()) {
            lists.push_back({votes.get<std::uint64_t>(), 0});
            wanted.push_back(expected.value(name, 0U));
        }
        const auto allocation = allocate_seats(lists, vector["seats"].get<unsigned>(), false);
        BOOST_TEST(allocation.seats == wanted, vector["id"].get<std::string>());
        BOOST_TEST(allocation.draw.empty());
    }
}

BOOST_AUTO_TEST_CASE(dhondt_gives_the_same_seats_when_nothing_ties) {
    std::mt19937_64 random(20261203);
    int compared = 0;
    for (int round = 0; round < 3000; ++round) {
        std::vector<SeatList> lists(1 + random() % 12);
        for (SeatList& list : lists) list = {random() % (round % 2 == 0 ? 300U : 1'400'000U), 0};
        const unsigned seats = 1 + static_cast<unsigned>(random() % 20);
        if (std::all_of(lists.begin(), lists.end(), [](const SeatList& l) { return l.votes == 0; })) continue;
        const std::optional<Seats> oracle = dhondt(lists, seats);
        if (!oracle) continue;
        ++compared;
        const auto allocation = allocate_seats(lists, seats, false);
        BOOST_TEST(allocation.seats == *oracle);
        BOOST_TEST(allocation.draw.empty());
    }
    BOOST_TEST(compared > 2000);
}

BOOST_AUTO_TEST_CASE(the_example_of_corse_step_by_step) {
    // STC, FSU, SNALC, four small lists: 2 + 2 + 2 by quotient, then 4, 3, 3.
    const auto allocation = allocate_seats(sigles({109, 201, 905, 134, 126, 1015, 956}), 10, false);
    BOOST_TEST(allocation.seats == (Seats{0, 0, 3, 0, 0, 4, 3}));
}

BOOST_AUTO_TEST_CASE(small_cases) {
    BOOST_TEST(allocate_seats(sigles({60, 30, 10}), 3, false).seats == (Seats{2, 1, 0}));
    BOOST_TEST(allocate_seats(sigles({42}), 7, false).seats == (Seats{7}));
    BOOST_TEST(allocate_seats(sigles({5, 0}), 3, false).seats == (Seats{3, 0}));
    BOOST_TEST(allocate_seats(sigles({2, 1}), 5, false).seats == (Seats{4, 1}));  // E < S: 3 and 1, then 2/4 = 1/2 and more votes
}

BOOST_AUTO_TEST_CASE(equal_lists_share_when_there_is_a_seat_for_each) {
    const auto allocation = allocate_seats(sigles({50, 50}), 4, false);
    BOOST_TEST(allocation.seats == (Seats{2, 2}));
    BOOST_TEST(allocation.draw.empty());
}

BOOST_AUTO_TEST_CASE(a_tie_for_the_last_seat_waits_for_the_draw) {
    const auto tie = allocate_seats(sigles({50, 50}), 1, false);
    BOOST_TEST(tie.seats == (Seats{0, 0}));
    BOOST_TEST(tie.draw == (std::vector<std::size_t>{0, 1}));
    const auto drawn = allocate_seats(sigles({50, 50}), 1, false, {1});
    BOOST_TEST(drawn.seats == (Seats{0, 1}));
    BOOST_TEST(drawn.draw.empty());
}

BOOST_AUTO_TEST_CASE(a_draw_for_a_list_out_of_the_tie_is_not_taken) {
    const auto allocation = allocate_seats(sigles({50, 50, 1}), 1, false, {2});
    BOOST_TEST(allocation.seats == (Seats{0, 0, 0}));
    BOOST_TEST(allocation.draw == (std::vector<std::size_t>{0, 1}));
}

BOOST_AUTO_TEST_CASE(three_equals_and_two_seats_take_two_draws) {
    BOOST_TEST(allocate_seats(sigles({9, 9, 9}), 2, false, {2}).draw == (std::vector<std::size_t>{0, 1}));
    const auto allocation = allocate_seats(sigles({9, 9, 9}), 2, false, {2, 0});
    BOOST_TEST(allocation.seats == (Seats{1, 0, 1}));
    BOOST_TEST(allocation.draw.empty());
}

BOOST_AUTO_TEST_CASE(equal_averages_go_to_the_list_with_more_votes) {
    // q = 40: 2 seats, 1 seat, and 120/3 = 80/2 = 40 for the fifth… 120 votes win it.
    const auto allocation = allocate_seats(sigles({120, 80}), 4, false);
    BOOST_TEST(allocation.seats == (Seats{3, 1}));
    BOOST_TEST(allocation.draw.empty());
}

BOOST_AUTO_TEST_CASE(more_candidates_win_only_where_the_text_says_so) {
    const std::vector<SeatList> lists{{50, 4}, {50, 6}};
    BOOST_TEST(allocate_seats(lists, 1, true).seats == (Seats{0, 1}));
    BOOST_TEST(allocate_seats(lists, 1, false).draw.size() == 2);
}

BOOST_AUTO_TEST_CASE(no_list_gets_more_seats_than_it_has_names) {
    BOOST_TEST(allocate_seats({{90, 2}, {10, 6}}, 4, false).seats == (Seats{2, 2}));
    // Fewer names than seats in all: only those are filled.
    BOOST_TEST(allocate_seats({{90, 1}, {10, 1}}, 4, false).seats == (Seats{1, 1}));
    BOOST_TEST(allocate_seats({{90, 1}, {0, 6}}, 4, false).seats == (Seats{1, 0}));
}

BOOST_AUTO_TEST_CASE(without_a_vote_nobody_sits_and_nothing_is_drawn) {
    const auto allocation = allocate_seats(sigles({0, 0}), 4, false);
    BOOST_TEST(allocation.seats == (Seats{0, 0}));
    BOOST_TEST(allocation.draw.empty());
    BOOST_TEST(allocate_seats({}, 4, false).seats.empty());
}

}  // namespace seats_tests
