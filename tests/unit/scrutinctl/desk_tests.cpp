// SPDX-License-Identifier: AGPL-3.0-or-later
// The office answers: what the commands change, whom they write to, what two officers at once may do. With the account's own rights.
#include <boost/test/unit_test.hpp>

#include <thread>

#include "scrutinctl/election_fixture.hpp"

namespace desk_tests {

namespace {

struct Desk : test::ElectionFixture {
    Desk() {
        import_demo("20");
        database.admin().run(
            "INSERT INTO reclamation (number, voter_id, object, body, created_at, idempotency_key) "
            "SELECT CONCAT('R-AAAA-AAA', id), id, 'profil', 'Mon nom est mal écrit.\nMerci.', "
            "UTC_TIMESTAMP() - INTERVAL id DAY, SHA2(id, 256) FROM voter WHERE id <= 3");
        database.admin().run(
            "INSERT INTO assistance (number, voter_id, email, academie_code, subject, body, created_at, idempotency_key) VALUES "
            "('A-AAAA-AAA1', 1, (SELECT email FROM voter WHERE id = 1), (SELECT MIN(code) FROM academie), 'Lien', 'Rien reçu.', "
            "UTC_TIMESTAMP(), SHA2('a', 256)), ('A-AAAA-AAA2', NULL, 'inconnu@ailleurs.example', (SELECT MIN(code) FROM academie), "
            "'Code\x1b[2J', 'Perdu.', UTC_TIMESTAMP(), SHA2('b', 256))");
        folder.write("reponse.txt", "Votre nom est corrigé.\r\n\r\nL’académie.\n");
    }
    Words answering(const char* number) { return {number, "--reponse", path("reponse.txt")}; }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(desk, Desk)

BOOST_AUTO_TEST_CASE(the_desk_sees_whose_mailbox_takes_nothing) {
    database.admin().run(
        "INSERT INTO mail_return (recipient, kind, at) SELECT email, IF(id = 1, 'full', 'unknown'), '2026-11-12 09:00:00' FROM voter "
        "WHERE id <= 2");
    database.admin().run(
        "INSERT INTO mail_return (recipient, kind, at) VALUES ('personne@ailleurs.example', 'full', UTC_TIMESTAMP())");
    const auto said_by = [&](const char* command, const Words& words) {
        const test::Said said;
        must(command, words);
        return said.text();
    };
    const std::string full = "messagerie pleine, jeudi 12 novembre 2026 à 10\u00a0h\u00a000 (heure de Paris)";
    const std::string all = said_by("returns", {});
    BOOST_TEST(all.find(text("SELECT email FROM voter WHERE id = 1") + "  ") != std::string::npos);
    BOOST_TEST(all.find(full) != std::string::npos);
    BOOST_TEST(all.find("adresse inconnue") != std::string::npos);
    BOOST_TEST(all.find("2 adresses.") != std::string::npos);  // electors' alone
    BOOST_TEST(said_by("returns", {"--academie", "nulle-part"}).find("0 adresse.") != std::string::npos);
    BOOST_TEST(said_by("assistance show", {"A-AAAA-AAA1"}).find("Courriels à cette adresse : " + full) != std::string::npos);
    BOOST_TEST(said_by("claims show", {"R-AAAA-AAA3"}).find("Courriels à cette adresse") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_beside_a_claim_is_told_and_written_once) {
    database.admin().run(
        "INSERT INTO reclamation_attachment (number, position, name, kind, size, digest, content, added_at) VALUES "
        "('R-AAAA-AAA1', 1, 'arrêté\x1b[2J.pdf', 'pdf', 5, SHA2('%PDF-', 256), '%PDF-', UTC_TIMESTAMP())");
    {
        const test::Said said;
        must("claims show", {"R-AAAA-AAA1"});
        BOOST_TEST(said.text().find("Fichier joint n° 1 : arrêté?[2J.pdf (pdf, 5 octets)") != std::string::npos, said.text());
    }
    const std::string out = path("piece.pdf");
    for (const char* position : {"2", "0", "x", "11"}) must_not("claims file", {"R-AAAA-AAA1", position, out}, "pas de fichier");
    must("claims file", {"R-AAAA-AAA1", "1", out});
    BOOST_TEST(folder.read("piece.pdf") == "%PDF-");
    using std::filesystem::perms;
    BOOST_TEST((std::filesystem::status(out).permissions() == (perms::owner_read | perms::owner_write)));
    must_not("claims file", {"R-AAAA-AAA1", "1", out}, "déjà pris");
    must("demo", {path("another"), "--electors", "20", "--seed", "5"});
    must("import", {path("another")});  // which takes all of it away
    BOOST_TEST(count("SELECT COUNT(*) FROM reclamation_attachment") == 0);
}

BOOST_AUTO_TEST_CASE(a_claim_is_taken_in_hand_and_answered_where_its_elector_reads_it) {
    must("claims take", {"R-AAAA-AAA1"});
    BOOST_TEST(text("SELECT state FROM reclamation WHERE number = 'R-AAAA-AAA1'") == "en_instruction");
    must_not("claims take", {"R-AAAA-AAA1"}, "déjà");
    must("claims accept", answering("R-AAAA-AAA1"));
    BOOST_TEST(text("SELECT CONCAT(state, '|', answer) FROM reclamation WHERE number = 'R-AAAA-AAA1'") ==
               "acceptee|Votre nom est corrigé.\n\nL’académie.");
    BOOST_TEST(text("SELECT GROUP_CONCAT(CONCAT(step, state) ORDER BY step) FROM desk_step") == "1en_instruction,2acceptee");
    const auto mail =
        database.admin().select_one("SELECT recipient = (SELECT email FROM voter WHERE id = 1), subject, body FROM outbox");
    BOOST_TEST(mail->flag(0));
    BOOST_TEST(mail->text(1) == "Réponse à votre réclamation R-AAAA-AAA1");
    BOOST_TEST(mail->text(2).find("http://localhost:8080/reclamations/R-AAAA-AAA1") != std::string::npos);
    BOOST_TEST(mail->text(2).find("corrigé") == std::string::npos);  // what it says of a person stays behind his password
    BOOST_TEST(
        text("SELECT GROUP_CONCAT(CONCAT(action, '|', detail) ORDER BY id SEPARATOR '\n') FROM audit WHERE action = 'claims'") ==
        "claims|R-AAAA-AAA1 : prise en charge ; motif : essai\nclaims|R-AAAA-AAA1 : acceptée ; motif : essai");
}

BOOST_AUTO_TEST_CASE(an_answer_is_given_once_or_replaced_on_purpose) {
    must_not("claims refuse", {"R-AAAA-AAA1", "--reponse", path("reponse.txt"), "--remplace"}, "pas encore de réponse");
    must("claims refuse", answering("R-AAAA-AAA1"));
    must_not("claims accept", answering("R-AAAA-AAA1"), "a déjà une réponse");
    folder.write("reponse.txt", "Nous nous sommes trompés.");
    must("claims accept", {"R-AAAA-AAA1", "--reponse", path("reponse.txt"), "--remplace"});
    BOOST_TEST(text("SELECT GROUP_CONCAT(CONCAT(state, ':', answer) ORDER BY step SEPARATOR '|') FROM desk_step") ==
               "rejetee:Votre nom est corrigé.\n\nL’académie.|acceptee:Nous nous sommes trompés.");
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 2);
}

BOOST_AUTO_TEST_CASE(of_two_officers_at_once_one_answers) {
    std::atomic<int> done = 0;
    const auto answer = [&] {
        scrutinctl::Office other(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
        cli::Arguments arguments;
        arguments.positional = {"R-AAAA-AAA2"};
        arguments.options = {{"--reponse", path("reponse.txt")}};
        if (scrutinctl::claims_accept(other, arguments)) ++done;
    };
    std::thread one(answer), two(answer);
    one.join(), two.join();
    BOOST_TEST(done == 1);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 1);
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_step") == 1);
}

BOOST_AUTO_TEST_CASE(a_request_for_help_is_answered_by_mail_also_to_who_was_not_signed_in) {
    must("assistance take", {"A-AAAA-AAA2"});
    must("assistance answer", answering("A-AAAA-AAA2"));
    BOOST_TEST(text("SELECT recipient FROM outbox") == "inconnu@ailleurs.example");
    BOOST_TEST(text("SELECT body FROM outbox").find("Votre nom est corrigé.\n\nL’académie.") != std::string::npos);
    BOOST_TEST(text("SELECT state FROM assistance WHERE number = 'A-AAAA-AAA2'") == "repondue");
    BOOST_TEST(text("SELECT state FROM assistance WHERE number = 'A-AAAA-AAA1'") == "recue");
}

BOOST_AUTO_TEST_CASE(lists_are_filtered_and_name_nobody) {
    const auto listed = [&](const Words& words) {
        test::Said said;
        must("claims", words);
        return util::parse_json(said.text())->size();
    };
    BOOST_TEST(listed({"--json"}) == 3u);
    BOOST_TEST(listed({"--json", "--depuis", "2"}) == 2u);
    must("claims take", {"R-AAAA-AAA3"});
    BOOST_TEST(listed({"--json", "--etat", "en_instruction"}) == 1u);
    BOOST_TEST(listed({"--json", "--academie", "nulle-part"}) == 0u);
    must_not("claims", {"--etat", "ouverte"}, "recue, en_instruction, acceptee, rejetee");
    test::Said said;
    must("claims");
    must("assistance");
    BOOST_TEST(said.text().find(text("SELECT last_name FROM voter WHERE id = 1")) == std::string::npos);
    BOOST_TEST(said.text().find("R-AAAA-AAA1") != std::string::npos);
    BOOST_TEST(said.text().find('\x1b') == std::string::npos);  // what a person typed steers no terminal
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_text_changes_nothing) {
    must_not("claims accept", {"R-AAAA-AAA1"}, "--reponse FICHIER");
    folder.write("vide", " \n");
    must_not("claims accept", {"R-AAAA-AAA1", "--reponse", path("vide")}, "vide");
    folder.write("latin1", "r\xe9ponse");
    must_not("claims accept", {"R-AAAA-AAA1", "--reponse", path("latin1")}, "UTF-8");
    folder.write("long", std::string(4001, 'a'));
    must_not("claims accept", {"R-AAAA-AAA1", "--reponse", path("long")}, "4 000");
    must_not("claims accept", {"R-AAAA-AAA1", "--reponse", path("absent")}, "ne se lit pas");
    must_not("claims accept", answering("R-9999-9999"), "aucune demande");
    must_not("assistance answer", answering("R-AAAA-AAA1"), "aucune demande");
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_step") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace desk_tests
