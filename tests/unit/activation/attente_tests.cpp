// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/activation_fixture.hpp"

namespace attente_tests {

BOOST_FIXTURE_TEST_SUITE(attente_tests, test::ActivationFixture)

BOOST_AUTO_TEST_CASE(nothing_asked_leads_back_to_the_identification) {
    BOOST_TEST(portal.get("/portail/attente.htm").header("Location") == "/portail/identification.htm");
    BOOST_TEST(portal.post("/portail/attente.htm", {}).header("Location") == "/portail/identification.htm");
}

BOOST_AUTO_TEST_CASE(the_page_shows_the_address_as_typed_and_the_time) {
    ask("Zoe@AC-Poitiers.example");
    const auto page = portal.get("/portail/attente.htm");
    BOOST_TEST(page.has("Zoe@AC-Poitiers.example"));
    BOOST_TEST(page.has("samedi 5 décembre 2026 à 12\u00a0h\u00a000 (heure de Paris)"));
    BOOST_TEST(page.has("OK, j’ai compris"));
}

BOOST_AUTO_TEST_CASE(another_mail_may_be_asked_after_a_minute) {
    ask(k_address);
    BOOST_TEST(!portal.get("/portail/attente.htm").has(">Renvoyer<"));
    BOOST_TEST(portal.get("/portail/attente.htm").has("12\u00a0h\u00a001"));
    portal.post("/portail/attente.htm", {});
    BOOST_TEST(count("outbox") == 1);
    portal.clock.set(portal.clock.now() + std::chrono::seconds{60});
    BOOST_TEST(portal.get("/portail/attente.htm").has(">Renvoyer<"));
    BOOST_TEST(portal.post("/portail/attente.htm", {}).header("Location") == "/portail/attente.htm");
    BOOST_TEST(count("outbox") == 2);
    BOOST_TEST(count("mail_token WHERE superseded_at IS NULL") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace attente_tests
