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

__extension__ typedef unsigned __int128 Product;

// D'Hondt on its own, by no quotient and no turn: of all v/1, v/2, v/3… the S greatest; equal ones by the votes, then by the candidates where the text
// says so. Who still is equal across the last seat waits for the lot.
struct Dhondt {
    struct Average {
        std::uint64_t votes, divisor;
        unsigned candidates;
        std::size_t list;
    };
    std::vector<unsigned> seats;
    std::vector<std::size_t> draw;

    Dhondt(const std::vector<SeatList>& lists, unsigned wanted, bool by_candidates) : seats(lists.size(), 0) {
        std::uint64_t names = 0;
        bool sigle = false;
        for (const SeatList& list : lists) names += list.candidates, sigle |= list.candidates == 0;
        const std::uint64_t places = sigle ? wanted : std::min<std::uint64_t>(wanted, names);
        std::vector<Average> averages;
        for (std::size_t i = 0; i < lists.size(); ++i) {
            const std::uint64_t most = lists[i].candidates == 0 ? places : std::min<std::uint64_t>(places, lists[i].candidates);
            for (std::uint64_t d = 1; lists[i].votes > 0 && d <= most; ++d)
                averages.push_back({lists[i].votes, d, lists[i].candidates, i});
        }
        const auto above = [&](const Average& a, const Average& b) {
            const Product left = Product{a.votes} * b.divisor, right = Product{b.votes} * a.divisor;
            if (left != right) return left > right;
            if (a.votes != b.votes) return a.votes > b.votes;
            return by_candidates && a.candidates > b.candidates;
        };
        std::sort(averages.begin(), averages.end(), above);
        const bool tied = averages.size() > places && places > 0 && !above(averages[places - 1], averages[places]);
        for (std::uint64_t i = 0; i < averages.size() && i < places; ++i)
            if (!tied || above(averages[i], averages[places])) ++seats[averages[i].list];
        for (const Average& one : averages)
            if (tied && !above(one, averages[places]) && !above(averages[places], one)) draw.push_back(one.list);
        std::sort(draw.begin(), draw.end());
    }
};

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

// A million elections: many so small that ties are frequent, some with votes beyond what a double or a product of 64 bits holds.
BOOST_AUTO_TEST_CASE(dhondt_gives_the_same_seats_and_the_same_ties) {
    std::mt19937_64 random(20261203);
    std::size_t wrong = 0, ties = 0, decided_by_candidates = 0;
    for (int round = 0; round < 1'000'000; ++round) {
        const bool large = round % 16 == 0;
        std::vector<SeatList> lists(1 + random() % (large ? 20 : 6));
        const std::uint64_t most = round % 64 == 0 ? 0 : large ? 1'400'000 : 1 + random() % 40;  // 0: any number of 64 bits
        const auto names = random() % 3;                                                         // sigles, lists of names, both
        for (SeatList& list : lists) {
            list.votes = most == 0 ? random() : random() % most;
            if (names == 1 || (names == 2 && random() % 2 == 0)) list.candidates = 1 + static_cast<unsigned>(random() % 6);
        }
        const unsigned seats = 1 + static_cast<unsigned>(random() % (large ? 25 : 10));
        const bool by_candidates = random() % 2 == 0;
        const auto allocation = allocate_seats(lists, seats, by_candidates);
        const Dhondt oracle(lists, seats, by_candidates);
        wrong += allocation.seats != oracle.seats || allocation.draw != oracle.draw;
        const std::uint64_t given = std::accumulate(allocation.seats.begin(), allocation.seats.end(), std::uint64_t{0});
        wrong += allocation.unfilled + given != seats;
        wrong += !allocation.steps.empty() && allocation.steps.back().after != allocation.seats;
        ties += !allocation.draw.empty();
        decided_by_candidates += std::any_of(allocation.steps.begin(), allocation.steps.end(),
                                             [](const auto& step) { return step.by == domain::SeatStep::By::candidates; });
    }
    BOOST_TEST(wrong == 0U);
    BOOST_TEST(ties > 50'000U);
    BOOST_TEST(decided_by_candidates > 5'000U);
}

BOOST_AUTO_TEST_CASE(the_example_of_corse_step_by_step) {
    // STC, FSU, SNALC, four small lists: 2 + 2 + 2 by quotient, then 4, 3, 3.
    const auto allocation = allocate_seats(sigles({109, 201, 905, 134, 126, 1015, 956}), 10, false);
    BOOST_TEST(allocation.seats == (Seats{0, 0, 3, 0, 0, 4, 3}));
    using By = domain::SeatStep::By;
    BOOST_REQUIRE(allocation.steps.size() == 5U);
    BOOST_TEST((allocation.steps[0].by == By::quotient));
    BOOST_TEST(allocation.steps[0].after == (Seats{0, 0, 2, 0, 0, 2, 2}));
    const std::size_t takers[] = {5, 6, 2, 5};  // STC, FSU, SNALC, STC
    for (std::size_t i = 0; i < 4; ++i) {
        BOOST_TEST((allocation.steps[i + 1].by == By::average));
        BOOST_TEST(allocation.steps[i + 1].takers == std::vector<std::size_t>{takers[i]});
    }
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
    BOOST_TEST(allocation.draws_taken == 0U);
    BOOST_TEST(allocate_seats(sigles({50, 49}), 1, false, {0}).draws_taken == 0U);  // nothing was to be drawn
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
