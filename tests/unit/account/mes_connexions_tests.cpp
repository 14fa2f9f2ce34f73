// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/account_fixture.hpp"

namespace mes_connexions_tests {

namespace {

struct Fixture : test::AccountFixture {
    // Opens a connection and gives the reference that the list shows for it.
    std::string open(unsigned voter) {
        portal.sign_in(voter);
        return util::sha256_hex(portal.cookie).substr(0, 16);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mes_connexions_tests, Fixture)

BOOST_AUTO_TEST_CASE(one_sees_his_own_connections_and_no_secret) {
    const auto foreign = open(8), first = open(7), second = open(7);
    const auto page = portal.get("/mes-connexions");
    BOOST_TEST(page.has(first));
    BOOST_TEST(page.has(second));
    BOOST_TEST(!page.has(foreign));
    BOOST_TEST(page.has("cette connexion"));
    BOOST_TEST(!page.has(portal.cookie));
    BOOST_TEST(!page.has(util::sha256_hex(portal.cookie)));
}

BOOST_AUTO_TEST_CASE(one_closes_his_own_and_nobody_elses) {
    const auto foreign = open(8), first = open(7);
    open(7);
    portal.post("/mes-connexions/fermer", {{"connexion", first}});
    portal.post("/mes-connexions/fermer", {{"connexion", foreign}});
    portal.post("/mes-connexions/fermer", {{"connexion", "%"}});
    BOOST_TEST(count("session WHERE voter_id = 7") == 1);
    BOOST_TEST(count("session WHERE voter_id = 8") == 1);
}

BOOST_AUTO_TEST_CASE(closing_this_one_signs_out) {
    const auto own = open(7);
    BOOST_TEST(portal.post("/mes-connexions/fermer", {{"connexion", own}}).header("Location") == "/deconnexion");
    BOOST_TEST(count("session WHERE voter_id IS NOT NULL") == 0);
}

BOOST_AUTO_TEST_CASE(closing_the_others_keeps_this_one) {
    open(8);
    open(7);
    open(7);
    BOOST_TEST(portal.post("/mes-connexions/fermer-les-autres", {}).header("Location") == "/mes-connexions");
    BOOST_TEST(count("session WHERE voter_id = 7") == 1);
    BOOST_TEST(count("session WHERE voter_id = 8") == 1);
    BOOST_TEST(portal.get("/mes-connexions").status == 200);
}

BOOST_AUTO_TEST_CASE(a_connection_left_alone_is_not_listed) {
    const auto old = open(7);
    wait(std::chrono::minutes{20});
    open(7);
    BOOST_TEST(!portal.get("/mes-connexions").has(old));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mes_connexions_tests
