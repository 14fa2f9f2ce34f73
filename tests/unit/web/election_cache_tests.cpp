// SPDX-License-Identifier: AGPL-3.0-or-later
// The election that threads share, while the database does not answer.
#include "web/election_cache.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <thread>

#include "support/portal.hpp"

namespace election_cache_tests {

namespace {

using namespace std::chrono_literals;

struct Fixture : test::Portal {
    Fixture() : Portal("scrutins", [](const web::Settings&) { return std::vector<web::Route>{}; }) {}
    db::Connection connection{settings.database}, other{settings.database};

    std::int64_t waiting() {
        return database.admin()
            .select_one("SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for table%'")
            ->number(0);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(election_cache_tests, Fixture)

BOOST_AUTO_TEST_CASE(while_one_thread_waits_for_the_database_the_others_have_what_was_read_before) {
    web::ElectionCache cache(0s);
    const auto before = cache.get(connection);
    db::Connection holder(database.settings());
    holder.run("LOCK TABLES election WRITE");
    auto waits = std::async(std::launch::async, [&] { return cache.get(connection); });
    for (int i = 0; i < 100 && waiting() == 0; ++i) std::this_thread::sleep_for(20ms);
    BOOST_REQUIRE(waiting() == 1);
    auto goes_on = std::async(std::launch::async, [&] { return cache.get(other); });
    const bool did = goes_on.wait_for(2s) == std::future_status::ready;
    holder.run("UNLOCK TABLES");
    BOOST_TEST(did);
    BOOST_TEST(goes_on.get() == before);
    BOOST_TEST(waits.get() != before);
}

BOOST_AUTO_TEST_CASE(that_the_database_is_away_is_remembered_for_a_second) {
    web::ElectionCache cache;
    auto away = settings.database;
    away.socket += ".away";
    db::Connection nowhere(away);
    BOOST_CHECK_THROW(cache.get(nowhere), db::Error);
    BOOST_CHECK_THROW(cache.get(connection), db::Error);
    std::this_thread::sleep_for(1100ms);
    BOOST_TEST(cache.get(connection) != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace election_cache_tests
