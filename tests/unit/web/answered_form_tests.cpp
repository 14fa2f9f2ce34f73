// SPDX-License-Identifier: AGPL-3.0-or-later
// Two clicks at once are one after the other; a hundred do not take a hundred threads.
#include "web/answered_form.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <memory>
#include <vector>

namespace answered_form_tests {

using web::FormTurn;

BOOST_AUTO_TEST_SUITE(answered_form_tests)

BOOST_AUTO_TEST_CASE(the_second_click_waits_for_the_first_and_the_third_is_refused) {
    auto first = std::make_unique<FormTurn>("form");
    BOOST_TEST(first->has_turn());
    std::promise<void> asked;
    auto second = std::async(std::launch::async, [&] {
        asked.set_value();
        return FormTurn("form").has_turn();
    });
    asked.get_future().wait();
    BOOST_TEST((second.wait_for(std::chrono::milliseconds(100)) == std::future_status::timeout));
    BOOST_TEST(!FormTurn("form").has_turn());
    BOOST_TEST(FormTurn("another").has_turn());
    BOOST_TEST(FormTurn("").has_turn());
    first.reset();
    BOOST_TEST(second.get());
    BOOST_TEST(FormTurn("form").has_turn());
}

// Somebody sends many forms, each twice: as few threads wait.
BOOST_AUTO_TEST_CASE(few_wait_in_all) {
    std::vector<std::unique_ptr<FormTurn>> held;
    std::vector<std::future<bool>> second;
    for (int i = 0; i < 8; ++i) held.push_back(std::make_unique<FormTurn>("many " + std::to_string(i)));
    for (int i = 0; i < 8; ++i)
        second.push_back(std::async(std::launch::async, [i] { return FormTurn("many " + std::to_string(i)).has_turn(); }));
    unsigned refused = 0;
    for (int turn = 0; turn < 200 && refused < 8 - FormTurn::k_most_waiting; ++turn) {
        refused = 0;
        for (auto& one : second) refused += one.wait_for(std::chrono::milliseconds(5)) == std::future_status::ready;
    }
    BOOST_TEST(refused == 8 - FormTurn::k_most_waiting);
    held.clear();
    unsigned served = 0;
    for (auto& one : second) served += one.get();
    BOOST_TEST(served == FormTurn::k_most_waiting);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace answered_form_tests
