// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/account_fixture.hpp"

namespace mot_de_passe_tests {

namespace {

struct Fixture : test::AccountFixture {
    test::Page change(const std::string& old, const std::string& password, const std::string& confirmation) {
        return portal.post("/profil/mot-de-passe", {{"actuel", old}, {"mot_de_passe", password}, {"confirmation", confirmation}});
    }
    std::string hash() { return admin().select_one("SELECT password_hash FROM account")->text(0); }
};

constexpr const char* k_new = "Un autre mot 7";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(account_mot_de_passe_tests, Fixture)

BOOST_AUTO_TEST_CASE(the_change_closes_the_other_connections_and_tells_the_owner) {
    portal.sign_in(7);
    portal.sign_in(7);
    const std::string before = hash();
    BOOST_TEST(change(k_password, k_new, k_new).header("Location") == "/espace");
    BOOST_TEST(hash() != before);
    BOOST_TEST(count("session WHERE voter_id = 7") == 1);
    BOOST_TEST(portal.get("/espace").has("Votre mot de passe est modifié."));
    BOOST_TEST(mail().find("a été modifié") != std::string::npos);
    portal.cookie.clear();
    BOOST_TEST(enter(k_address, k_password).status == 400);
    BOOST_TEST(enter(k_address, k_new).status == 303);
}

BOOST_AUTO_TEST_CASE(the_present_password_is_asked) {
    portal.sign_in(7);
    const std::string before = hash();
    const auto page = change("Mauvais-1", k_new, k_new);
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("Le mot de passe actuel n’est pas le bon."));
    BOOST_TEST(page.has("name=\"actuel\" value=\"\""));
    BOOST_TEST(page.has(std::string("name=\"mot_de_passe\" value=\"") + k_new));
    BOOST_TEST(hash() == before);
}

BOOST_AUTO_TEST_CASE(the_new_one_keeps_the_rules) {
    portal.sign_in(7);
    const auto page = change(k_password, "court", "autre");
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("au moins 8 caractères."));
    BOOST_TEST(page.has("ne sont pas identiques"));
    BOOST_TEST(page.has(std::string("name=\"actuel\" value=\"") + k_password));
    BOOST_TEST(page.has("name=\"mot_de_passe\" value=\"court\""));
    BOOST_TEST(page.has("name=\"confirmation\" value=\"autre\""));
    BOOST_TEST(count("outbox") == 0);
}

BOOST_AUTO_TEST_CASE(guessing_through_an_open_connection_is_limited) {
    portal.sign_in(7);
    for (int i = 0; i < 10; ++i) BOOST_TEST(change("Mauvais-1", k_new, k_new).status == 400);
    BOOST_TEST(change(k_password, k_new, k_new).status == 429);
}

BOOST_AUTO_TEST_CASE(who_entered_without_activation_is_sent_to_create_one) {
    portal.sign_in(8);
    BOOST_TEST(portal.get("/profil/mot-de-passe").header("Location") == "/portail/identification.htm");
    BOOST_TEST(change("", k_new, k_new).header("Location") == "/portail/identification.htm");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mot_de_passe_tests
