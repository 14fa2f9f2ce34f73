// SPDX-License-Identifier: AGPL-3.0-or-later
// Late electors: two officers, the import's checks, never somebody twice, nothing after the sealing; and in the end he votes like everybody.
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <atomic>
#include <thread>

#include "domain/identity.hpp"
#include "scrutinctl/election_fixture.hpp"

namespace roll_add_tests {

namespace {

boost::test_tools::assertion_result may_say_who_acts(boost::unit_test::test_unit_id) { return getuid() == 0; }

constexpr const char* k_titles =
    "courriel;civilite;nom;prenom;numen;naissance;personnel;corps;affectation;academie;departement;lieu_notice\n";

struct Late : test::ElectionFixture {
    Late() {
        import_demo("20");
        database.admin().run("ALTER TABLE roll_change AUTO_INCREMENT = 1");
    }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
    // A file of one elector with the profile of the first one of the roll.
    std::string file(const std::string& address = "lea.tardive@ecole.example", const std::string& numen = "99Z9999999TTT",
                     const std::string& birth = "3/2/1971", const std::string& more = "") {
        const std::string profile = text(
            "SELECT CONCAT_WS(';', personnel, corps, 'École du Port', academie_code, departement, 'Une autre loge') FROM voter WHERE id "
            "= 1");
        folder.write("tardif.csv",
                     k_titles + address + ";Mme;Tardive-Émoi;Léa;" + numen + ";" + birth + ";" + profile + "\n" + more);
        return path("tardif.csv");
    }
    util::Status by_another(std::string_view name, const Words& words) {
        scrutinctl::Office his(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
        his.set_actor("un autre");
        for (const cli::Command& command : scrutinctl::commands(his))
            if (command.name == name) return command.run(*cli::read_arguments(command, words));
        return util::Done{};
    }
    void another_must(std::string_view name, const Words& words) {
        const auto done = by_another(name, words);
        BOOST_REQUIRE_MESSAGE(done.has_value(), std::string(name) + ": " + (done ? "" : done.error().detail));
    }
    void another_must_not(std::string_view name, const Words& words, std::string_view because) {
        const auto done = by_another(name, words);
        BOOST_REQUIRE(!done.has_value());
        BOOST_TEST(done.error().detail.find(because) != std::string::npos, done.error().detail);
    }
    std::int64_t voters() { return count("SELECT COUNT(*) FROM voter"); }
    std::string late_id() { return text("SELECT MAX(id) FROM voter"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(roll_add, Late, *boost::unit_test::precondition(may_say_who_acts))

BOOST_AUTO_TEST_CASE(two_officers_add_him_with_the_scrutins_of_the_rules) {
    const auto version = count("SELECT data_version FROM election");
    must("roll add", {file()});
    BOOST_TEST(voters() == 20);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 0);
    BOOST_TEST(count("SELECT voter_id IS NULL FROM roll_change") == 1);
    must_not("roll approve", {"1"}, "vous avez proposé");
    BOOST_TEST(voters() == 20);
    {
        test::Said said;
        must("roll");
        for (const char* words : {"n° 1  inscription  lea.tardive@ecole.example  proposée par une officière", "nom : Tardive-Émoi",
                                  "lieu de la notice : Une autre loge", "    + "})
            BOOST_TEST(said.text().find(words) != std::string::npos, said.text());
        BOOST_TEST(said.text().find("99Z9999999TTT") == std::string::npos);
    }
    another_must("roll approve", {"1"});
    BOOST_TEST(voters() == 21);
    BOOST_TEST(
        text("SELECT CONCAT_WS('|', id, email, civility, last_name, first_name, affectation, notice_place) FROM voter WHERE id "
             "= 21") == "21|lea.tardive@ecole.example|Mme|Tardive-Émoi|Léa|École du Port|Une autre loge");
    // Where and why as the import says it of who has the same profile.
    const std::string rights =
        "SELECT GROUP_CONCAT(CONCAT(scrutin_id, ':', reason) ORDER BY scrutin_id SEPARATOR '|') FROM voter_scrutin WHERE voter_id = ";
    BOOST_TEST(text(rights + "21") == text(rights + "1"));
    BOOST_TEST(count("SELECT COUNT(*) FROM voter_scrutin WHERE voter_id = 21 AND sort_key NOT LIKE 'tardive%'") == 0);
    BOOST_TEST(text("SELECT identity_check FROM voter WHERE id = 21") ==
               domain::identity_check(office->secret("numen_pepper").view(), "99Z9999999TTT", "1971-02-03"));
    BOOST_TEST(text("SELECT CONCAT_WS('|', voter_id, identity_check, state, proposed_by, decided_by) FROM roll_change") ==
               "21||approved|une officière|un autre");
    BOOST_TEST(count("SELECT data_version FROM election") > version);
    BOOST_TEST(
        text("SELECT GROUP_CONCAT(CONCAT(actor, ': ', detail) ORDER BY id SEPARATOR '\n') FROM audit WHERE action = 'roll'") ==
        "une officière: inscription proposée, n° 1 ; motif : essai\nun autre: inscription faite, n° 1, proposée par une officière");
    // He is told, once, without a secret.
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox WHERE recipient = 'lea.tardive@ecole.example'") == 1);
    const std::string mail = text("SELECT CONCAT(subject, '\n', body) FROM outbox");
    for (const char* words : {"inscrit sur la liste électorale", "Bonjour Mme Tardive-Émoi,", "Une autre loge", "\n- "})
        BOOST_TEST(mail.find(words) != std::string::npos, mail);
    BOOST_TEST(mail.find("99Z9999999TTT") == std::string::npos);
    BOOST_TEST(text("SELECT GROUP_CONCAT(detail, reason) FROM roll_change").find("99Z9999999TTT") == std::string::npos);
    another_must_not("roll approve", {"1"}, "déjà décidée");
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(he_gets_code_and_notice_and_votes_and_the_seal_agrees) {
    must("trustee demo-ceremony", {path("trustees")});
    must("publish");
    must("codes", {"--notices", path("notices")});
    must("roll add", {file()});
    another_must("roll approve", {"1"});
    must("codes", {"--notices", path("notices")});
    const std::string second = folder.read("notices/notices-2.csv");
    BOOST_TEST(second.find("lea.tardive@ecole.example;") != std::string::npos);
    must("notices", {path("notices"), "--lot", "2"});
    BOOST_TEST(std::filesystem::exists(folder / "notices/plis-2/lot.csv"));
    must("seal", seal_words());
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.credential") == count("SELECT COUNT(*) FROM voter_scrutin"));
    must("open");
    must("rehearse", {"--ballots", "100", "--notices", path("notices/notices-2.csv"), "--vote-secrets", vote_secrets});
    BOOST_TEST(count("SELECT COUNT(*) FROM emargement WHERE voter_id = 21") ==
               count("SELECT COUNT(*) FROM voter_scrutin WHERE voter_id = 21"));
    BOOST_TEST(count("SELECT COUNT(*) FROM emargement WHERE voter_id = 21") > 0);
    fill_urne();
    must("integrity");
}

BOOST_AUTO_TEST_CASE(nobody_is_on_the_roll_twice) {
    const std::string known = text("SELECT email FROM voter WHERE id = 2");
    must_not("roll add", {file(known)}, "adresse déjà donnée à un autre électeur");
    must("roll strike", {"--elector", known, "--raison", "Mutation"});
    another_must("roll approve", {"1"});
    must_not("roll add", {file(known)}, "personne radiée");
    // Proposed twice, by address and by person.
    must("roll add", {file()});
    must_not("roll add", {file(" LEA.Tardive@ecole.example ")}, "déjà proposée, sous le n° 2");
    must("roll add", {file("lea.tardive@ailleurs.example")});
    another_must("roll approve", {"2"});
    another_must_not("roll approve", {"3"}, "même NUMEN");
    must_not("roll add", {file("encore@ailleurs.example")}, "même NUMEN");
    BOOST_TEST(voters() == 21);
    BOOST_TEST(text("SELECT state FROM roll_change WHERE id = 3") == "proposed");
    another_must("roll refuse", {"3"});
    BOOST_TEST(text("SELECT CONCAT(state, identity_check) FROM roll_change WHERE id = 3") == "refused");
}

BOOST_AUTO_TEST_CASE(the_imports_checks_hold_with_its_words) {
    must_not("roll add", {file("sans-arobase")}, "tardif.csv, ligne 2, colonne courriel : ce n’est pas une adresse");
    must_not("roll add", {file("a@b.example", "123")}, "13 lettres et chiffres attendus");
    must_not("roll add", {file("a@b.example", "99Z9999999TTT", "31/02/1971")}, "date attendue, jj/mm/aaaa");
    must_not("roll add", {file("a@b.example", "99Z9999999TTT", "3/2/1971", "x;;;;;;;;;;;\n")}, "rien n’est fait");
    folder.write("vide.csv", k_titles);
    must_not("roll add", {path("vide.csv")}, "aucun électeur");
    must_not("roll add", {path("absent.csv")}, "absent.csv");
    const std::string row = folder.read("tardif.csv");
    folder.write("deux.csv", row.substr(0, row.find("x;;;")) + "b@b.example;;B;B;99Z9999999TTU;3/2/1971;P;C;A;" +
                                 text("SELECT academie_code FROM voter WHERE id = 1") + ";079;L\n");
    must_not("roll add", {path("deux.csv"), "--scrutin", text("SELECT code FROM scrutin LIMIT 1"), "--raison", "x"},
             "une ligne est attendue");
    folder.write("profil.csv", std::string(k_titles) + "b@b.example;;B;B;99Z9999999TTU;3/2/1971;Astronaute;C;A;" +
                                   text("SELECT academie_code FROM voter WHERE id = 1") + ";079;L\n");
    database.admin().run("DELETE FROM eligibility_rule WHERE personnel = ''");
    must_not("roll add", {path("profil.csv")}, "aucune règle de regles.csv ne donne de scrutin");
    // Named, whatever the rules say.
    const std::string code = text("SELECT code FROM scrutin ORDER BY id LIMIT 1");
    must_not("roll add", {path("profil.csv"), "--scrutin", code}, "--raison TEXTE est attendue");
    must_not("roll add", {path("profil.csv"), "--scrutin", "nulle-part", "--raison", "x"}, "aucun scrutin de code");
    must("roll add", {path("profil.csv"), "--scrutin", code, "--scrutin", code, "--raison", "Détachement"});
    another_must("roll approve", {"1"});
    BOOST_TEST(text("SELECT GROUP_CONCAT(CONCAT(s.code, ':', r.reason)) FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id "
                    "WHERE r.voter_id = 21") == code + ":Détachement");
    // Imported before reasons were kept.
    database.admin().run("UPDATE eligibility_rule SET reason = ''");
    must_not("roll add", {file("c@b.example", "99Z9999999TTV")}, "nommez les scrutins");
}

BOOST_AUTO_TEST_CASE(two_approvals_at_once_add_him_once) {
    must("roll add", {file()});
    std::atomic<int> done = 0;
    const auto approve = [&] {
        if (by_another("roll approve", {"1"})) ++done;
    };
    std::thread one(approve), two(approve);
    one.join(), two.join();
    BOOST_TEST(done == 1);
    BOOST_TEST(voters() == 21);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 1);
}

BOOST_AUTO_TEST_CASE(the_sealing_ends_it_for_proposals_too_and_for_whoever_has_the_account) {
    must("roll add", {file()});
    must("trustee demo-ceremony", {path("trustees")});
    must("publish");
    must("seal", seal_words());
    another_must_not("roll approve", {"1"}, "scellée");
    must_not("roll add", {file("d@b.example", "99Z9999999TTW")}, "scellée");
    BOOST_TEST(voters() == 20);
    BOOST_CHECK_THROW(
        office->db().execute(
            "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, "
            "corps, affectation, academie_code, departement, notice_place) SELECT 99, 1, 'x@y.example', '', 'X', 'Y', "
            "'', '', '', '', academie_code, departement, '' FROM voter WHERE id = 1"),
        db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace roll_add_tests
