// SPDX-License-Identifier: AGPL-3.0-or-later
// Which ballots leave the inbox, and when.
#include "sceau/batches.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace batches_tests {

namespace {

using sceau::choose_batches;
using std::chrono::seconds;

std::vector<std::string> some(std::size_t count) {
    std::vector<std::string> hashes;
    for (std::size_t i = 0; i < count; ++i) hashes.push_back("ballot " + std::to_string(1000 + i));
    return hashes;
}

util::Instant at(int second) { return util::Instant(seconds(1'800'000'000 + second)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(batches_tests)

BOOST_AUTO_TEST_CASE(every_number_that_waits_gives_batches_of_the_minimum_or_none) {
    for (std::size_t waiting = 0; waiting < 120; ++waiting) {
        const auto batches = choose_batches(some(waiting), false, {.minimum = 10, .maximum = 25});
        std::set<std::string> moved;
        for (const auto& batch : batches) {
            BOOST_TEST(batch.size() >= 10u);
            BOOST_TEST(batch.size() <= 25u);
            BOOST_TEST(std::is_sorted(batch.begin(), batch.end()));
            moved.insert(batch.begin(), batch.end());
        }
        BOOST_TEST(moved.size() == (waiting < 19 ? 0 : waiting - 9));  // each once, nine stay
        std::size_t all = 0;
        for (const auto& batch : choose_batches(some(waiting), true, {.minimum = 10, .maximum = 25})) all += batch.size();
        BOOST_TEST(all == waiting);
    }
    BOOST_TEST(choose_batches(some(1), false, {.minimum = 1}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(who_stays_is_drawn_by_lot) {
    std::map<std::string, int> stayed;
    constexpr int k_turns = 3000;
    for (int turn = 0; turn < k_turns; ++turn) {
        auto waiting = some(20);
        const auto batches = choose_batches(waiting, false, {.minimum = 10});
        for (const auto& hash : waiting)
            if (!std::binary_search(batches[0].begin(), batches[0].end(), hash)) ++stayed[hash];
    }
    // Each stays 9 times of 20: 1350, with a standard deviation of 27.
    BOOST_TEST(stayed.size() == 20u);
    for (const auto& [hash, times] : stayed) BOOST_TEST(std::abs(times - k_turns * 9 / 20) < 160, hash << " stayed " << times);
}

BOOST_AUTO_TEST_CASE(the_timetable_knows_fixed_times_and_not_when_it_was_started) {
    sceau::Timetable timetable(seconds{600});
    BOOST_TEST(!timetable.is_due(at(599)));  // a start is no reason
    BOOST_TEST(timetable.is_due(at(600)));
    BOOST_TEST(!timetable.is_due(at(601)));
    BOOST_TEST(!timetable.is_due(at(1199)));
    BOOST_TEST(timetable.is_due(at(1805)));
    BOOST_TEST(!timetable.is_due(at(1806)));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace batches_tests
