// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mon espace électeur » in its three editions, at each moment of the calendar; the profile beside it.
#include "account/account_fixture.hpp"
#include "domain/local_time.hpp"

namespace espace_tests {

namespace {

template <int Year>
struct Edition : test::AccountFixture {
    Edition() : AccountFixture(std::to_string(Year)) {}
    test::Page at(const char* paris) {
        portal.clock.set(*domain::from_paris(paris));
        portal.sign_in(7);
        return portal.get("/espace");
    }
};

const char* const k_moments[] = {"2026-10-13 12:00", "2026-11-10 12:00", "2026-12-05 12:00", "2026-12-10 18:00",
                                 "2026-12-12 12:00"};

}  // namespace

BOOST_AUTO_TEST_SUITE(espace_tests)

BOOST_FIXTURE_TEST_CASE(a_block_not_yet_open_is_inert_with_its_date, Edition<2026>) {
    const auto page = at("2026-10-13 12:00");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(!page.has("href=\"/vote\""));
    BOOST_TEST(!page.has("href=\"/reassort\""));
    BOOST_TEST(!page.has("href=\"/resultats\""));
    BOOST_TEST(page.has("href=\"/reclamations\""));
    BOOST_TEST(
        page.has("jeudi 3 décembre 2026 à 10\u00a0h\u00a000 au jeudi 10 décembre 2026 à 17\u00a0h\u00a000 (heure de Paris)"));
}

BOOST_FIXTURE_TEST_CASE(who_lives_far_from_paris_reads_his_own_hour_beside_it, Edition<2026>) {
    BOOST_TEST(!at("2026-10-13 12:00").has(", soit "));
    admin().execute(
        "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, "
        "assistance_hours) VALUES ('noumea', 'Nouvelle-Calédonie', 2, 'https://webmail.example', '', '26 61 00', "
        "'assistance@ac-noumea.example', '7 h à 16 h')");
    admin().execute("UPDATE voter SET academie_code = 'noumea' WHERE id = 7");
    const auto page = at("2026-10-13 12:00");
    BOOST_TEST(page.has(
        "Vous voterez du jeudi 3 décembre 2026 à 10\u00a0h\u00a000 au jeudi 10 décembre 2026 à 17\u00a0h\u00a000 (heure de "
        "Paris), soit du jeudi 3 décembre à 20\u00a0h\u00a000 au vendredi 11 décembre à 3\u00a0h\u00a000, heure de Nouméa."));
}

BOOST_FIXTURE_TEST_CASE(a_block_that_is_over_says_what_to_do_instead, Edition<2026>) {
    const auto page = at("2026-12-05 12:00");
    BOOST_TEST(page.has("Je vote"));
    BOOST_TEST(page.has("href=\"/reassort\""));
    BOOST_TEST(page.has("Contactez directement votre assistance académique"));
    BOOST_TEST(page.has("05 00 00 00 00"));
    BOOST_TEST(at("2026-12-10 17:29:59").has("terminer votre vote</a> jusqu’à 17\u00a0h\u00a030"));
    BOOST_TEST(!at("2026-12-10 17:30").has("terminer votre vote"));
    BOOST_TEST(at("2026-12-12 12:00").has("href=\"/resultats\""));
}

template <int Year>
struct ThreeCodes : Edition<Year> {
    ThreeCodes() {
        const auto offers = [this] { return this->at("2026-12-05 12:00").has("href=\"/reassort\""); };
        for (int i = 0; i < 3; ++i) {
            BOOST_TEST(offers());
            this->admin().execute(
                "INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) "
                "VALUES (7, '2026-12-04 10:00:00', 'sent', ?, ?)",
                {i + 2, std::string(64, static_cast<char>('a' + i))});
        }
        BOOST_TEST(!offers());
        BOOST_TEST(this->at("2026-12-05 12:00").has("href=\"/reassort/envoi\""));
        // After the vote nothing is asked of the table.
        BOOST_TEST(!this->at("2026-12-12 12:00").has("href=\"/reassort/envoi\""));
    }
};
BOOST_FIXTURE_TEST_CASE(after_three_codes_the_tile_is_inert_in_2018, ThreeCodes<2018>) {}
BOOST_FIXTURE_TEST_CASE(after_three_codes_the_line_is_inert_in_2022, ThreeCodes<2022>) {}
BOOST_FIXTURE_TEST_CASE(after_three_codes_the_tile_is_inert_in_2026, ThreeCodes<2026>) {}

BOOST_FIXTURE_TEST_CASE(the_space_of_2018_speaks_as_it_did, Edition<2018>) {
    for (const char* moment : k_moments) BOOST_TEST(at(moment).status == 200);
    const auto page = at("2026-10-13 12:00");
    BOOST_TEST(page.has("Cet espace personnalisé vous informe sur les scrutins auxquels vous pouvez participer"));
    BOOST_TEST(page.has("Demander un nouvel identifiant électeur"));
    BOOST_TEST(page.has("Dès le 12 octobre 2026&nbsp;: affichage de vos données personnelles électeur"));
}

BOOST_FIXTURE_TEST_CASE(the_space_of_2022_speaks_as_it_did, Edition<2022>) {
    for (const char* moment : k_moments) BOOST_TEST(at(moment).status == 200);
    const auto page = at("2026-12-05 12:00");
    BOOST_TEST(page.has("Votre espace électeur est ouvert&nbsp;!"));
    BOOST_TEST(page.has("Mes informations pratiques"));
    BOOST_TEST(page.has("AIDE/FAQ"));
}

BOOST_FIXTURE_TEST_CASE(the_word_of_success_fades_by_itself, Edition<2026>) {
    at("2026-12-05 12:00");
    const auto until = (portal.clock.now() + std::chrono::minutes{2}).time_since_epoch().count();
    admin().execute("UPDATE session SET data = ?",
                    {util::Json{{"flash", {{"word", "activated_with_defi"}, {"until", until}}}}.dump()});
    BOOST_TEST(portal.get("/espace").has("Votre compte a bien été activé."));
    wait(std::chrono::minutes{2});
    BOOST_TEST(!portal.get("/espace").has("Votre compte a bien été activé."));
}

// F10: the dialogue of 2018, whose button closes it without a script.
BOOST_FIXTURE_TEST_CASE(a_password_that_is_kept_is_confirmed_by_a_dialogue, Edition<2018>) {
    at("2026-12-05 12:00");
    const auto until = (portal.clock.now() + std::chrono::minutes{2}).time_since_epoch().count();
    admin().execute("UPDATE session SET data = ?", {util::Json{{"flash", {{"word", "activated"}, {"until", until}}}}.dump()});
    const auto page = portal.get("/espace");
    BOOST_TEST(page.has("<dialog class=\"p-dialog\" open"));
    BOOST_TEST(page.has("<form method=\"dialog\">"));
    BOOST_TEST(page.has("Confirmation mot de passe"));
    BOOST_TEST(page.has("Votre mot de passe est confirmé. Conservez-le précieusement."));
    BOOST_TEST(page.has("OK, j’ai compris"));
}

BOOST_FIXTURE_TEST_CASE(the_profile_shows_what_is_held_and_where_the_notice_goes, Edition<2026>) {
    portal.sign_in(7);
    const auto page = portal.get("/profil");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Professeure des écoles"));
    BOOST_TEST(page.has("École des Tilleuls"));
    BOOST_TEST(page.has("Changer mon mot de passe"));
    portal.sign_in(8);
    BOOST_TEST(portal.get("/profil").has("Votre compte n’est pas activé"));
}

BOOST_FIXTURE_TEST_CASE(the_profile_says_that_a_mail_came_back_and_only_to_its_owner, Edition<2026>) {
    portal.database.admin().run(
        "INSERT INTO mail_return (recipient, kind, at) SELECT email, 'full', '2026-11-12 09:00:00' FROM voter WHERE id = 7");
    portal.sign_in(7);
    BOOST_TEST(portal.get("/profil").has(
        "jeudi 12 novembre 2026 à 10\u00a0h\u00a000 (heure de Paris)&nbsp;: votre messagerie est pleine"));
    portal.sign_in(8);
    BOOST_TEST(!portal.get("/profil").has("ne vous est pas parvenu"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace espace_tests
