// SPDX-License-Identifier: AGPL-3.0-or-later
// A code on screen and who means harm: who knows the NUMEN, who guesses, who floods an address; limits, ends and other ways.
#include "domain/local_time.hpp"
#include "screen_fixture.hpp"

namespace screen_abuse_tests {

using test::ScreenFixture;

BOOST_FIXTURE_TEST_SUITE(screen_abuse_tests, ScreenFixture)

BOOST_AUTO_TEST_CASE(wrong_proofs_get_one_neutral_sentence_and_are_counted) {
    const auto answer = portal.post("/reassort/temporaire", proofs("0612345678", "rue des lilas"));
    const auto numen = portal.post("/reassort/temporaire", proofs("0612345678", "rue elisee reclus", "13E7654321ABD"));
    const auto birth = portal.post("/reassort/temporaire", proofs("0612345678", "rue elisee reclus", test::k_numen, "27/02/1971"));
    for (const auto& page : {answer, numen, birth}) {
        BOOST_TEST(page.status == 400);
        BOOST_TEST(page.has("Le NUMEN, la date de naissance ou la réponse secrète ne correspondent pas à votre dossier"));
    }
    BOOST_TEST(count("outbox") == 0);
    for (int i = 0; i < 2; ++i) portal.post("/reassort/temporaire", proofs("0612345678", "rue des lilas"));
    BOOST_TEST(ask().status == 429);
    BOOST_TEST(count("outbox") == 0);
    BOOST_TEST(opens(first_code));
}

// A colleague who knows NUMEN and birth date, and even sits at the open session.
BOOST_AUTO_TEST_CASE(without_the_answer_no_way_leads_to_a_code) {
    BOOST_TEST(portal.post("/reassort", typed()).header("Location") == "/reassort");
    BOOST_TEST(portal.post("/reassort/verification", with(typed(), "etape", "verifier")).header("Location") == "/reassort");
    BOOST_TEST(type("1234 5678").header("Location") == "/reassort");
    BOOST_TEST(portal.post("/reassort/renvoi", {}).header("Location") == "/reassort");
    BOOST_TEST(portal.post("/reassort/temporaire", proofs("0612345678", "")).status == 400);
    BOOST_TEST(count("outbox") == 0);
    BOOST_TEST(opens(first_code));
    db.execute("UPDATE account SET defi_question = NULL, defi_answer_hash = NULL");
    BOOST_TEST(ask().status == 403);
    BOOST_TEST(portal.get("/reassort").has("la réponse secrète à votre question défi"));
}

BOOST_AUTO_TEST_CASE(five_wrong_codes_end_a_temporary_code_and_guessing_is_bounded) {
    ask();
    const std::string right = temporary();
    for (int i = 1; i <= 4; ++i) {
        const auto page = type(wrong_for(right));
        BOOST_TEST(page.status == 400);
        BOOST_TEST(page.has("Ce n’est pas le code temporaire envoyé"));
    }
    BOOST_TEST(type(wrong_for(right)).has("Cinq codes faux"));
    const auto late = type(right);
    BOOST_TEST(late.status == 400);
    BOOST_TEST(late.has("Cinq codes faux"));
    BOOST_TEST(opens(first_code));
    // Another is sent after the minute; the sixth is the day's last: thirty guesses among a hundred million.
    int sent = 1;
    for (int i = 0; i < 8; ++i) {
        later(std::chrono::seconds{61});
        const auto again = portal.post("/reassort/renvoi", {});
        if (again.status == 303) ++sent;
        else BOOST_TEST(again.status == 429);
    }
    BOOST_TEST(sent == 6);
    BOOST_TEST(ask().has("6 codes temporaires vous ont été envoyés"));
    BOOST_TEST(opens(shown(type(temporary()))));
}

BOOST_AUTO_TEST_CASE(what_is_not_eight_digits_costs_no_try) {
    ask();
    for (int i = 0; i < 7; ++i) BOOST_TEST(type("1234").has("Saisissez les huit chiffres"));
    BOOST_TEST(opens(shown(type(temporary()))));
}

BOOST_AUTO_TEST_CASE(an_expired_code_is_not_a_wrong_one) {
    ask();
    const std::string right = temporary();
    later(std::chrono::minutes{15} - std::chrono::seconds{1});
    BOOST_TEST(!portal.get("/reassort/code").has("n’est plus valable"));
    later(std::chrono::seconds{1});
    BOOST_TEST(portal.get("/reassort/code").has("n’est plus valable"));
    for (int i = 0; i < 6; ++i) {
        const auto page = type(right);
        BOOST_TEST(page.status == 400);
        BOOST_TEST(page.has("Ce code est juste, mais il a plus de 15 minutes"));
    }
    BOOST_TEST(opens(first_code));
    BOOST_TEST(portal.post("/reassort/renvoi", {}).header("Location") == "/reassort/code");
    BOOST_TEST(opens(shown(type(temporary()))));
}

BOOST_AUTO_TEST_CASE(another_is_sent_after_a_minute_to_the_same_place_and_those_before_stay_good) {
    ask();
    const std::string first = temporary();
    BOOST_TEST(portal.get("/reassort/code").has("data-countdown=\"60\""));
    BOOST_TEST(portal.post("/reassort/renvoi", {}).header("Location") == "/reassort/code");
    BOOST_TEST(count("outbox WHERE channel = 'sms'") == 1);
    later(std::chrono::seconds{60});
    BOOST_TEST(!portal.get("/reassort/code").has("data-countdown"));
    portal.post("/reassort/renvoi", {{"form_key", form_key}});
    portal.post("/reassort/renvoi", {{"form_key", form_key}});
    BOOST_TEST(count("outbox WHERE channel = 'sms' AND recipient = '+33612345678'") == 2);
    BOOST_TEST(temporary() != first);
    BOOST_TEST(opens(shown(type(first))));
}

BOOST_AUTO_TEST_CASE(the_same_demand_twice_is_one_message) {
    const auto fields = with(proofs(), "form_key", form_key.c_str());
    BOOST_TEST(portal.post("/reassort/temporaire", fields).header("Location") == "/reassort/code");
    BOOST_TEST(portal.post("/reassort/temporaire", fields).header("Location") == "/reassort/code");
    BOOST_TEST(count("outbox") == 2);
    BOOST_TEST(count("reassort_temporary") == 1);
}

BOOST_AUTO_TEST_CASE(who_stops_the_requests_stops_what_is_under_way) {
    ask();
    const std::string right = temporary();
    BOOST_TEST(portal.post("/reassort/gel", {}).status == 303);
    const auto page = type(right);
    BOOST_TEST(page.status == 403);
    BOOST_TEST(page.has("Les demandes sont arrêtées"));
    BOOST_TEST(portal.get("/reassort/code").status == 403);
    BOOST_TEST(portal.post("/reassort/renvoi", {}).status == 403);
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(three_codes_are_given_and_the_last_page_can_be_seen_again) {
    std::string last;
    for (int i = 0; i < 3; ++i) {
        ask();
        const auto right = temporary();
        last = shown(type(right, std::string(32, static_cast<char>('a' + i))));
        BOOST_TEST_REQUIRE(opens(last));
        BOOST_TEST(shown(type(right, std::string(32, static_cast<char>('a' + i)))) == last);
    }
    BOOST_TEST(ask().status == 403);
    BOOST_TEST(portal.get("/reassort").has("Vous avez déjà fait 3 demandes"));
    BOOST_TEST(portal.get("/reassort/envoi").has("C’était votre dernière demande"));
    BOOST_TEST(opens(last));
}

BOOST_AUTO_TEST_CASE(at_the_close_a_temporary_code_opens_nothing_more) {
    portal.clock.set(*domain::from_paris("2026-12-10 16:55"));
    portal.sign_in(1);
    ask();
    const auto right = temporary();
    portal.clock.set(*domain::from_paris("2026-12-10 17:00"));
    const auto page = type(right);
    BOOST_TEST(page.status == 403);
    BOOST_TEST(page.has("Le vote est clos"));
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(a_form_without_a_key_of_its_own_is_refused) {
    ask();
    BOOST_TEST(type(temporary(), "ab").status == 400);
    BOOST_TEST(opens(first_code));
}

BOOST_AUTO_TEST_CASE(one_address_cannot_be_flooded) {
    int sent = 0, refused = 0;
    for (unsigned voter = 11; voter <= 18; ++voter) {
        add_elector(voter);
        db.execute(
            "INSERT INTO account (voter_id, password_hash, defi_question, defi_answer_hash, activated_at, password_changed_at) "
            "SELECT ?, '', defi_question, defi_answer_hash, activated_at, password_changed_at FROM account WHERE voter_id = 1",
            {voter});
        portal.sign_in(voter);
        const auto status = ask("victime@exemple.fr").status;
        sent += status == 303 ? 1 : 0;
        refused += status == 429 ? 1 : 0;
    }
    BOOST_TEST(sent == 6);
    BOOST_TEST(refused == 2);
}

BOOST_AUTO_TEST_CASE(the_way_is_the_editions_unless_the_election_says_otherwise) {
    db.execute("UPDATE election SET shows_new_code = FALSE");
    BOOST_TEST(portal.get("/reassort").has("name=\"telephone\""));
    BOOST_TEST(ask().header("Location") == "/reassort");
    BOOST_TEST(portal.get("/reassort/code").header("Location") == "/reassort");
    BOOST_TEST(count("outbox") == 0);
    test::ReassortFixture of_2026;
    of_2026.db.execute("UPDATE election SET shows_new_code = TRUE");
    BOOST_TEST(of_2026.portal.get("/reassort").has("name=\"telephone\""));  // no question is asked there
    of_2026.add_defi(1, "Dans quelle rue ?", "Rue Élisée Reclus");
    BOOST_TEST(of_2026.portal.get("/reassort").has("name=\"destination\""));
}

BOOST_AUTO_TEST_CASE(the_freeze_page_says_that_a_code_was_shown) {
    ask();
    type(temporary());
    BOOST_TEST(portal.get("/reassort/gel")
                   .has("affiché, à qui était connecté à votre espace, le samedi 5 décembre 2026 à 12\u00a0h\u00a000"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace screen_abuse_tests
