// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/version_memory.hpp"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

namespace version_memory_tests {

BOOST_AUTO_TEST_SUITE(version_memory_tests)

BOOST_AUTO_TEST_CASE(nothing_of_another_version_is_given) {
    web::VersionMemory<std::string, int> memory;
    BOOST_TEST(!memory.find(1, "a"));
    BOOST_TEST(*memory.keep(1, "a", 10) == 10);
    BOOST_TEST(*memory.find(1, "a") == 10);
    BOOST_TEST(!memory.find(1, "b"));
    BOOST_TEST(!memory.find(2, "a"));
    memory.keep(2, "b", 20);
    BOOST_TEST(!memory.find(1, "a"));  // a thread whose election is a second old reads anew
    BOOST_TEST(!memory.find(2, "a"));
    BOOST_TEST(*memory.find(2, "b") == 20);
}

// A thread that began before the change comes back after it: what it read must not be taken for the new.
BOOST_AUTO_TEST_CASE(what_was_read_too_early_is_given_back_and_not_kept) {
    web::VersionMemory<std::string, int> memory;
    memory.keep(5, "a", 50);
    BOOST_TEST(*memory.keep(4, "a", 40) == 40);
    BOOST_TEST(*memory.keep(4, "b", 41) == 41);
    BOOST_TEST(*memory.find(5, "a") == 50);
    BOOST_TEST(!memory.find(5, "b"));
    BOOST_TEST(!memory.find(4, "b"));
}

BOOST_AUTO_TEST_CASE(threads_at_different_versions_never_see_each_others) {
    web::VersionMemory<int, unsigned> memory;
    std::vector<std::thread> threads;
    std::atomic<unsigned> wrong{0};
    for (unsigned thread = 0; thread < 4; ++thread)
        threads.emplace_back([&] {
            for (unsigned version = 1; version < 2000; ++version) {
                const auto known = memory.find(version, 7);
                if (known && *known != version) ++wrong;
                if (!known && *memory.keep(version, 7, version) != version) ++wrong;
            }
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(wrong == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace version_memory_tests
