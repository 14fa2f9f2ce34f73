// SPDX-License-Identifier: AGPL-3.0-or-later
// Requests of an académie, answered from the desk by who may, once, with a history, a mail and an entry of the journal; another académie's answer as none.
#include "bureau_fixture.hpp"

namespace demandes_tests {

namespace {
struct DemandesFixture : test::BureauFixture {
    DemandesFixture() {
        portal.add_voter(50, "demande@ac-poitiers.example");
        portal.add_voter(51, "autre@ac-rouen.example");
        db.run("UPDATE voter SET academie_code = 'rouen' WHERE id = 51");
        claim("R-AAAA-AAAA", 50), claim("R-BBBB-BBBB", 51);
        help("A-AAAA-AAAA", "poitiers"), help("A-BBBB-BBBB", "rouen");
    }
    void claim(const char* number, unsigned voter) {
        db.execute(
            "INSERT INTO reclamation (number, voter_id, object, body, created_at, idempotency_key) VALUES (?, ?, 'profil', 'Mon grade <b>est</b> faux.', "
            "'2026-12-04 08:00:00', SHA2(?, 256))",
            {number, voter, number});
    }
    void help(const char* number, const char* academie) {
        db.execute(
            "INSERT INTO assistance (number, email, academie_code, subject, body, created_at, idempotency_key) VALUES (?, 'dehors@mail.example', ?, "
            "'Notice perdue', 'Où est-elle ?', '2026-12-04 09:00:00', SHA2(?, 256))",
            {number, academie, number});
    }
    test::Page show(const std::string& number) { return portal.get("/bureau/demandes/" + number); }
    test::Page answer(const std::string& number, const char* decision, const char* text) {
        return portal.post("/bureau/demandes/" + number + "/reponse", {{"decision", decision}, {"texte", text}});
    }
    test::Page take(const std::string& number) { return portal.post("/bureau/demandes/" + number + "/prise", {}); }
    std::string text(const char* sql) { return db.select_one(sql)->text(0); }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(demandes_tests, DemandesFixture)

BOOST_AUTO_TEST_CASE(each_role_sees_the_requests_of_its_own_academie_and_kind) {
    enter(k_gestionnaire);
    auto page = portal.get("/bureau/demandes");
    for (const char* seen : {"R-AAAA-AAAA", "A-AAAA-AAAA", "Notice perdue", "Réclamation : profil"})
        BOOST_TEST(page.has(seen), seen);
    for (const char* hidden : {"R-BBBB-BBBB", "A-BBBB-BBBB"}) BOOST_TEST(!page.has(hidden), hidden);
    BOOST_TEST(!page.has("n’ont pas encore ouvert"));  // of eleven people
    BOOST_TEST(show("R-AAAA-AAAA").has("Mon grade &lt;b&gt;est"));
    BOOST_TEST(show("A-AAAA-AAAA").has("adresse non vérifiée"));

    enter(k_assistance);
    page = portal.get("/bureau/demandes");
    BOOST_TEST(page.has("A-AAAA-AAAA"));
    BOOST_TEST(!page.has("R-AAAA-AAAA"));
    BOOST_TEST(show("R-AAAA-AAAA").status == 404);
    BOOST_TEST(answer("R-AAAA-AAAA", "acceptee", "Oui.").status == 404);

    for (const unsigned seat : {k_president, k_secretaire, k_delegue, k_suppleant, k_expert, k_other}) {
        enter(seat);
        BOOST_TEST(portal.get("/bureau/demandes").status == 404);
        for (const char* number : {"R-AAAA-AAAA", "A-AAAA-AAAA"}) {
            BOOST_TEST(show(number).status == 404);
            BOOST_TEST(take(number).status == 404);
            BOOST_TEST(answer(number, "acceptee", "Oui.").status == 404);
        }
    }
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_step") == 0);
}

BOOST_AUTO_TEST_CASE(anothers_request_answers_as_none) {
    enter(k_gestionnaire);
    for (const char* number : {"R-BBBB-BBBB", "A-BBBB-BBBB", "R-CCCC-CCCC", "X-AAAA-AAAA", "R-", "r-AAAA-AAAA"}) {
        BOOST_TEST(show(number).status == 404);
        BOOST_TEST(take(number).status == 404);
        BOOST_TEST(answer(number, "acceptee", "Oui.").status == 404);
        BOOST_TEST(portal.get("/bureau/demandes/" + std::string(number) + "/pieces/1").status == 404);
    }
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_step") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 0);
}

BOOST_AUTO_TEST_CASE(a_claim_is_taken_and_answered_with_a_reason) {
    enter(k_gestionnaire);
    for (int twice = 0; twice < 2; ++twice) BOOST_TEST(take("R-AAAA-AAAA").header("Location") == "/bureau/demandes/R-AAAA-AAAA");
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_step") == 1);
    BOOST_TEST(last_act() == "membre n° 6 desk-request R-AAAA-AAAA : prise en charge");
    BOOST_TEST(portal.get("/bureau/demandes?etat=en_instruction").has("en instruction par le membre n°&nbsp;6"));
    BOOST_TEST(!portal.get("/bureau/demandes?etat=recue").has("R-AAAA-AAAA"));

    BOOST_TEST(answer("R-AAAA-AAAA", "", "Votre grade est corrigé.").status == 400);
    BOOST_TEST(answer("R-AAAA-AAAA", "peut-etre", "Votre grade est corrigé.").status == 400);
    const auto empty = answer("R-AAAA-AAAA", "acceptee", " \r\n ");
    BOOST_TEST(empty.status == 400);
    BOOST_TEST(empty.has("value=\"acceptee\" checked"));
    BOOST_TEST(answer("R-AAAA-AAAA", "acceptee", std::string(4001, 'a').c_str()).status == 400);

    for (int twice = 0; twice < 2; ++twice)
        BOOST_TEST(answer("R-AAAA-AAAA", "acceptee", "Votre grade\r\nest corrigé.").header("Location") ==
                   "/bureau/demandes/R-AAAA-AAAA");
    BOOST_TEST(text("SELECT CONCAT_WS('|', state, answer) FROM reclamation WHERE number = 'R-AAAA-AAAA'") ==
               "acceptee|Votre grade\nest corrigé.");
    BOOST_TEST(text("SELECT GROUP_CONCAT(CONCAT(step, state) ORDER BY step) FROM desk_step") == "1en_instruction,2acceptee");
    BOOST_TEST(text("SELECT GROUP_CONCAT(recipient) FROM outbox") == "demande@ac-poitiers.example");
    BOOST_TEST(text("SELECT body FROM outbox").find("Votre réclamation est acceptée") != std::string::npos);
    BOOST_TEST(last_act() == "membre n° 6 desk-request R-AAAA-AAAA : acceptée");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE detail LIKE '%grade%' OR detail LIKE '%demande@%'") == 0);

    // Another answer later is the office's affair, and this one is not lost.
    const auto late = answer("R-AAAA-AAAA", "rejetee", "Non, finalement.");
    BOOST_TEST(late.status == 400);
    BOOST_TEST(late.has("a reçu une réponse entre-temps"));
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 1);
    BOOST_TEST(portal.get("/bureau/demandes?etat=traitee").has("R-AAAA-AAAA"));
    for (const char* bad : {"acceptee", "x", "%27"})
        BOOST_TEST(portal.get(std::string("/bureau/demandes?etat=") + bad).status == 400);
}

BOOST_AUTO_TEST_CASE(a_request_for_help_is_answered_by_mail) {
    enter(k_assistance);
    BOOST_TEST(answer("A-AAAA-AAAA", "", "À retirer au secrétariat.").header("Location") == "/bureau/demandes/A-AAAA-AAAA");
    BOOST_TEST(text("SELECT state FROM assistance WHERE number = 'A-AAAA-AAAA'") == "repondue");
    BOOST_TEST(text("SELECT recipient FROM outbox") == "dehors@mail.example");
    BOOST_TEST(text("SELECT body FROM outbox").find("À retirer au secrétariat.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_is_given_as_a_download_to_who_holds_the_request) {
    db.run(
        "INSERT INTO reclamation_attachment VALUES ('R-AAAA-AAAA', 1, 'arrêté.pdf', 'pdf', 5, REPEAT('0', 64), '%PDF-', '2026-12-04 08:10:00')");
    enter(k_gestionnaire);
    BOOST_TEST(show("R-AAAA-AAAA").has("arrêté.pdf"));
    const auto file = portal.get("/bureau/demandes/R-AAAA-AAAA/pieces/1");
    BOOST_TEST(file.body == "%PDF-");
    BOOST_TEST(file.header("Content-Type") == "application/pdf");
    BOOST_TEST(file.header("Content-Disposition").find("attachment") == 0);
    for (const char* bad : {"2", "0", "x", "11"})
        BOOST_TEST(portal.get("/bureau/demandes/R-AAAA-AAAA/pieces/" + std::string(bad)).status == 404);
    enter(k_assistance);
    BOOST_TEST(portal.get("/bureau/demandes/R-AAAA-AAAA/pieces/1").status == 404);
}

BOOST_AUTO_TEST_CASE(spaces_not_opened_are_counted_where_there_are_many_people) {
    for (unsigned voter = 100; voter < 140; ++voter) portal.add_voter(voter, "v" + std::to_string(voter) + "@ac-poitiers.example");
    db.run(
        "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) VALUES (100, '', '2026-12-01 00:00:00', '2026-12-01 00:00:00')");
    enter(k_assistance);
    BOOST_TEST(portal.get("/bureau/demandes").has("50 électeurs, dont 49 n’ont pas encore ouvert"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace demandes_tests
