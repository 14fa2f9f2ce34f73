// SPDX-License-Identifier: AGPL-3.0-or-later
// The order before the door: nobody overtakes, who leaves gives his place up, a restart keeps the order, the door is never idle while somebody
// waits, and the time that is told is about the time it takes.
#include "web/waiting_line.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <map>
#include <random>
#include <thread>
#include <vector>

namespace waiting_line_tests {

namespace {

using std::chrono::seconds;
using web::WaitingLine;

const util::Instant k_ten = util::Instant{} + std::chrono::hours{500'000};

// Notes that it ran, in which order.
struct Note final : WaitingLine::Job {
    Note(std::vector<int>& notes, int who) : ran(notes), number(who) {}
    void run() override { ran.push_back(number); }
    std::vector<int>& ran;
    int number;
};

struct Line {
    WaitingLine line;
    std::vector<int> ran;

    explicit Line(double rate = 1) : line(rate) {}
    WaitingLine::Place join(const WaitingLine::Ticket& ticket, int number = 0, util::Instant now = k_ten) {
        const auto place = line.join(ticket, std::make_shared<Note>(ran, number), now);
        BOOST_REQUIRE(place.has_value());
        return *place;
    }
    std::vector<WaitingLine::Ticket> crowd(int people) {
        std::vector<WaitingLine::Ticket> tickets;
        for (int i = 0; i < people; ++i) {
            tickets.push_back(line.issue(k_ten));
            BOOST_TEST(join(tickets.back(), i).ahead == static_cast<unsigned>(i));
        }
        return tickets;
    }
    bool work() {
        const auto job = line.take();
        if (job) job();
        return static_cast<bool>(job);
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(waiting_line_tests)

BOOST_AUTO_TEST_CASE(work_is_done_in_the_order_of_tickets_whoever_looks_first) {
    Line one;
    BOOST_TEST(one.line.is_empty(k_ten));
    BOOST_TEST(!one.work());
    std::vector<WaitingLine::Ticket> tickets;
    for (int i = 0; i < 5; ++i) tickets.push_back(one.line.issue(k_ten));
    for (const int i : {3, 0, 4, 1, 2}) one.join(tickets[static_cast<std::size_t>(i)], i);
    BOOST_TEST(!one.line.is_empty(k_ten));
    BOOST_TEST(one.line.look(tickets[4], k_ten)->ahead == 4u);
    BOOST_TEST(one.line.look(tickets[4], k_ten)->done == nullptr);
    while (one.work()) continue;
    BOOST_TEST((one.ran == std::vector<int>{0, 1, 2, 3, 4}));
    BOOST_TEST(one.line.is_empty(k_ten));
    for (const auto& ticket : tickets) BOOST_TEST(one.line.look(ticket, k_ten)->done != nullptr);
}

BOOST_AUTO_TEST_CASE(looking_again_changes_nothing_and_time_and_pause_are_told) {
    Line one;
    const auto tickets = one.crowd(500);
    const auto last = one.line.look(tickets[499], k_ten);
    BOOST_TEST(last->left.count() == 499);  // one a second
    BOOST_TEST(last->look_again.count() == 30);
    for (int turn = 0; turn < 3; ++turn) BOOST_TEST(one.line.look(tickets[100], k_ten + seconds{turn})->ahead == 100u);
    one.line.spend(tickets[3]);
    BOOST_TEST(one.line.look(tickets[100], k_ten)->ahead == 99u);
    BOOST_TEST(one.line.look(tickets[2], k_ten)->ahead == 2u);
    BOOST_TEST(one.line.look(tickets[0], k_ten)->look_again.count() == 2);
}

BOOST_AUTO_TEST_CASE(who_types_again_keeps_his_place_and_only_that_counts) {
    Line one;
    const auto tickets = one.crowd(3);
    BOOST_TEST(one.join(tickets[1], 10).ahead == 1u);
    while (one.work()) continue;
    BOOST_TEST((one.ran == std::vector<int>{0, 10, 2}));
    // While his work is under way, too: its result is nobody's.
    one.join(tickets[0], 20);
    const auto under_way = one.line.take();
    one.join(tickets[0], 30);
    under_way();
    BOOST_TEST(one.line.look(tickets[0], k_ten)->done == nullptr);
    BOOST_TEST(one.work());
    BOOST_TEST(static_cast<Note*>(one.line.look(tickets[0], k_ten)->done.get())->number == 30);
}

BOOST_AUTO_TEST_CASE(who_does_not_come_back_gives_his_place_up_and_who_does_keeps_it) {
    Line one;
    const auto tickets = one.crowd(40);
    BOOST_TEST(one.line.look(tickets[39], k_ten + seconds{7})->ahead == 39u);
    BOOST_TEST(one.line.look(tickets[39], k_ten + seconds{25})->ahead == 0u);
    BOOST_TEST(!one.line.look(tickets[5], k_ten + seconds{25}).has_value());
    // He was away too long, and is back: his ticket is of then.
    BOOST_TEST(one.join(tickets[5], 5, k_ten + seconds{26}).ahead == 0u);
    BOOST_TEST(one.line.look(tickets[39], k_ten + seconds{26})->ahead == 1u);
    while (one.work()) continue;
    BOOST_TEST((one.ran == std::vector<int>{5, 39}));
}

BOOST_AUTO_TEST_CASE(a_result_waits_two_minutes_for_its_person) {
    Line one;
    const auto tickets = one.crowd(2);
    while (one.work()) continue;
    BOOST_TEST(one.line.look(tickets[0], k_ten)->done != nullptr);
    BOOST_TEST(one.line.look(tickets[0], k_ten + seconds{119})->done != nullptr);
    BOOST_TEST(!one.line.look(tickets[0], k_ten + seconds{240}).has_value());
    BOOST_TEST(!one.line.look(tickets[1], k_ten + seconds{240}).has_value());  // never came
}

BOOST_AUTO_TEST_CASE(a_ticket_is_good_once_and_forgotten_when_it_is_too_old) {
    Line one;
    const auto tickets = one.crowd(2);
    BOOST_TEST(!one.line.is_spent(tickets[0]));
    one.line.spend(tickets[0]);
    BOOST_TEST(one.line.is_spent(tickets[0]));
    BOOST_TEST(!one.line.is_spent(tickets[1]));
    static_cast<void>(one.line.is_empty(k_ten + WaitingLine::k_ticket_lives));
    BOOST_TEST(one.line.is_spent(tickets[0]));
    static_cast<void>(one.line.is_empty(k_ten + WaitingLine::k_ticket_lives + seconds{2}));
    BOOST_TEST(!one.line.is_spent(tickets[0]));
}

BOOST_AUTO_TEST_CASE(another_process_keeps_the_order) {
    Line before, after;
    std::vector<WaitingLine::Ticket> tickets;
    for (int i = 0; i < 20; ++i) tickets.push_back(before.line.issue(k_ten + seconds{i / 7}));
    for (int i = 19; i >= 0; --i) after.join(tickets[static_cast<std::size_t>(i)], i, k_ten + seconds{10});
    for (std::size_t i = 0; i < 20; ++i) BOOST_TEST(after.line.look(tickets[i], k_ten + seconds{11})->ahead == i);
    const auto newcomer = after.line.issue(k_ten + seconds{11});
    BOOST_TEST(after.join(newcomer, 20, k_ten + seconds{11}).ahead == 20u);
}

BOOST_AUTO_TEST_CASE(work_under_way_outlives_the_line) {
    std::vector<int> ran;
    std::function<void()> job;
    {
        WaitingLine line(1);
        static_cast<void>(line.join(line.issue(k_ten), std::make_shared<Note>(ran, 1), k_ten));
        job = line.take();
    }
    job();
    BOOST_TEST(ran.size() == 1u);
}

// A crowd of 3,000 in three seconds before a door that takes eight at a time, ten times a second, though it was taken for one of twenty a
// second; each looks when he is told to, one in ten goes away without a word. Work is done in order, the door is never idle, whoever stays enters
// within what he was told and a few seconds.
BOOST_AUTO_TEST_CASE(a_crowd_enters_in_order_and_the_door_is_never_idle) {
    constexpr unsigned k_crowd = 3000, k_at_once = 8, k_slots = 10;
    Line one(20);
    std::multimap<util::Instant, int> looks;
    std::vector<WaitingLine::Ticket> tickets;
    std::vector<seconds> told(k_crowd, seconds{-1});
    std::mt19937 chance(7);
    unsigned in = 0, gone = 0, idle = 0, late = 0;
    for (util::Instant now = k_ten; in + gone < k_crowd && now < k_ten + seconds{600}; now += seconds{1}) {
        for (unsigned i = 0; now < k_ten + seconds{3} && i < k_crowd / 3; ++i) {
            tickets.push_back(one.line.issue(now));
            looks.emplace(now, static_cast<int>(tickets.size() - 1));
        }
        std::vector<int> these;
        for (auto it = looks.begin(); it != looks.end() && it->first <= now; it = looks.erase(it)) these.push_back(it->second);
        std::shuffle(these.begin(), these.end(), chance);
        for (const int who : these) {
            const auto& ticket = tickets[static_cast<std::size_t>(who)];
            auto place = one.line.look(ticket, now);
            if (!place) place = one.line.join(ticket, std::make_shared<Note>(one.ran, who), now);
            if (place->done) {
                one.line.spend(ticket), ++in;
                seconds& until = told[static_cast<std::size_t>(who)];
                late += until > seconds{0} && now - k_ten > until + seconds{12} ? 1 : 0;
            } else if (who % 10 == 9 && now > k_ten + seconds{2}) {
                ++gone;
            } else {
                // What is told once the door is known.
                if (now - k_ten == seconds{15}) told[static_cast<std::size_t>(who)] = now - k_ten + place->left;
                looks.emplace(now + place->look_again, who);
            }
        }
        for (unsigned i = 0; i < k_at_once * k_slots; ++i) idle += !one.work() && !one.line.is_empty(now) ? 1 : 0;
    }
    BOOST_TEST(in + gone == k_crowd);
    BOOST_TEST(gone > 50u);
    BOOST_TEST(idle == 0u);
    BOOST_TEST(late == 0u);
    // Nobody's work was done before that of somebody who came a second earlier.
    int latest = -1;
    unsigned overtaken = 0;
    for (const int who : one.ran) {
        overtaken += who + static_cast<int>(k_crowd / 3) < latest ? 1 : 0;
        latest = std::max(latest, who);
    }
    BOOST_TEST(overtaken == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace waiting_line_tests
