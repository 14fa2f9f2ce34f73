// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/activation_fixture.hpp"
#include "domain/secret_hash.hpp"

namespace question_defi_tests {

namespace {

constexpr const char* k_page = "/portail/question-defi.htm";
constexpr const char* k_strong = "Grand-Élève-92!";

struct Edition2022 : test::ActivationFixture {
    Edition2022() : ActivationFixture("2022") {}
};

}  // namespace

BOOST_AUTO_TEST_SUITE(question_defi_tests)

BOOST_FIXTURE_TEST_CASE(the_password_comes_first, test::ActivationFixture) {
    BOOST_TEST(portal.get(k_page).status == 410);
    BOOST_TEST(portal.post(k_page, {{"question", "1"}, {"reponse", "Niort"}}).status == 410);
    reach_password();
    BOOST_TEST(portal.get(k_page).header("Location") == "/portail/mot-de-passe.htm");
    BOOST_TEST(portal.post(k_page, {{"question", "1"}, {"reponse", "Niort"}}).header("Location") == "/portail/mot-de-passe.htm");
    BOOST_TEST(count("account") == 0);
}

BOOST_FIXTURE_TEST_CASE(question_and_answer_are_needed, test::ActivationFixture) {
    reach_password();
    choose(k_password, k_password);
    const test::Portal::Fields wrong[] = {{},
                                          {{"question", ""}, {"reponse", "Niort"}},
                                          {{"question", "0"}, {"reponse", "Niort"}},
                                          {{"question", "9"}, {"reponse", "Niort"}},
                                          {{"question", "1x"}, {"reponse", "Niort"}},
                                          {{"question", "1"}, {"reponse", " no "}}};
    for (const auto& fields : wrong) BOOST_TEST(portal.post(k_page, fields).status == 400);
    BOOST_TEST(portal.post(k_page, {{"question", "2"}, {"reponse", ""}}).has("value=\"2\" selected"));
}

BOOST_FIXTURE_TEST_CASE(activation_keeps_password_question_and_answer, test::ActivationFixture) {
    reach_password();
    choose(k_password, k_password);
    BOOST_TEST(portal.post(k_page, {{"question", "2"}, {"reponse", "  SAINT-Étienne "}}).header("Location") == "/espace");
    BOOST_TEST(signed_in_as() == 7);
    const auto row = admin().select_one("SELECT password_hash, defi_question, defi_answer_hash FROM account");
    BOOST_REQUIRE(row.has_value());
    const auto pepper = portal.settings.secret("password_pepper");
    BOOST_TEST(domain::verify_secret(pepper.view(), k_password, row->text(0)));
    BOOST_TEST(row->text(1) == "Dans quelle ville vos grands-parents maternels habitaient-ils ?");
    BOOST_TEST(domain::verify_secret(pepper.view(), "saint-etienne", row->text(2)));
    BOOST_TEST(admin().select_one("SELECT data FROM session WHERE voter_id = 7")->text(0).find("activated_with_defi") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(entering_without_activation_exists_only_where_the_edition_has_it, test::ActivationFixture) {
    reach_password();
    choose(k_password, k_password);
    BOOST_TEST(!portal.get(k_page).has("SANS ACTIVATION"));
    BOOST_TEST(portal.post(k_page, {{"sans_activation", "oui"}}).status == 400);
    BOOST_TEST(signed_in_as() == 0);
}

BOOST_FIXTURE_TEST_CASE(in_2022_it_warns_lets_in_once_and_keeps_nothing, Edition2022) {
    reach_password();
    BOOST_TEST(mail().find("/portail/activationportail.htm?token=") != std::string::npos);
    BOOST_TEST(mail().find("electeurId") == std::string::npos);
    BOOST_TEST(choose(k_strong, k_strong).header("Location") == k_page);
    BOOST_TEST(portal.get(k_page).has("Votre mot de passe ne sera pas enregistré"));
    BOOST_TEST(portal.post(k_page, {{"sans_activation", "oui"}}).header("Location") == "/espace");
    BOOST_TEST(signed_in_as() == 7);
    BOOST_TEST(count("account") == 0);
    BOOST_TEST(count("session WHERE data LIKE '%argon2%'") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace question_defi_tests
