// SPDX-License-Identifier: AGPL-3.0-or-later
// The order before the door: nobody overtakes, who leaves gives his place up, a restart keeps the order, and the time that is told is about the
// time it takes.
#include "web/waiting_line.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <vector>

namespace waiting_line_tests {

namespace {

using std::chrono::seconds;
using web::WaitingLine;

const util::Instant k_ten = util::Instant{} + std::chrono::hours{500'000};

}  // namespace

BOOST_AUTO_TEST_SUITE(waiting_line_tests)

BOOST_AUTO_TEST_CASE(an_empty_line_lets_in_as_many_as_there_is_room) {
    WaitingLine line(10);
    BOOST_TEST(line.is_clear(k_ten, 1));
    BOOST_TEST(!line.is_clear(k_ten, 0));
    const auto first = line.issue(k_ten);
    BOOST_TEST(line.ask(first, k_ten, 1).is_called);
    BOOST_TEST(line.is_clear(k_ten, 2));
    BOOST_TEST(!line.is_clear(k_ten, 1));  // it is his
    line.spend(first);
    BOOST_TEST(line.is_clear(k_ten, 1));
}

BOOST_AUTO_TEST_CASE(places_follow_arrival_and_asking_again_changes_nothing) {
    WaitingLine line(1);
    std::vector<WaitingLine::Ticket> tickets;
    for (int i = 0; i < 500; ++i) {
        tickets.push_back(line.issue(k_ten));
        BOOST_TEST(line.ask(tickets.back(), k_ten, 0).ahead == static_cast<unsigned>(i));
    }
    for (int turn = 0; turn < 3; ++turn) BOOST_TEST(line.ask(tickets[100], k_ten + seconds{turn}, 0).ahead == 100u);
    line.spend(tickets[3]);
    BOOST_TEST(line.ask(tickets[100], k_ten, 0).ahead == 99u);
    BOOST_TEST(line.ask(tickets[2], k_ten, 0).ahead == 2u);
    const auto last = line.ask(tickets[499], k_ten, 0);
    BOOST_TEST(!last.is_called);
    BOOST_TEST(last.left.count() == 495);  // one a second, three called ahead
    BOOST_TEST(last.look_again.count() == 30);
    BOOST_TEST(line.ask(tickets[0], k_ten, 0).is_called);
}

BOOST_AUTO_TEST_CASE(who_does_not_come_back_gives_his_place_up_and_who_does_keeps_it) {
    WaitingLine line(1);
    std::vector<WaitingLine::Ticket> tickets;
    for (int i = 0; i < 40; ++i) tickets.push_back(line.issue(k_ten));
    for (const auto& ticket : tickets) static_cast<void>(line.ask(ticket, k_ten, 0));
    BOOST_TEST(line.ask(tickets[39], k_ten + seconds{8}, 0).ahead == 39u);
    BOOST_TEST(line.ask(tickets[39], k_ten + seconds{25}, 0).ahead == 0u);
    // He was away too long, and is back: his ticket is of then.
    BOOST_TEST(line.ask(tickets[5], k_ten + seconds{26}, 0).ahead == 0u);
    BOOST_TEST(line.ask(tickets[39], k_ten + seconds{26}, 0).ahead == 1u);
}

BOOST_AUTO_TEST_CASE(a_ticket_is_good_once_and_forgotten_when_it_is_too_old) {
    WaitingLine line(1);
    const auto ticket = line.issue(k_ten), other = line.issue(k_ten);
    static_cast<void>(line.ask(ticket, k_ten, 1));
    BOOST_TEST(!line.is_spent(ticket));
    line.spend(ticket);
    BOOST_TEST(line.is_spent(ticket));
    BOOST_TEST(!line.is_spent(other));
    static_cast<void>(line.is_clear(k_ten + WaitingLine::k_ticket_lives, 1));
    BOOST_TEST(line.is_spent(ticket));
    static_cast<void>(line.is_clear(k_ten + WaitingLine::k_ticket_lives + seconds{2}, 1));
    BOOST_TEST(!line.is_spent(ticket));
}

BOOST_AUTO_TEST_CASE(another_process_keeps_the_order) {
    WaitingLine before(1), after(1);
    std::vector<WaitingLine::Ticket> tickets;
    for (int i = 0; i < 20; ++i) tickets.push_back(before.issue(k_ten + seconds{i / 7}));
    for (int i = 19; i >= 0; --i) static_cast<void>(after.ask(tickets[static_cast<std::size_t>(i)], k_ten + seconds{10}, 0));
    for (std::size_t i = 0; i < 20; ++i) BOOST_TEST(after.ask(tickets[i], k_ten + seconds{11}, 0).ahead == i);
    const auto newcomer = after.issue(k_ten + seconds{11});
    BOOST_TEST(after.ask(newcomer, k_ten + seconds{11}, 0).ahead == 20u);
}

// A crowd of 3,000 at once before a door of 40 a second, each looking when he is told to: all enter, nobody long before who came earlier,
// the door never stands idle.
BOOST_AUTO_TEST_CASE(a_crowd_enters_in_order_and_the_door_is_never_idle) {
    constexpr unsigned k_crowd = 3000, k_a_second = 40;
    WaitingLine line(25);
    std::multimap<util::Instant, std::size_t> looks;
    std::vector<WaitingLine::Ticket> tickets;
    std::vector<seconds> entered(k_crowd);
    for (std::size_t i = 0; i < k_crowd; ++i) {
        tickets.push_back(line.issue(k_ten));
        looks.emplace(k_ten + seconds{static_cast<int>(i % 3)}, i);
    }
    std::size_t in = 0, gone = 0, idle = 0;
    for (util::Instant now = k_ten; in < k_crowd && now < k_ten + seconds{600}; now += seconds{1}) {
        unsigned room = k_a_second;
        for (auto it = looks.begin(); it != looks.end() && it->first <= now; it = looks.erase(it)) {
            const std::size_t who = it->second;
            const auto place = line.ask(tickets[who], now, room);
            if (who % 10 == 9 && now > k_ten + seconds{5}) {  // one in ten goes away without a word
                ++in, ++gone;
                continue;
            }
            if (place.may_enter) {
                --room, ++in;
                line.spend(tickets[who]);
                line.count_entry(now);
                entered[who] = now - k_ten;
            } else {
                looks.emplace(now + (place.is_called ? seconds{2} : place.look_again), who);
            }
        }
        idle += now > k_ten + seconds{5} && in + k_a_second < k_crowd ? room : 0;
    }
    BOOST_TEST(in == k_crowd);
    BOOST_TEST(gone > k_crowd / 15);
    BOOST_TEST(idle <= k_crowd / 15);  // of its room
    // How many seconds later than somebody who came long after him (ten seconds of the door) anybody entered.
    seconds slip{0};
    for (std::size_t i = 0; i + 400 < k_crowd; ++i)
        if (entered[i + 400] > seconds{0}) slip = std::max(slip, entered[i] - entered[i + 400]);
    BOOST_TEST(slip.count() <= 5);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace waiting_line_tests
