// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/priority.hpp"

#include <sched.h>

#include <boost/test/unit_test.hpp>
#include <mutex>
#include <thread>

namespace priority_tests {

BOOST_AUTO_TEST_SUITE(priority)

BOOST_AUTO_TEST_CASE(who_stands_below_all_stands_beside_the_others_while_he_holds_what_they_want) {
    int below = -1, holding = -1, still_holding = -1, after = -1, beside = -1;
    util::CeilingMutex mutex;
    std::thread([&] {
        util::stand_below_all();
        below = ::sched_getscheduler(0);
        {
            const util::Ceiling outer;
            {
                const std::lock_guard lock(mutex);
                holding = ::sched_getscheduler(0);
            }
            still_holding = ::sched_getscheduler(0);
        }
        after = ::sched_getscheduler(0);
    }).join();
    std::thread([&] {
        { const std::lock_guard lock(mutex); }
        beside = ::sched_getscheduler(0);
    }).join();
    BOOST_TEST(below == SCHED_IDLE);
    BOOST_TEST(holding == SCHED_OTHER);
    BOOST_TEST(still_holding == SCHED_OTHER);
    BOOST_TEST(after == SCHED_IDLE);
    BOOST_TEST(beside == SCHED_OTHER);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace priority_tests
