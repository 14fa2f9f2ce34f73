// SPDX-License-Identifier: AGPL-3.0-or-later
// The réassort of 2022: proofs, a temporary code by SMS or personal mail, the new code on screen, once. Who knows the NUMEN, who reads a mailbox,
// who guesses, who clicks twice, whose answer is lost.
#include <thread>

#include "courrier/sms_text.hpp"
#include "domain/local_time.hpp"
#include "reassort/temporary.hpp"
#include "util/text.hpp"
#include "screen_fixture.hpp"

namespace screen_tests {

using test::ScreenFixture;

BOOST_FIXTURE_TEST_SUITE(screen_tests, ScreenFixture)

BOOST_AUTO_TEST_CASE(proofs_bring_a_temporary_code_and_it_brings_the_new_code_on_screen) {
    const auto form = portal.get("/reassort");
    BOOST_TEST(form.status == 200);
    BOOST_TEST(form.has("Dans quelle rue ?"));
    BOOST_TEST(form.has("action=\"/reassort/temporaire\""));
    BOOST_TEST(!form.has("name=\"telephone\""));
    BOOST_TEST(form.has("href=\"/vote\""));

    const auto asked = ask();
    BOOST_TEST(asked.header("Location") == "/reassort/code");
    BOOST_TEST(opens(first_code));
    const auto page = portal.get("/reassort/code");
    BOOST_TEST(page.has("au numéro se terminant par 5678"));
    BOOST_TEST(page.has("jusqu’à 12\u00a0h\u00a015"));
    BOOST_TEST(page.has("autocomplete=\"one-time-code\""));
    BOOST_TEST(!page.has(temporary()));

    const auto done = type(temporary());
    BOOST_TEST(done.status == 200);
    BOOST_TEST(done.header("Cache-Control").find("no-store") != std::string::npos);
    BOOST_TEST(opens(shown(done)));
    BOOST_TEST(!opens(first_code));
    BOOST_TEST(done.has("data-copy=\"nouveau-code\" hidden"));
    BOOST_TEST(done.has("href=\"/vote\""));
}

BOOST_AUTO_TEST_CASE(the_new_code_is_nowhere_in_the_database_and_in_no_message) {
    ask();
    const std::string code = shown(type(temporary()));
    BOOST_TEST_REQUIRE(opens(code));
    const std::string symbols = *domain::normalise_voting_code(code);
    BOOST_TEST(count("outbox WHERE body LIKE '%" + code + "%' OR body LIKE '%" + symbols + "%'") == 0);
    for (const auto& row :
         db.select("SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'portail' AND "
                   "table_name IN ('envelope', 'reassort_request', 'reassort_temporary', 'session', 'throttle')")) {
        BOOST_TEST(count(row.text(0) + " WHERE CAST(" + row.text(1) + " AS CHAR) LIKE '%" + code + "%' OR CAST(" + row.text(1) +
                         " AS CHAR) LIKE '%" + symbols + "%'") == 0);
    }
}

BOOST_AUTO_TEST_CASE(the_owner_is_told_at_the_demand_and_at_the_issue_and_by_neither_mail_the_codes) {
    ask();
    const std::string code = shown(type(temporary()));
    std::string all;
    for (const auto& row : db.select("SELECT subject, body FROM outbox WHERE recipient = 'zoe.1@ac-poitiers.example' ORDER BY id"))
        all += row.text(0) + "\n" + row.text(1);
    BOOST_TEST(count("outbox WHERE recipient = 'zoe.1@ac-poitiers.example'") == 2);
    BOOST_TEST(all.find("est demandé") != std::string::npos);
    BOOST_TEST(all.find("a été affiché") != std::string::npos);
    BOOST_TEST(all.find("http://localhost:8080/reassort/gel") != std::string::npos);
    BOOST_TEST(all.find(temporary()) == std::string::npos);
    BOOST_TEST(all.find(code) == std::string::npos);
    BOOST_TEST(all.find("12345678") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_sms_begins_with_the_code_and_binds_it_to_the_portal_in_one_message) {
    ask();
    const auto sms = db.select_one("SELECT body, recipient FROM outbox WHERE channel = 'sms'");
    const std::string body = sms->text(0), code = temporary();
    std::string plain = code;
    plain.erase(4, 1);
    BOOST_TEST(body.starts_with(code + " : "));
    BOOST_TEST(body.ends_with("\n@localhost #" + plain + "\n"));
    BOOST_TEST(courrier::gsm_messages(util::trim(body)).value_or(0) == 1u, body);
    BOOST_TEST(sms->text(1) == "+33612345678");
}

BOOST_AUTO_TEST_CASE(a_personal_address_gets_it_and_the_professional_one_does_not) {
    const auto own = ask("Zoe.1@ac-poitiers.example");
    BOOST_TEST(own.status == 400);
    BOOST_TEST(own.has("C’est votre adresse professionnelle"));
    BOOST_TEST(count("outbox") == 0);
    BOOST_TEST(ask("zoe.martin@exemple.fr").header("Location") == "/reassort/code");
    BOOST_TEST(count("outbox WHERE recipient = 'zoe.martin@exemple.fr' AND personal") == 1);
    BOOST_TEST(count("outbox WHERE subject REGEXP '[0-9]{4}'") ==
               0);  // a subject stays in the outbox once the mail has left, and in inboxes
    const auto page = portal.get("/reassort/code");
    BOOST_TEST(page.has("à l’adresse z…@exemple.fr"));
    BOOST_TEST(!page.has("zoe.martin@exemple.fr"));
    BOOST_TEST(opens(shown(type(temporary()))));
}

// Twice by a double click, or because the answer was lost: the same page, one code. After two minutes: what happened, and no code.
BOOST_AUTO_TEST_CASE(the_same_form_shows_the_same_code_for_two_minutes_and_gives_no_second_one) {
    ask();
    const std::string temporary_code = temporary();
    const auto first = type(temporary_code, form_key);
    const std::string code = shown(first);
    BOOST_TEST_REQUIRE(opens(code));
    later(std::chrono::seconds{119});
    const auto second = type(temporary_code, form_key);
    BOOST_TEST(second.status == 200);
    BOOST_TEST(shown(second) == code);
    later(std::chrono::seconds{1});
    const auto third = type(temporary_code, form_key);
    BOOST_TEST(third.header("Location") == "/reassort/envoi");
    const auto told = portal.get("/reassort/envoi");
    BOOST_TEST(told.has("a été affiché"));
    BOOST_TEST(told.has("il vous en reste 2"));
    BOOST_TEST(shown(told).empty());
    BOOST_TEST(!told.has(code));
    BOOST_TEST(envelope().generation == 2u);
    BOOST_TEST(count("reassort_request WHERE outcome = 'shown'") == 1);
    BOOST_TEST(count("outbox WHERE subject LIKE '%a été affiché%'") == 1);
}

// The Back button after the code: the page of the temporary code says what happened, from another form the code is not given again.
BOOST_AUTO_TEST_CASE(a_temporary_code_serves_once) {
    ask();
    const std::string temporary_code = temporary();
    BOOST_TEST_REQUIRE(opens(shown(type(temporary_code))));
    BOOST_TEST(portal.get("/reassort/code").header("Location") == "/reassort/envoi");
    BOOST_TEST(type(temporary_code).header("Location") == "/reassort/envoi");
    BOOST_TEST(portal.post("/reassort/renvoi", {}).header("Location") == "/reassort");
    BOOST_TEST(envelope().generation == 2u);
    BOOST_TEST(count("reassort_temporary WHERE destination <> ''") == 0);
}

BOOST_AUTO_TEST_CASE(the_same_form_with_another_temporary_code_shows_nothing) {
    ask();
    const std::string temporary_code = temporary();
    BOOST_TEST_REQUIRE(opens(shown(type(temporary_code, form_key))));
    BOOST_TEST(type(wrong_for(temporary_code), form_key).header("Location") == "/reassort/envoi");
}

BOOST_AUTO_TEST_CASE(another_elector_gains_nothing_by_anothers_codes_and_forms) {
    ask();
    const std::string temporary_code = temporary();
    add_elector(2);
    db.execute(
        "INSERT INTO account (voter_id, password_hash, defi_question, defi_answer_hash, activated_at, password_changed_at) "
        "SELECT 2, '', defi_question, defi_answer_hash, activated_at, password_changed_at FROM account WHERE voter_id = 1");
    portal.sign_in(2);
    BOOST_TEST(portal.get("/reassort/code").header("Location") == "/reassort");
    BOOST_TEST(type(temporary_code, form_key).header("Location") == "/reassort");
    portal.sign_in(1);
    const std::string code = shown(type(temporary_code, form_key));
    BOOST_TEST_REQUIRE(opens(code));
    portal.sign_in(2);
    const auto page = type(temporary_code, form_key);
    BOOST_TEST(page.header("Location") == "/reassort");
    BOOST_TEST(!page.has(code));
    BOOST_TEST(opens(first_code, 2));
}

BOOST_AUTO_TEST_CASE(two_clicks_at_once_are_one_code) {
    ask();
    const std::string temporary_code = temporary();
    std::vector<std::string> codes(2);
    {
        // Each on a connection of its own, as two threads of the worker.
        reassort::Keys keys{portal.settings.secret("numen_pepper"), portal.settings.secret("password_pepper"),
                            portal.settings.secret("escrow_secret_key"),
                            std::string(portal.settings.secret("escrow_public_key").view())};
        std::vector<std::thread> clicks;
        for (auto& code : codes)
            clicks.emplace_back([&] {
                db::Connection own(portal.database.settings("reassort"));
                const auto typed = reassort::normalise_temporary_code(temporary_code);
                code = reassort::show_code(own, keys, {1}, *typed, form_key, portal.clock.now(), [](unsigned) {}).code.view();
            });
        for (auto& click : clicks) click.join();
    }
    BOOST_TEST(codes[0] == codes[1]);
    BOOST_TEST(opens(codes[0]));
    BOOST_TEST(envelope().generation == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace screen_tests
