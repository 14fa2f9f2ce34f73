// SPDX-License-Identifier: AGPL-3.0-or-later
// The password page: rules named, order kept, the account made or its password replaced.
#include "activation/activation_fixture.hpp"
#include "domain/password.hpp"

namespace mot_de_passe_tests {

namespace {

constexpr const char* k_strong = "Grand-Élève-92!";

struct Edition2022 : test::ActivationFixture {
    Edition2022() : ActivationFixture("2022") {}
};

struct Edition2018 : test::ActivationFixture {
    Edition2018() : ActivationFixture("2018") {}
    void reach_reset() {
        admin().execute(
            "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at, failed_count, retry_at) VALUES (7, 'x', "
            "'2026-10-12 09:00:00', '2026-10-12 09:00:00', 9, '2026-12-05 11:30:00')");
        ask(k_address, "/portail/mot-de-passe-oublie.htm");
        BOOST_TEST(open("/portail/reinitialisation.htm?token=" + token()).status == 200);
        spend();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(activation_mot_de_passe_tests)

BOOST_FIXTURE_TEST_CASE(the_page_is_reached_by_a_spent_link_alone, test::ActivationFixture) {
    BOOST_TEST(portal.get("/portail/mot-de-passe.htm").status == 410);
    const auto page = choose(k_password, k_password);
    BOOST_TEST(page.status == 410);
    BOOST_TEST(page.has("demandez un nouveau courriel"));
    BOOST_TEST(count("account") == 0);
}

BOOST_FIXTURE_TEST_CASE(each_rule_not_met_is_named, test::ActivationFixture) {
    reach_password();
    const auto page = choose("court", "autre");
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("Erreur : "));
    BOOST_TEST(page.has("au moins 8 caractères."));
    BOOST_TEST(page.has("au moins une majuscule."));
    BOOST_TEST(page.has("au moins un chiffre."));
    BOOST_TEST(!page.has("non respectée : au moins une minuscule"));
    BOOST_TEST(page.has("ne sont pas identiques"));
    BOOST_TEST(choose(k_address, k_address).status == 400);
    BOOST_TEST(choose("", "").has("Saisissez le mot de passe"));
    BOOST_TEST(choose("Le chat boit du lait 1234", "Le chat boit du lait 1234").has("au plus 24 caractères."));
    BOOST_TEST(choose("Le chat boit du lait 123", "Le chat boit du lait 123").status == 303);
}

// The page of 2018, with its asterisks, and beside its own text the rules that it did not print.
BOOST_FIXTURE_TEST_CASE(the_page_of_2018_marks_its_fields_and_prints_every_rule, Edition2018) {
    reach_password();
    const auto page = portal.get("/portail/mot-de-passe.htm");
    BOOST_TEST(page.has("Créez votre mot de passe personnel électeur qui devra contenir entre 8 et 24 caractères"));
    BOOST_TEST(page.has(">Mot de passe personnel électeur&nbsp;*<"));
    BOOST_TEST(page.has(">Confirmation du mot de passe personnel électeur&nbsp;*<"));
    for (const auto rule : {domain::PasswordRule::too_common, domain::PasswordRule::known})
        BOOST_TEST(page.has(domain::sentence_of(domain::PasswordProfile::seed2018, rule)));
    const auto refused = choose("Rentree2018", "Rentree2018");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.has("Le vôtre se réduit à «\u00a0rentree\u00a0»"));
    BOOST_TEST(choose(k_password, k_password).header("Location") == "/espace");
}

BOOST_FIXTURE_TEST_CASE(what_was_typed_comes_back_with_the_rules_it_does_not_meet, test::ActivationFixture) {
    reach_password();
    const auto page = choose("motdepasse-\"92", "motdepasse-\"93");
    BOOST_TEST(page.has("name=\"mot_de_passe\" value=\"motdepasse-&quot;92\""));
    BOOST_TEST(page.has("name=\"confirmation\" value=\"motdepasse-&quot;93\""));
    BOOST_TEST(page.header("Cache-Control") == "no-store");
    BOOST_TEST(portal.get("/portail/mot-de-passe.htm").has("name=\"mot_de_passe\" value=\"\""));
}

BOOST_FIXTURE_TEST_CASE(the_journey_ends_after_half_an_hour, test::ActivationFixture) {
    reach_password();
    portal.clock.set(portal.clock.now() + std::chrono::minutes{30});
    BOOST_TEST(choose(k_password, k_password).status == 410);
    BOOST_TEST(count("account") == 0);
}

BOOST_FIXTURE_TEST_CASE(between_two_pages_only_the_hash_is_kept, Edition2022) {
    reach_password();
    BOOST_TEST(choose(k_strong, k_strong).header("Location") == "/portail/question-defi.htm");
    const std::string data = admin().select_one("SELECT data FROM session WHERE data LIKE '%journey%'")->text(0);
    BOOST_TEST(data.find("$argon2id$") != std::string::npos);
    BOOST_TEST(data.find(k_strong) == std::string::npos);
    BOOST_TEST(count("account") == 0);
}

BOOST_FIXTURE_TEST_CASE(an_edition_without_defi_makes_the_account_and_signs_in, Edition2018) {
    reach_password();
    BOOST_TEST(portal.get("/portail/mot-de-passe.htm").has("entre 8 et 24 caractères, au moins une minuscule"));
    const std::string before = portal.cookie;
    BOOST_TEST(choose(k_password, k_password).header("Location") == "/espace");
    BOOST_TEST(portal.cookie != before);
    BOOST_TEST(signed_in_as() == 7);
    const auto row = admin().select_one("SELECT password_hash, defi_question FROM account WHERE voter_id = 7");
    BOOST_REQUIRE(row.has_value());
    BOOST_TEST(row->text(0).starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    BOOST_TEST(row->is_null(1));
    BOOST_TEST(mail().find("a été créé le samedi 5 décembre 2026") != std::string::npos);
    BOOST_TEST(admin().select_one("SELECT data FROM session WHERE voter_id = 7")->text(0).find("\"activated\"") !=
               std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(an_account_made_meanwhile_is_not_overwritten, Edition2018) {
    reach_password();
    admin().execute(
        "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) VALUES (7, 'first', '2026-12-05 10:00:00', "
        "'2026-12-05 10:00:00')");
    BOOST_TEST(choose(k_password, k_password).status == 410);
    BOOST_TEST(admin().select_one("SELECT password_hash FROM account")->text(0) == "first");
    BOOST_TEST(signed_in_as() == 0);
}

BOOST_FIXTURE_TEST_CASE(an_elector_struck_off_meanwhile_gets_no_account, Edition2018) {
    reach_password();
    admin().execute("UPDATE voter SET struck_off_at = '2026-12-05 10:59:00'");
    const auto page = choose(k_password, k_password);
    BOOST_TEST(page.status == 410);
    BOOST_TEST(page.has("ne figurez plus"));
    BOOST_TEST(count("account") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_new_password_ends_the_delay_and_the_other_connections, Edition2018) {
    portal.sign_in(7);
    portal.cookie.clear();
    reach_reset();
    BOOST_TEST(choose(k_password, k_password).header("Location") == "/espace");
    const auto row = admin().select_one("SELECT password_hash, failed_count, retry_at FROM account");
    BOOST_TEST(row->text(0).starts_with("$argon2id$"));
    BOOST_TEST(row->number(1) == 0);
    BOOST_TEST(row->is_null(2));
    BOOST_TEST(count("session WHERE voter_id = 7") == 1);
    BOOST_TEST(signed_in_as() == 7);
    BOOST_TEST(mail().find("a été modifié") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mot_de_passe_tests
