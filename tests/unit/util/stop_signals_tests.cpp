// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/stop_signals.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>

namespace stop_signals_tests {

using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(stop_signals_tests)

BOOST_AUTO_TEST_CASE(a_signal_waits_to_be_asked_for_and_is_told_for_ever) {
    for (const int number : {SIGTERM, SIGINT}) {
        util::StopSignals stop;
        BOOST_TEST(!stop.wait(std::chrono::nanoseconds{0}));
        const auto start = std::chrono::steady_clock::now();
        BOOST_TEST(!stop.wait(1050ms));
        BOOST_TEST((std::chrono::steady_clock::now() - start >= 1050ms));
        ::kill(::getpid(), number);  // would end the tests, were it not blocked
        BOOST_TEST(stop.wait(10s));
        BOOST_TEST(stop.wait(std::chrono::nanoseconds{0}));
        BOOST_TEST(stop.wait(10s));  // at once
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace stop_signals_tests
