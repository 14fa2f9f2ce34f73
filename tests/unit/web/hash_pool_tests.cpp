// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/hash_pool.hpp"

#include <boost/test/unit_test.hpp>
#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

namespace hash_pool_tests {

BOOST_AUTO_TEST_SUITE(hash_pool_tests)

BOOST_AUTO_TEST_CASE(a_full_queue_refuses_at_once_and_the_accepted_are_served) {
    web::HashPool pool(1, {3, 5});
    std::promise<void> gate;
    const std::shared_future<void> open = gate.get_future().share();
    std::promise<void> running;
    std::atomic<int> served{0};
    std::vector<std::future<bool>> waiting;
    waiting.push_back(std::async(std::launch::async, [&] {
        return pool.run([&] {
            running.set_value();
            open.wait();
            ++served;
        });
    }));
    running.get_future().wait();  // the one thread is busy; the queue holds two more
    for (int i = 0; i < 2; ++i) waiting.push_back(std::async(std::launch::async, [&] { return pool.run([&] { ++served; }); }));
    // The two may not have queued yet: the third refusal comes once they have.
    bool refused = false;
    for (int i = 0; i < 2000 && !refused; ++i) {
        auto extra = std::async(std::launch::async, [&] { return pool.run([&] { ++served; }); });
        if (extra.wait_for(std::chrono::milliseconds(1)) == std::future_status::ready) {
            refused = !extra.get();
        } else {
            waiting.push_back(std::move(extra));
        }
    }
    BOOST_TEST(refused);
    gate.set_value();
    int accepted = 0;
    for (auto& one : waiting) accepted += one.get();
    BOOST_TEST(served == accepted);
    BOOST_TEST(accepted >= 3);  // one running, two queued; a late starter may have come in after the gate opened
}

BOOST_AUTO_TEST_CASE(an_exception_reaches_the_caller_and_not_the_pool) {
    web::HashPool pool(1, {3, 5});
    const auto fails = [&] { return pool.run([] { throw std::runtime_error("no memory"); }); };
    BOOST_CHECK_THROW(static_cast<void>(fails()), std::runtime_error);
    bool ran = false;
    BOOST_TEST(pool.run([&] { ran = true; }));
    BOOST_TEST(ran);
}

// Who is in changes a password while the line before the door is full.
BOOST_AUTO_TEST_CASE(a_member_finds_room_and_goes_first_where_guests_do_not) {
    web::HashPool pool(1, {2, 3});
    std::promise<void> gate, running;
    const std::shared_future<void> open = gate.get_future().share();
    std::vector<std::string> order;
    BOOST_TEST(pool.room() == 2u);
    auto first = std::async(std::launch::async, [&] {
        return pool.run([&] {
            running.set_value();
            open.wait();
        });
    });
    running.get_future().wait();
    auto second = std::async(std::launch::async, [&] { return pool.run([&] { order.emplace_back("guest"); }); });
    while (pool.room() > 0) std::this_thread::yield();
    BOOST_TEST(!pool.run([] {}));
    std::promise<void> asked;
    auto member = std::async(std::launch::async, [&] {
        asked.set_value();
        return pool.run([&] { order.emplace_back("member"); }, web::HashPool::Seat::member);
    });
    asked.get_future().wait();
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    gate.set_value();
    BOOST_TEST((first.get() && second.get() && member.get()));
    BOOST_TEST((order == std::vector<std::string>{"member", "guest"}));
    BOOST_TEST(pool.room() == 2u);
}

struct Numbers final : web::HashPool::Backlog {
    std::atomic<int> left{0}, done{0};
    std::function<void()> take() override {
        if (left.fetch_sub(1) <= 0) {
            ++left;
            return {};
        }
        return [this] { ++done; };
    }
};

BOOST_AUTO_TEST_CASE(a_backlog_is_worked_off_without_anybody_waiting_and_no_call_is_lost) {
    const auto backlog = std::make_shared<Numbers>();
    web::HashPool pool(2, {3, 5});
    int all = 0;
    for (int round = 0; round < 2000; ++round) {
        const int more = round % 3;
        all += more;
        backlog->left += more;
        pool.help(backlog);
        if (round % 7 == 0) BOOST_TEST(pool.run([] {}));
    }
    for (int i = 0; i < 5000 && backlog->done < all; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    BOOST_TEST(backlog->done == all);
}

BOOST_AUTO_TEST_CASE(whoever_waits_goes_before_the_backlog_and_the_end_does_not_wait_for_it) {
    const auto backlog = std::make_shared<Numbers>();
    backlog->left = 1'000'000'000;
    bool ran = false;
    {
        web::HashPool pool(1, {3, 5});
        pool.help(backlog);
        BOOST_TEST(pool.run([&] { ran = true; }));
    }
    BOOST_TEST(ran);
    BOOST_TEST(backlog->left > 0);
}

BOOST_AUTO_TEST_CASE(hashes_never_hold_all_request_threads) {
    for (const unsigned threads : {2U, 4U, 8U, 16U, 64U}) {
        const auto limits = web::HashPool::Limits::of(threads / 2, threads, 2, 64);
        BOOST_TEST(limits.guests <= threads / 2);
        BOOST_TEST(limits.members < threads);
        BOOST_TEST(limits.guests <= limits.members);
    }
    BOOST_TEST(web::HashPool::Limits::of(0, 1, 2, 64).guests == 1u);
    BOOST_TEST(web::HashPool::Limits::of(32, 64, 2, 6).guests == 8u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace hash_pool_tests
