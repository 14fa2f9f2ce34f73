// SPDX-License-Identifier: AGPL-3.0-or-later
// The pages of a request, from the form to the SMS.
#include "courrier/sms_text.hpp"
#include "domain/local_time.hpp"
#include "util/text.hpp"
#include "reassort_fixture.hpp"

namespace demande_tests {

namespace {
struct AskFixture : test::ReassortFixture {
    void at(const char* paris) {
        portal.clock.set(*domain::from_paris(paris));
        portal.sign_in(1);
    }
    test::Page ask() { return portal.post("/reassort", typed()); }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(demande_tests, AskFixture)

BOOST_AUTO_TEST_CASE(the_form_says_how_many_remain_and_where_the_mail_goes) {
    const auto page = portal.get("/reassort");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Demande d’un nouveau code de vote"));
    BOOST_TEST(
        page.has("La demande d’envoi d’un nouveau code de vote ne peut être faite que 3&nbsp;fois. Elle est possible jusqu’au"));
    ask();
    BOOST_TEST(portal.get("/reassort").has("3&nbsp;fois. Il vous en reste 2. Elle"));
    ask();
    BOOST_TEST(portal.get("/reassort").has("3&nbsp;fois. C’est votre dernière demande. Elle"));
    BOOST_TEST(page.has("Vous recevrez un e-mail de confirmation à l’adresse suivante&nbsp;: zoe.1@ac-poitiers.example"));
}

BOOST_AUTO_TEST_CASE(the_check_page_sends_nothing) {
    const auto page = portal.post("/reassort/verification", with(typed(), "etape", "verifier"));
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("+33612345678"));
    BOOST_TEST(page.has("Rien n’est encore envoyé"));
    BOOST_TEST(count("outbox") == 0);
    BOOST_TEST(count("reassort_request") == 0);
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(modify_keeps_what_was_typed) {
    const auto page = portal.post("/reassort/verification", with(typed(), "etape", "modifier"));
    BOOST_TEST(page.has("value=\"06 12 34 56 78\""));
    BOOST_TEST(!page.has("<title>Erreur"));
}

BOOST_AUTO_TEST_CASE(a_malformed_field_is_told_at_the_form) {
    const auto page = portal.post("/reassort/verification", with(typed("05 49 00 00 00"), "etape", "verifier"));
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("téléphone fixe"));
    BOOST_TEST(page.has("<title>Erreur"));
}

BOOST_AUTO_TEST_CASE(a_request_sends_the_code_by_sms_and_a_warning_by_mail) {
    const auto done = ask();
    BOOST_TEST(done.status == 303);
    BOOST_TEST(done.header("Location") == "/reassort/envoi");
    BOOST_TEST(opens(code_in_sms()));
    BOOST_TEST(!opens(first_code));
    const auto sms = db.select_one("SELECT recipient, CHAR_LENGTH(body) FROM outbox WHERE channel = 'sms'");
    BOOST_TEST(sms->text(0) == "+33612345678");
    BOOST_TEST(sms->number(1) <= 160);
    const auto mail = db.select_one("SELECT recipient, subject, body FROM outbox WHERE channel = 'email'");
    BOOST_TEST(mail->text(0) == "zoe.1@ac-poitiers.example");
    BOOST_TEST(mail->text(2).find("http://localhost:8080/reassort/gel") != std::string::npos);
    BOOST_TEST(mail->text(2).find("5678") != std::string::npos);
    BOOST_TEST(mail->text(2).find(code_in_sms()) == std::string::npos);
    BOOST_TEST(mail->text(2).find("06123456") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_result_page_says_where_and_never_shows_the_code) {
    ask();
    const auto page = portal.get("/reassort/envoi");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("numéro se terminant par 5678"));
    BOOST_TEST(page.has("L’ancien code de vote ne fonctionne plus"));
    BOOST_TEST(page.has("il vous en reste 2"));
    BOOST_TEST(!page.has(code_in_sms()));
}

BOOST_AUTO_TEST_CASE(the_sms_begins_with_the_code_and_ends_with_the_line_that_binds_it_to_the_portal) {
    for (const char* edition : {"2018", "2022", "2026"}) {
        const auto renderer = web::Renderer(portal.settings.templates, edition, true);
        const std::string longest = "nouvel identifiant électeur", code = "ABCD-EFGH-JKMN-PQRS";
        const std::string host = "vote.elections-professionnelles.gouv.fr";
        const auto text =
            renderer.text("sms/reassort",
                          {{"voting_code", code}, {"new_code", longest}, {"host", host}, {"site", util::Json::object()}});
        BOOST_TEST(text.starts_with(code + " : "));
        BOOST_TEST(text.ends_with("\n\n@" + host + " #" + code + "\n"));
        BOOST_TEST(courrier::gsm_messages(util::trim(text)).value_or(0) == 2u, text);
        const auto usual = renderer.text("sms/reassort", {{"voting_code", code},
                                                          {"new_code", "nouveau code de vote"},
                                                          {"host", "elections.example"},
                                                          {"site", util::Json::object()}});
        BOOST_TEST(courrier::gsm_messages(util::trim(usual)).value_or(0) == 1u, usual);
    }
    ask();
    const std::string body = db.select_one("SELECT body FROM outbox WHERE channel = 'sms'")->text(0);
    BOOST_TEST(body.ends_with("\n@localhost #" + code_in_sms() + "\n"));
}

BOOST_AUTO_TEST_CASE(the_page_says_what_became_of_the_sms) {
    ask();
    BOOST_TEST(portal.get("/reassort/envoi").has("Il attend d’être remis à l’opérateur"));
    const auto becomes = [&](const char* word) {
        db.execute("DELETE FROM sms_state");
        db.execute("INSERT INTO sms_state SELECT id, ?, '2026-12-05 11:07:00' FROM outbox WHERE channel = 'sms'", {word});
        return portal.get("/reassort/envoi");
    };
    portal.clock.set(portal.clock.now() + std::chrono::hours{6 * 24});  // what became of it may be purged: nothing is said of it
    portal.sign_in(1);
    db.execute("DELETE FROM sms_state");
    BOOST_TEST(!portal.get("/reassort/envoi").has("Il attend d’être remis"));
    portal.clock.set(portal.noon());
    portal.sign_in(1);
    BOOST_TEST(becomes("left").has("Parti à 12\u00a0h\u00a007"));
    BOOST_TEST(becomes("operator").has("Remis à l’opérateur à 12\u00a0h\u00a007"));
    BOOST_TEST(becomes("phone").has("Reçu par le téléphone à 12\u00a0h\u00a007"));
    BOOST_TEST(becomes("refused").has("n’a pas pu le remettre à ce numéro"));
    // A new demand has its own.
    portal.clock.set(portal.clock.now() + std::chrono::minutes(1));
    ask();
    BOOST_TEST(portal.get("/reassort/envoi").has("Il attend d’être remis à l’opérateur"));
    // Another elector sees nothing of it.
    add_elector(2);
    portal.sign_in(2);
    BOOST_TEST(portal.get("/reassort/envoi").header("Location") == "/reassort");
}

BOOST_AUTO_TEST_CASE(the_result_page_without_a_request_leads_to_the_form) {
    BOOST_TEST(portal.get("/reassort/envoi").header("Location") == "/reassort");
}

BOOST_AUTO_TEST_CASE(the_same_form_sent_twice_is_one_request) {
    const auto fields = with(typed(), "form_key", "00112233445566778899aabbccddeeff");
    portal.post("/reassort", fields);
    const auto code = code_in_sms();
    const auto again = portal.post("/reassort", fields);
    BOOST_TEST(again.header("Location") == "/reassort/envoi");
    BOOST_TEST(count("outbox") == 2);
    BOOST_TEST(opens(code));
}

BOOST_AUTO_TEST_CASE(wrong_data_get_one_neutral_sentence) {
    const auto numen = portal.post("/reassort", typed("0612345678", "13E7654321ABD"));
    const auto birth = portal.post("/reassort", typed("0612345678", test::k_numen, "27/02/1971"));
    for (const auto& page : {numen, birth}) {
        BOOST_TEST(page.status == 400);
        BOOST_TEST(page.has("Le NUMEN et la date de naissance ne correspondent pas à ceux de votre dossier"));
        BOOST_TEST(page.has("Demande d’un nouveau code de vote"));
    }
    BOOST_TEST(count("outbox") == 0);
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(an_elector_with_a_question_must_answer_it) {
    add_defi(1, "Dans quelle rue ?", "Rue Élisée Reclus");
    const auto form = portal.get("/reassort");
    BOOST_TEST(form.has("Dans quelle rue ?"));
    BOOST_TEST(form.has("name=\"reponse\""));

    const auto without = portal.post("/reassort/verification", with(typed(), "etape", "verifier"));
    BOOST_TEST(without.status == 400);
    BOOST_TEST(without.has("Saisissez la réponse secrète"));
    BOOST_TEST(ask().status == 400);

    const auto answered = with(typed(), "reponse", "  rue elisee  RECLUS");
    const auto check = portal.post("/reassort/verification", with(answered, "etape", "verifier"));
    BOOST_TEST(check.status == 200);
    BOOST_TEST(check.has("saisie, non affichée"));
    BOOST_TEST(portal.post("/reassort/verification", with(answered, "etape", "modifier")).has("value=\"  rue elisee  RECLUS\""));
    BOOST_TEST(opens(first_code));
    BOOST_TEST(portal.post("/reassort", answered).header("Location") == "/reassort/envoi");
    BOOST_TEST(!opens(first_code));
}

// F13: who entered without activation, or left before the question, is not asked less than the others.
BOOST_AUTO_TEST_CASE(where_a_question_is_asked_nobody_does_without_one) {
    db.execute("UPDATE election SET asks_defi = TRUE");
    for (const auto& page :
         {portal.get("/reassort"), portal.post("/reassort/verification", with(typed(), "etape", "verifier")), ask()}) {
        BOOST_TEST(page.status == 403);
        BOOST_TEST(page.has("la réponse secrète à votre question défi"));
        BOOST_TEST(page.has("/portail/identification.htm"));
    }
    BOOST_TEST(count("outbox") == 0);
    BOOST_TEST(opens(first_code));
    add_defi(1, "Dans quelle rue ?", "Rue Élisée Reclus");
    BOOST_TEST(portal.get("/reassort").status == 200);
}

BOOST_AUTO_TEST_CASE(a_wrong_answer_is_told_by_the_neutral_sentence_and_limited) {
    add_defi(1, "Dans quelle rue ?", "Rue Élisée Reclus");
    const auto wrong_answer = portal.post("/reassort", with(typed(), "reponse", "rue des Lilas"));
    const auto wrong_numen = portal.post("/reassort", with(typed("0612345678", "13E7654321ABD"), "reponse", "rue élisée reclus"));
    for (const auto& page : {wrong_answer, wrong_numen}) {
        BOOST_TEST(page.status == 400);
        BOOST_TEST(page.has("Le NUMEN, la date de naissance ou la réponse secrète ne correspondent pas à votre dossier"));
    }
    for (int i = 0; i < 3; ++i) portal.post("/reassort", with(typed(), "reponse", "rue des Lilas"));
    BOOST_TEST(portal.post("/reassort", with(typed(), "reponse", "rue Élisée Reclus")).status == 429);
    BOOST_TEST(opens(first_code));
    BOOST_TEST(count("outbox") == 0);
}

BOOST_AUTO_TEST_CASE(an_edition_without_question_asks_none) {
    test::Portal other("reassort", reassort::routes, "2018");
    other.add_voter(1, "zoe.1@ac-poitiers.example");
    other.database.admin().execute(
        "INSERT INTO account VALUES (1, '', 'Dans quelle rue ?', '$argon2id$', '2026-11-20 10:00:00', '2026-11-20 10:00:00', 0, NULL)");
    other.sign_in(1);
    BOOST_TEST(!other.get("/reassort").has("Dans quelle rue ?"));
}

BOOST_AUTO_TEST_CASE(after_five_wrong_tries_the_form_waits_a_day_and_says_whom_to_call) {
    for (int i = 0; i < 5; ++i) portal.post("/reassort", typed("0612345678", "13E7654321ABD"));
    const auto page = portal.get("/reassort");
    BOOST_TEST(page.status == 429);
    BOOST_TEST(page.has("24&nbsp;heures"));
    BOOST_TEST(page.has("05 00 00 00 00"));
    BOOST_TEST(ask().status == 429);
    add_elector(2);
    portal.sign_in(2);
    BOOST_TEST(portal.get("/reassort").status == 200);
}

BOOST_AUTO_TEST_CASE(after_three_requests_the_page_points_to_the_assistance) {
    for (int i = 0; i < 3; ++i) BOOST_TEST(ask().status == 303);
    BOOST_TEST(portal.get("/reassort/envoi").has("C’était votre dernière demande"));
    const auto page = portal.get("/reassort");
    BOOST_TEST(page.status == 403);
    BOOST_TEST(page.has("Vous avez déjà fait 3 demandes"));
    BOOST_TEST(page.has("05 00 00 00 00"));
    BOOST_TEST(ask().status == 403);
    BOOST_TEST(opens(code_in_sms()));
}

BOOST_AUTO_TEST_CASE(the_window_is_the_calendars) {
    at("2026-11-09 09:59:59");
    BOOST_TEST(portal.get("/reassort").has("Les demandes ouvriront le lundi 9 novembre 2026 à 10\u00a0h\u00a000"));
    BOOST_TEST(ask().status == 403);
    at("2026-11-09 10:00");
    BOOST_TEST(portal.get("/reassort").status == 200);
    at("2026-12-10 17:00");
    BOOST_TEST(portal.get("/reassort").has("Le vote est clos"));
    BOOST_TEST(ask().status == 403);
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(one_number_cannot_receive_codes_without_end) {
    int sent = 0, busy = 0;
    for (unsigned voter = 11; voter <= 14; ++voter) {
        add_elector(voter);
        portal.sign_in(voter);
        for (int i = 0; i < 2; ++i) {
            const auto status = ask().status;
            sent += status == 303 ? 1 : 0;
            busy += status == 429 ? 1 : 0;
        }
    }
    BOOST_TEST(sent == 6);
    BOOST_TEST(busy == 2);
    BOOST_TEST(opens(first_code, 14));
}

// What a bad hour may cost, whatever the numbers: the code stays, and the page says when to come back.
BOOST_AUTO_TEST_CASE(all_messages_together_have_a_budget) {
    const auto seconds = portal.clock.now().time_since_epoch().count();
    portal.database.admin().execute("INSERT INTO throttle (key_hash, window_start, count) VALUES (?, ?, 9999)",
                                    {util::sha256_hex("sms-all|"),
                                     util::to_sql(util::Instant{std::chrono::seconds{seconds - seconds % 3600}})});
    BOOST_TEST(ask().status == 303);
    BOOST_TEST(count("outbox WHERE channel = 'sms'") == 1);
    add_elector(12);
    portal.sign_in(12);
    BOOST_TEST(ask().status == 429);
    BOOST_TEST(count("outbox WHERE channel = 'sms'") == 1);
    BOOST_TEST(opens(first_code, 12));
}

BOOST_AUTO_TEST_CASE(postings_abroad_are_a_setting_and_the_hint_follows_it) {
    const auto belgian = [](test::Portal& one) {
        return one.post("/reassort/verification", with(typed("+32 470 12 34 56"), "etape", "verifier"));
    };
    const auto closed = portal.get("/reassort");
    BOOST_TEST(!closed.has("étranger"));
    BOOST_TEST(!closed.has("Belgique"));
    BOOST_TEST(belgian(portal).status == 400);

    test::Portal open("reassort", reassort::routes, "2026", "[sms]\ncountries = [\"+32 Belgique\"]\n");
    open.add_voter(1, "zoe.1@ac-poitiers.example");
    open.sign_in(1);
    const auto form = open.get("/reassort");
    BOOST_TEST(form.has("Belgique (+32)"));
    BOOST_TEST(form.has("des DROM-COM et de l’étranger, à saisir avec les indicatifs internationaux"));
    BOOST_TEST(belgian(open).has("+32470123456"));
    BOOST_CHECK_THROW(test::Portal("reassort", reassort::routes, "2026", "[sms]\ncountries = [\"Belgique\"]\n"),
                      std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_country_abroad_has_a_small_budget) {
    const auto hour = portal.clock.now().time_since_epoch().count();
    portal.settings.sms_countries = {"+32 Belgique"};
    db.execute("INSERT INTO throttle (key_hash, window_start, count) VALUES (?, ?, 300)",
               {util::sha256_hex("sms-prefix|+32"), util::to_sql(util::Instant{std::chrono::seconds{hour - hour % 3600}})});
    BOOST_TEST(portal.post("/reassort", typed("+32 470 12 34 56")).status == 429);
    BOOST_TEST(opens(first_code));
    BOOST_TEST(ask().status == 303);
}

BOOST_AUTO_TEST_CASE(an_elector_without_codes_is_told_so) {
    portal.add_voter(3, "zoe.3@ac-poitiers.example");
    portal.sign_in(3);
    const auto page = ask();
    BOOST_TEST(page.status == 503);
    BOOST_TEST(page.has("n’est pas comptée"));
}

BOOST_AUTO_TEST_CASE(the_2018_edition_speaks_of_the_identifiant_electeur) {
    test::Portal other("reassort", reassort::routes, "2018");
    other.add_voter(1, "zoe.1@ac-poitiers.example");
    other.sign_in(1);
    const auto page = other.get("/reassort");
    BOOST_TEST(page.has("Demande d’un nouvel identifiant électeur"));
    BOOST_TEST(page.has("La demande d’envoi d’un nouvel identifiant ne peut être faite que 3&nbsp;fois."));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace demande_tests
