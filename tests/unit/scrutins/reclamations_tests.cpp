// SPDX-License-Identifier: AGPL-3.0-or-later
// From the form to the answer of a réclamation.
#include "scrutins_fixture.hpp"

namespace reclamations_tests {

namespace {
struct ReclamationsFixture : test::ScrutinsFixture {
    ReclamationsFixture() { at("2026-11-10 12:00"); }
    static test::Portal::Fields typed(const char* object, const char* scrutin, const std::string& text) {
        return {{"objet", object}, {"scrutin", scrutin}, {"texte", text}};
    }
    test::Page check(const char* object, const char* scrutin, const std::string& text, const char* step = "verifier") {
        auto fields = typed(object, scrutin, text);
        fields.emplace_back("etape", step);
        return portal.post("/reclamations/nouvelle", fields);
    }
    long stored() { return db.select_one("SELECT COUNT(*) FROM reclamation")->number(0); }
    long mails() { return db.select_one("SELECT COUNT(*) FROM outbox")->number(0); }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(reclamations_tests, ReclamationsFixture)

BOOST_AUTO_TEST_CASE(the_form_knows_my_scrutins_and_what_the_link_said) {
    const auto page = portal.get("/reclamations/nouvelle?objet=scrutins&scrutin=ctm");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("value=\"scrutins\" checked"));
    BOOST_TEST(page.has("value=\"ctm\" selected"));
    BOOST_TEST(!page.has("capd-086"));
    BOOST_TEST(page.has("lundi 16 novembre 2026 à 23\u00a0h\u00a059 (heure de Paris)"));
}

BOOST_AUTO_TEST_CASE(the_check_page_shows_all_and_stores_nothing) {
    const auto page = check("profil", "ctm", "Mon affectation a changé.\r\nVoyez l’arrêté.");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Votre réclamation n’est pas encore déposée"));
    BOOST_TEST(page.has("<p>Voyez l’arrêté.</p>"));
    BOOST_TEST(page.has("zoe.un@ac-poitiers.example"));
    BOOST_TEST(stored() == 0);
}

BOOST_AUTO_TEST_CASE(faults_keep_the_text_and_say_what_to_mend) {
    const auto page = check("", "", "Un texte gardé");
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("<title>Erreur : Formuler"));
    BOOST_TEST(page.has("Choisissez l’objet"));
    BOOST_TEST(page.has("Un texte gardé</textarea>"));
    BOOST_TEST(check("profil", "capd-086", "x").status == 400);
}

BOOST_AUTO_TEST_CASE(modify_gives_the_form_back) {
    const auto page = check("profil", "ctm", "Un texte", "modifier");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Un texte</textarea>"));
}

BOOST_AUTO_TEST_CASE(filing_gives_a_number_a_page_and_a_mail) {
    const auto done = portal.post("/reclamations", typed("profil", "ctm", "Mon affectation a changé."));
    BOOST_TEST(done.status == 303);
    const auto where = done.header("Location");
    BOOST_TEST(where.starts_with("/reclamations/R-"));
    const auto page = portal.get(where);
    BOOST_TEST(page.has("reçue"));
    BOOST_TEST(page.has("Mon affectation a changé."));
    const auto mail = db.select_one("SELECT recipient, subject, body, channel FROM outbox");
    BOOST_REQUIRE(mail.has_value());
    BOOST_TEST(mail->text(0) == "zoe.un@ac-poitiers.example");
    BOOST_TEST(mail->text(1).find(where.substr(14)) != std::string::npos);
    BOOST_TEST(mail->text(2).find("http://localhost:8080" + where) != std::string::npos);
    BOOST_TEST(portal.get("/reclamations").has(where.substr(14)));
}

BOOST_AUTO_TEST_CASE(the_same_form_sent_twice_is_one_reclamation_and_one_mail) {
    auto fields = typed("profil", "", "Une fois.");
    fields.emplace_back("form_key", "00112233445566778899aabbccddeeff");
    const auto first = portal.post("/reclamations", fields), second = portal.post("/reclamations", fields);
    BOOST_TEST(first.header("Location") == second.header("Location"));
    BOOST_TEST(stored() == 1);
    BOOST_TEST(mails() == 1);
}

BOOST_AUTO_TEST_CASE(the_same_key_of_another_elector_is_another_reclamation) {
    auto fields = typed("profil", "", "La mienne.");
    fields.emplace_back("form_key", "00112233445566778899aabbccddeeff");
    const auto mine = portal.post("/reclamations", fields).header("Location");
    portal.sign_in(2);
    const auto other = portal.post("/reclamations", fields).header("Location");
    BOOST_TEST(mine != other);
    BOOST_TEST(portal.get(mine).status == 404);
    BOOST_TEST(!portal.get("/reclamations").has(mine));
    BOOST_TEST(test::same_page(portal.get(mine)) == test::same_page(portal.get("/reclamations/R-2222-2222")));
}

BOOST_AUTO_TEST_CASE(the_answer_is_shown_with_its_state) {
    const auto where = portal.post("/reclamations", typed("liste_electorale", "", "Il manque un nom.")).header("Location");
    db.execute("UPDATE reclamation SET state = 'acceptee', answer = 'Le nom est ajouté.', answered_at = '2026-11-12 08:00:00'");
    const auto page = portal.get(where);
    BOOST_TEST(page.has("acceptée"));
    BOOST_TEST(page.has("Le nom est ajouté."));
    BOOST_TEST(page.has("jeudi 12 novembre 2026"));
}

BOOST_AUTO_TEST_CASE(the_history_shows_each_step_and_an_answer_that_was_replaced) {
    const auto where = portal.post("/reclamations", typed("profil", "", "Mon nom.")).header("Location");
    BOOST_TEST(portal.get(where).has("sous trois jours ouvrés"));
    const std::string number = where.substr(14);
    db.execute(
        "INSERT INTO desk_step (number, step, at, state, answer) VALUES (?, 1, '2026-11-11 08:00:00', 'en_instruction', ''), "
        "(?, 2, '2026-11-12 08:00:00', 'rejetee', 'Nom exact.'), (?, 3, '2026-11-13 08:00:00', 'acceptee', 'Nom corrigé.'), "
        "('R-2222-2222', 1, '2026-11-13 08:00:00', 'acceptee', 'À un autre.')",
        {number, number, number});
    db.execute("UPDATE reclamation SET state = 'acceptee', answer = 'Nom corrigé.', answered_at = '2026-11-13 08:00:00'");
    const auto page = portal.get(where);
    BOOST_TEST(page.has("<li>En instruction&nbsp;: mercredi 11 novembre 2026"));
    BOOST_TEST(page.has("<li>Rejetée&nbsp;: jeudi 12 novembre 2026"));
    BOOST_TEST(page.has("<li>Acceptée&nbsp;: vendredi 13 novembre 2026"));
    BOOST_TEST(page.has("Cette réponse a été remplacée"));
    BOOST_TEST(page.has("Nom exact."));
    const auto once = page.body.find("Nom corrigé.");
    BOOST_TEST(once != std::string::npos);
    BOOST_TEST(page.body.find("Nom corrigé.", once + 1) == std::string::npos);
    BOOST_TEST(!page.has("À un autre."));
}

BOOST_AUTO_TEST_CASE(after_the_date_every_way_in_is_closed_and_says_whom_to_call) {
    at("2026-11-16 23:58:59");
    BOOST_TEST(portal.get("/reclamations/nouvelle").status == 200);
    at("2026-11-17 00:00");
    const test::Page closed[] = {portal.get("/reclamations/nouvelle"), check("profil", "", "x"),
                                 portal.post("/reclamations", typed("profil", "", "x"))};
    for (const auto& page : closed) {
        BOOST_TEST(page.status == 403);
        BOOST_TEST(page.has("05 00 00 00 00"));
        BOOST_TEST(page.has("8 h à 18 h"));
    }
    BOOST_TEST(stored() == 0);
    BOOST_TEST(portal.get("/reclamations").status == 200);
}

// A session may be older than the opening: an election that is moved.
BOOST_AUTO_TEST_CASE(before_the_opening_the_dates_are_told_as_to_come) {
    at("2026-10-12 09:59");
    for (const auto& page : {portal.get("/reclamations/nouvelle"), portal.get("/reclamations")}) {
        BOOST_TEST(page.has("du lundi 12 octobre 2026"));
        BOOST_TEST(!page.has("closes"));
    }
}

BOOST_AUTO_TEST_CASE(an_eleventh_in_a_day_is_refused) {
    for (int i = 0; i < 10; ++i) BOOST_REQUIRE(portal.post("/reclamations", typed("profil", "", "encore")).status == 303);
    const auto page = portal.post("/reclamations", typed("profil", "", "la onzième"));
    BOOST_TEST(page.status == 429);
    BOOST_TEST(page.has("10 réclamations aujourd’hui"));
    BOOST_TEST(page.has("la onzième"));  // nothing is lost
    BOOST_TEST(stored() == 10);
}

BOOST_AUTO_TEST_CASE(a_text_of_four_thousand_characters_fits_whatever_its_line_ends) {
    std::string text;
    for (int i = 0; i < 1999; ++i) text += "\u00e9\r\n";  // two characters each, as people count
    BOOST_TEST(portal.post("/reclamations", typed("profil", "", text + "ab")).status == 303);
    BOOST_TEST(db.select_one("SELECT CHAR_LENGTH(body) FROM reclamation")->number(0) == 4000);
    BOOST_TEST(portal.post("/reclamations", typed("profil", "", text + "abc")).status == 400);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace reclamations_tests
