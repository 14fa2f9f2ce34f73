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
// Of 2026, where an election may ask the question by a setting of its own.
struct Asking2026 : test::ActivationFixture {
    Asking2026() { admin().execute("UPDATE election SET asks_defi = TRUE"); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(question_defi_tests)

BOOST_FIXTURE_TEST_CASE(the_password_comes_first, Edition2022) {
    BOOST_TEST(portal.get(k_page).status == 410);
    BOOST_TEST(portal.post(k_page, {{"question", "1"}, {"reponse", "Niort"}}).status == 410);
    reach_password();
    BOOST_TEST(portal.get(k_page).header("Location") == "/portail/mot-de-passe.htm");
    BOOST_TEST(portal.post(k_page, {{"question", "1"}, {"reponse", "Niort"}}).header("Location") == "/portail/mot-de-passe.htm");
    BOOST_TEST(count("account") == 0);
}

BOOST_FIXTURE_TEST_CASE(question_and_answer_are_needed, Edition2022) {
    reach_password();
    choose(k_strong, k_strong);
    const test::Portal::Fields wrong[] = {{},
                                          {{"question", ""}, {"reponse", "Niort"}},
                                          {{"question", "0"}, {"reponse", "Niort"}},
                                          {{"question", "9"}, {"reponse", "Niort"}},
                                          {{"question", "1x"}, {"reponse", "Niort"}},
                                          {{"question", "1"}, {"reponse", " no "}}};
    for (const auto& fields : wrong) BOOST_TEST(portal.post(k_page, fields).status == 400);
    BOOST_TEST(portal.post(k_page, {{"question", "2"}, {"reponse", ""}}).has("value=\"2\" selected"));
}

BOOST_FIXTURE_TEST_CASE(activation_keeps_password_question_and_answer, Edition2022) {
    reach_password();
    choose(k_strong, k_strong);
    BOOST_TEST(portal.post(k_page, {{"question", "2"}, {"reponse", "  SAINT-Étienne "}}).header("Location") == "/espace");
    BOOST_TEST(signed_in_as() == 7);
    const auto row = admin().select_one("SELECT password_hash, defi_question, defi_answer_hash FROM account");
    BOOST_REQUIRE(row.has_value());
    const auto pepper = portal.settings.secret("password_pepper");
    BOOST_TEST(domain::verify_secret(pepper.view(), k_strong, row->text(0)));
    BOOST_TEST(row->text(1) == "Dans quelle ville vos grands-parents maternels habitaient-ils ?");
    BOOST_TEST(domain::verify_secret(pepper.view(), "saint-etienne", row->text(2)));
    BOOST_TEST(admin().select_one("SELECT data FROM session WHERE voter_id = 7")->text(0).find("activated_with_defi") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(entering_without_activation_exists_only_where_the_edition_has_it, Asking2026) {
    reach_password();
    choose(k_password, k_password);
    BOOST_TEST(!portal.get(k_page).has("SANS ACTIVATION"));
    BOOST_TEST(portal.post(k_page, {{"sans_activation", "oui"}}).status == 400);
    BOOST_TEST(count("account WHERE defi_question IS NULL") == 1);
}

// F13: no trap of 2022's here.
BOOST_FIXTURE_TEST_CASE(in_2026_there_is_no_question_and_the_password_is_kept_from_its_choice, test::ActivationFixture) {
    reach_password();
    BOOST_TEST(choose(k_password, k_password).header("Location") == "/espace");
    BOOST_TEST(signed_in_as() == 7);
    BOOST_TEST(count("account WHERE defi_question IS NULL") == 1);
    BOOST_TEST(portal.get(k_page).header("Location") == "/espace");
}

BOOST_FIXTURE_TEST_CASE(an_election_of_2026_that_asks_it_keeps_the_password_before_the_question, Asking2026) {
    reach_password();
    BOOST_TEST(choose(k_password, k_password).header("Location") == k_page);
    BOOST_TEST(signed_in_as() == 7);
    BOOST_TEST(count("account WHERE defi_question IS NULL") == 1);
    BOOST_TEST(portal.get(k_page).has("Votre mot de passe est déjà enregistré."));
    BOOST_TEST(portal.post(k_page, {{"question", "2"}, {"reponse", ""}}).status == 400);
    BOOST_TEST(portal.post(k_page, {{"question", "2"}, {"reponse", "Niort"}}).header("Location") == "/espace");
    const auto row = admin().select_one("SELECT password_hash, defi_answer_hash FROM account");
    const auto pepper = portal.settings.secret("password_pepper");
    BOOST_TEST(domain::verify_secret(pepper.view(), k_password, row->text(0)));
    BOOST_TEST(domain::verify_secret(pepper.view(), "niort", row->text(1)));
    BOOST_TEST(portal.get(k_page).header("Location") == "/espace");
}

// Left half way, the question comes with the next new password, and never replaces one.
BOOST_FIXTURE_TEST_CASE(a_question_that_was_not_chosen_follows_the_next_new_password, Asking2026) {
    reach_password();
    choose(k_password, k_password);
    const auto reset = [&] {
        portal.cookie.clear();
        ask(k_address, "/portail/mot-de-passe-oublie.htm");
        open("/portail/reinitialisation.htm?token=" + token());
        spend();
        return choose("Autre-Élève-93", "Autre-Élève-93").header("Location");
    };
    BOOST_TEST(reset() == k_page);
    portal.post(k_page, {{"question", "1"}, {"reponse", "Niort"}});
    const std::string kept = admin().select_one("SELECT defi_answer_hash FROM account")->text(0);
    BOOST_TEST(reset() == "/espace");
    portal.post(k_page, {{"question", "3"}, {"reponse", "Autre"}});
    BOOST_TEST(admin().select_one("SELECT defi_answer_hash FROM account")->text(0) == kept);
}

BOOST_FIXTURE_TEST_CASE(the_question_of_who_is_no_longer_signed_in_is_not_written, Asking2026) {
    reach_password();
    choose(k_password, k_password);
    admin().execute("DELETE FROM session");
    BOOST_TEST(portal.post(k_page, {{"question", "1"}, {"reponse", "Niort"}}).status >= 400);
    BOOST_TEST(count("account WHERE defi_question IS NULL") == 1);
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
