// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/throttle.hpp"

#include <boost/test/unit_test.hpp>
#include <latch>
#include <set>
#include <thread>

#include "support/portal.hpp"
#include "web/store.hpp"

namespace throttle_tests {

namespace {

struct Crowd {
    test::Database database;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(throttle_tests)

BOOST_AUTO_TEST_CASE(the_count_starts_again_with_each_window_and_each_subject) {
    const auto routes = [](const web::Settings&) {
        return std::vector<web::Route>{{web::Method::get,
                                        "/try/{who}",
                                        web::Guard::anyone,
                                        {},
                                        [](const web::Request& request, web::Env& env) -> util::Result<web::Response> {
                                            if (!web::throttle_allows(env, "test", request.param("who"), 2, 600))
                                                return util::failure(util::Fault::throttled, "limit");
                                            return web::Response::json("ok");
                                        }}};
    };
    test::Portal portal("account", routes);
    BOOST_TEST(portal.get("/try/a").status == 200);
    BOOST_TEST(portal.get("/try/a").status == 200);
    BOOST_TEST(portal.get("/try/a").status == 429);
    BOOST_TEST(portal.get("/try/b").status == 200);
    portal.clock.set(portal.clock.now() + std::chrono::minutes{10});
    BOOST_TEST(portal.get("/try/a").status == 200);
}

// A shared address and each elector's own, as a sign-in counts them, by as many threads as five workers have.
BOOST_FIXTURE_TEST_CASE(many_counts_at_once_are_exact_and_never_meet_a_deadlock, Crowd) {
    constexpr int k_threads = 150, k_rounds = 4;
    const auto deadlocks = [&] { return database.admin().select_one("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'")->number(1); };
    const auto before = deadlocks();
    const auto window = test::Portal::noon();
    const std::string shared_key = util::sha256_hex("network");
    std::vector<std::vector<unsigned>> counts(k_threads);
    std::latch all_connected(k_threads);
    std::vector<std::thread> threads;
    for (int i = 0; i < k_threads; ++i) {
        threads.emplace_back([&, i] {
            db::Connection db(database.settings("account"));
            db.is_alive();
            all_connected.arrive_and_wait();
            for (int round = 0; round < k_rounds; ++round) {
                counts[i].push_back(web::store::count_try(db, shared_key, window));
                db.transaction([&] { return web::store::count_try(db, util::sha256_hex(std::to_string(i)), window) > 0; });
            }
        });
    }
    for (auto& thread : threads) thread.join();
    std::set<unsigned> distinct;
    for (const auto& own : counts) distinct.insert(own.begin(), own.end());
    BOOST_TEST(distinct.size() == k_threads * k_rounds);
    BOOST_TEST(*distinct.rbegin() == k_threads * k_rounds);
    BOOST_TEST(deadlocks() == before);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace throttle_tests
