// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/mailed_link.hpp"

#include <boost/test/unit_test.hpp>

namespace mailed_link_tests {

namespace {

using activation::LinkState;
using activation::MailedLink;
using activation::Purpose;

const util::Instant k_now{std::chrono::seconds{1'800'000'000}};
const std::string k_token(22, 'x');

MailedLink fresh() {
    MailedLink link;
    link.voter = domain::VoterId{7};
    link.expires_at = k_now + std::chrono::seconds{1};
    return link;
}

bool is(LinkState wanted, const MailedLink& link, Purpose purpose = Purpose::activation) {
    return activation::state_of(k_token, purpose, link, k_now) == wanted;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(mailed_link_tests)

BOOST_AUTO_TEST_CASE(a_fresh_link_is_valid_until_its_last_second) {
    BOOST_TEST(is(LinkState::valid, fresh()));
    BOOST_TEST(
        (activation::state_of(k_token, Purpose::activation, fresh(), k_now + std::chrono::seconds{1}) == LinkState::expired));
}

BOOST_AUTO_TEST_CASE(a_link_serves_its_own_purpose_alone) {
    BOOST_TEST(is(LinkState::unknown, fresh(), Purpose::reset));
    MailedLink reset = fresh();
    reset.purpose = Purpose::reset;
    BOOST_TEST(is(LinkState::unknown, reset));
    reset.has_account = true;
    BOOST_TEST(is(LinkState::valid, reset, Purpose::reset));
}

BOOST_AUTO_TEST_CASE(a_dead_link_tells_why) {
    MailedLink link = fresh();
    link.superseded = true;
    BOOST_TEST(is(LinkState::superseded, link));
    link.used = true;
    BOOST_TEST(is(LinkState::used, link));
    link.has_account = true;
    BOOST_TEST(is(LinkState::used_active, link));
    link.struck_off = true;
    BOOST_TEST(is(LinkState::struck_off, link));
}

BOOST_AUTO_TEST_CASE(a_space_that_exists_needs_no_activation_link) {
    MailedLink link = fresh();
    link.has_account = true;
    BOOST_TEST(is(LinkState::used_active, link));
}

BOOST_AUTO_TEST_CASE(a_token_that_was_cut_is_told_from_an_unknown_one) {
    using activation::state_of;
    BOOST_TEST((state_of("", Purpose::activation, std::nullopt, k_now) == LinkState::incomplete));
    BOOST_TEST((state_of(k_token.substr(1), Purpose::activation, std::nullopt, k_now) == LinkState::incomplete));
    BOOST_TEST((state_of(k_token, Purpose::activation, std::nullopt, k_now) == LinkState::unknown));
    for (const char* of_before : {"5R4K2U9RPAM9PMWY", "CmqUwT4Kbzieq5io6u"})
        BOOST_TEST((state_of(of_before, Purpose::activation, std::nullopt, k_now) == LinkState::former));
}

BOOST_AUTO_TEST_CASE(the_cookie_carries_purpose_and_token_and_nothing_strange) {
    const auto round = activation::carried(activation::carry(Purpose::reset, "a-Z_9"));
    BOOST_REQUIRE(round.has_value());
    BOOST_TEST((round->purpose == Purpose::reset));
    BOOST_TEST(round->token == "a-Z_9");
    BOOST_TEST(activation::carry(Purpose::activation, "x;y") == "a");
    for (const char* end : {".", ">", ")", "»", "\"", ">."})
        BOOST_TEST(activation::carry(Purpose::activation, std::string("a-Z_9") + end) == "aa-Z_9");
    BOOST_TEST(!activation::carried("").has_value());
    BOOST_TEST(!activation::carried("zabc").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mailed_link_tests
