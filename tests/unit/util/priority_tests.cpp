// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/priority.hpp"

#include <sched.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <mutex>
#include <string>
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

// As a service's user, which is not root: the exit code says whether it warns.
int warns_with(rlim_t nice) {
    const pid_t child = ::fork();
    if (child == 0) {
        const rlimit limit{nice, nice};
        if (::setrlimit(RLIMIT_NICE, &limit) != 0 || (::geteuid() == 0 && ::setuid(65534) != 0)) ::_exit(2);
        ::_exit(util::why_priority_is_lost().find("RLIMIT_NICE") == std::string::npos ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

BOOST_AUTO_TEST_CASE(a_service_that_may_not_leave_the_idle_class_is_told_so) {
    BOOST_TEST(warns_with(0) == 1);
    const int allowed = warns_with(20);
    if (allowed == 2) BOOST_TEST_MESSAGE("nobody may raise RLIMIT_NICE on this machine (CAP_SYS_RESOURCE): not tried");
    else BOOST_TEST(allowed == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace priority_tests
