// SPDX-License-Identifier: AGPL-3.0-or-later
// Late electors whom the desk approved, added with the administration's file: what differs from what was approved is left and told, the rest is made once.
#include <boost/test/unit_test.hpp>

#include <thread>

#include "domain/identity.hpp"
#include "scrutinctl/election_fixture.hpp"
#include "util/json.hpp"

namespace inscriptions_tests {

namespace {

constexpr const char* k_titles =
    "courriel;civilite;nom;prenom;numen;naissance;personnel;corps;affectation;academie;departement;lieu_notice\n";

struct Inscriptions : test::ElectionFixture {
    Inscriptions() {
        import_demo("20");
        database.admin().run("ALTER TABLE roll_change AUTO_INCREMENT = 1");
        academie = text("SELECT academie_code FROM voter WHERE id = 1");
        personnel = text("SELECT personnel FROM voter WHERE id = 1"), corps = text("SELECT corps FROM voter WHERE id = 1");
        departement = text("SELECT departement FROM voter WHERE id = 1");
    }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
    // As two members leave it.
    void decided(const std::string& address, const std::string& name, const char* state = "approved",
                 const std::string& place = "") {
        const util::Json detail{{"email", address},
                                {"civility", "Mme"},
                                {"last_name", name},
                                {"first_name", "Léa"},
                                {"personnel", personnel},
                                {"corps", corps},
                                {"affectation", "École du Port"},
                                {"academie", academie},
                                {"departement", departement},
                                {"notice_place", "Une autre loge"}};
        database.admin().execute(
            "INSERT INTO roll_change (kind, detail, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, decided_member, "
            "expires_at, academie_code) VALUES ('add', ?, 'Arrivée', ?, 'membre n° 6', UTC_TIMESTAMP(), 'membre n° 9', UTC_TIMESTAMP(), 6, 9, "
            "UTC_TIMESTAMP() + INTERVAL 7 DAY, ?)",
            {detail.dump(), state, place.empty() ? academie : place});
    }
    std::string row(const std::string& address, const std::string& name, const std::string& numen,
                    const std::string& more = "École du Port") {
        return address + ";Mme;" + name + ";Léa;" + numen + ";3/2/1971;" + personnel + ";" + corps + ";" + more + ";" + academie +
               ";" + departement + ";Une autre loge\n";
    }
    Words with(const std::string& rows) {
        folder.write("tardifs.csv", k_titles + rows);
        return {"--inscriptions", path("tardifs.csv")};
    }
    std::string said(std::string_view command, const Words& words = {}) {
        test::Said all;
        must(command, words);
        return all.text();
    }
    std::string states() { return text("SELECT GROUP_CONCAT(state ORDER BY id) FROM roll_change"); }
    std::int64_t voters() { return count("SELECT COUNT(*) FROM voter"); }
    std::string academie, personnel, corps, departement;
};

bool holds(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(inscriptions, Inscriptions)

BOOST_AUTO_TEST_CASE(he_waits_for_the_file_and_is_added_once_with_the_scrutins_of_the_rules) {
    decided("lea.tardive@ecole.example", "Tardive");
    const auto version = count("SELECT data_version FROM election");
    const std::string waits = said("desk apply");
    BOOST_TEST(holds(waits, "1 inscription approuvée attend le fichier de l’administration"), waits);
    BOOST_TEST(!holds(waits, "tardive@"), waits);  // a timer's words go to the machine's journal
    BOOST_TEST(holds(said("roll approved"), "n° 1  inscription  lea.tardive@ecole.example"));
    BOOST_TEST(states() == "approved");

    const auto file = with(row(" LEA.Tardive@ecole.example ", "Tardive", "99Z9999999TTT"));
    const std::string done = said("desk apply", file);
    BOOST_TEST(holds(done, "Inscriptions : 1 faite, 0 impossible"), done);
    BOOST_TEST(states() == "done");
    BOOST_TEST(
        text(
            "SELECT CONCAT_WS('|', id, email, civility, last_name, first_name, affectation, notice_place) FROM voter WHERE id = 21") ==
        "21|lea.tardive@ecole.example|Mme|Tardive|Léa|École du Port|Une autre loge");
    const std::string rights =
        "SELECT GROUP_CONCAT(CONCAT(scrutin_id, ':', reason) ORDER BY scrutin_id SEPARATOR '|') FROM voter_scrutin WHERE voter_id = ";
    BOOST_TEST(text(rights + "21") == text(rights + "1"));
    BOOST_TEST(text("SELECT identity_check FROM voter WHERE id = 21") ==
               domain::identity_check(office->secret("numen_pepper").view(), "99Z9999999TTT", "1971-02-03"));
    BOOST_TEST(text("SELECT CONCAT_WS('|', voter_id, identity_check, decided_by, ended_at IS NOT NULL) FROM roll_change") ==
               "21||membre n° 9|1");
    BOOST_TEST(count("SELECT data_version FROM election") > version);
    BOOST_TEST(text("SELECT detail FROM audit WHERE action = 'roll'") ==
               "inscription faite, n° 1, proposée par membre n° 6, approuvée par membre n° 9");
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox WHERE recipient = 'lea.tardive@ecole.example'") == 1);
    BOOST_TEST(holds(text("SELECT body FROM outbox"), "Bonjour Mme Tardive,"));
    for (const char* kept : {"SELECT GROUP_CONCAT(detail, reason, outcome) FROM roll_change",
                             "SELECT GROUP_CONCAT(detail) FROM audit", "SELECT GROUP_CONCAT(body) FROM outbox"})
        BOOST_TEST(!holds(text(kept), "99Z9999999TTT"));

    const std::string again = said("desk apply", file);
    BOOST_TEST(holds(again, "Inscriptions : 0 faite, 0 impossible, 1 faite auparavant"), again);
    BOOST_TEST(voters() == 21);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 1);
    must("audit verify");
    must("trustee demo-ceremony", {path("trustees")});
    must("publish");
    must("codes", {"--notices", path("notices")});
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope WHERE voter_id = 21") == 1);
}

BOOST_AUTO_TEST_CASE(a_line_that_says_something_else_is_left_and_told_and_the_others_are_made) {
    decided("un@ecole.example", "Un"), decided("deux@ecole.example", "Deux"), decided("trois@ecole.example", "Trois");
    decided("quatre@ecole.example", "Quatre", "proposed"), decided("cinq@ecole.example", "Cinq", "refused");
    test::Said told;
    const util::Status ended =
        run("desk apply",
            with(row("un@ecole.example", "UN", "99Z9999999TTA", "École du Pont") +
                 row("deux@ecole.example", "Deux", "99Z9999999TTB") + row("inconnu@ecole.example", "Inconnu", "99Z9999999TTC") +
                 row("quatre@ecole.example", "Quatre", "99Z9999999TTD") + row("cinq@ecole.example", "Cinq", "99Z9999999TTE")));
    BOOST_REQUIRE(!ended.has_value());
    const std::string why = ended.error().detail;
    for (const char* words :
         {"4 lignes du fichier sont laissées, les autres sont faites",
          "tardifs.csv, ligne 2, colonne nom : « UN », mais « Un » est approuvé (n° 1)",
          "tardifs.csv, ligne 2, colonne affectation : « École du Pont », mais « École du Port » est approuvé (n° 1)",
          "tardifs.csv, ligne 4, colonne courriel : le bureau en ligne n’a approuvé personne de cette adresse",
          "ligne 5, colonne courriel : l’inscription n° 4 n’est pas approuvée",
          "ligne 6, colonne courriel : l’inscription n° 5 est refusée"})
        BOOST_TEST(holds(why, words), why);
    BOOST_TEST(holds(told.text(), "2 inscriptions approuvées attendent encore le fichier"), told.text());
    BOOST_TEST(states() == "approved,done,approved,proposed,refused");
    BOOST_TEST(voters() == 21);
    must("desk apply", with(row("un@ecole.example", "Un", "99Z9999999TTA") + row("trois@ecole.example", "Trois", "99Z9999999TTF")));
    BOOST_TEST(states() == "done,done,done,proposed,refused");
}

BOOST_AUTO_TEST_CASE(another_academie_than_the_two_members_own_is_a_difference) {
    decided("lea.tardive@ecole.example", "Tardive", "approved",
            text("SELECT code FROM academie WHERE code <> '" + academie + "' LIMIT 1"));
    must_not("desk apply", with(row("lea.tardive@ecole.example", "Tardive", "99Z9999999TTT")), "colonne academie");
    BOOST_TEST(states() == "approved");
    BOOST_TEST(voters() == 20);
}

BOOST_AUTO_TEST_CASE(of_two_academies_that_approved_him_the_file_names_one) {
    decided("lea.tardive@ecole.example", "Tardive", "approved",
            text("SELECT code FROM academie WHERE code <> '" + academie + "' LIMIT 1"));
    decided("lea.tardive@ecole.example", "Tardive");
    const auto file = with(row("lea.tardive@ecole.example", "Tardive", "99Z9999999TTT"));
    must("desk apply", file);
    BOOST_TEST(states() == "approved,done");
    // The other one stays until an officer turns it away: the same line is a difference for it, never a second elector.
    must_not("desk apply", file, "colonne academie");
    BOOST_TEST(voters() == 21);
}

BOOST_AUTO_TEST_CASE(a_faulty_file_is_refused_whole_and_nothing_else_is_done) {
    decided("un@ecole.example", "Un"), decided("deux@ecole.example", "Deux");
    database.admin().run(
        "INSERT INTO roll_change (voter_id, kind, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, decided_member) "
        "VALUES (3, 'strike', 'Mutation', 'approved', 'membre n° 6', UTC_TIMESTAMP(), 'membre n° 9', UTC_TIMESTAMP(), 6, 9)");
    const std::string good = row("un@ecole.example", "Un", "99Z9999999TTA");
    must_not("desk apply", with(good + row("deux@ecole.example", "Deux", "123")),
             "tardifs.csv, ligne 3, colonne numen : 13 lettres");
    must_not("desk apply", with(good + good), "adresse déjà donnée");
    must_not("desk apply", with(""), "aucun électeur");
    must_not("desk apply", {"--inscriptions", path("absent.csv")}, "absent.csv");
    BOOST_TEST(states() == "approved,approved,approved");
    must("desk apply", with(good));
    BOOST_TEST(states() == "done,approved,done");  // the timer's work goes with it
}

BOOST_AUTO_TEST_CASE(who_is_on_the_roll_already_is_impossible_in_words) {
    const std::string known = text("SELECT email FROM voter WHERE id = 2"), struck = text("SELECT email FROM voter WHERE id = 3");
    database.admin().run("UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE id = 3");
    decided("un@ecole.example", "Un"), decided("deux@ecole.example", "Deux");
    decided(known, "Trois"), decided(struck, "Quatre");
    must("desk apply", with(row("un@ecole.example", "Un", "99Z9999999TTA")));
    must_not(
        "desk apply",
        with(row("deux@ecole.example", "Deux", "99Z9999999TTA") + row(known, "Trois", "99Z9999999TTB") +
             row(struck, "Quatre", "99Z9999999TTC")),
        "3 lignes du fichier sont laissées, les autres sont faites :\n  tardifs.csv, ligne 2, colonne courriel : l’inscription n° 2 n’a pas pu "
        "être faite : le même NUMEN");
    BOOST_TEST(states() == "done,impossible,impossible,impossible");
    BOOST_TEST(holds(text("SELECT outcome FROM roll_change WHERE id = 2"), "le même NUMEN avec la même date de naissance"));
    BOOST_TEST(holds(text("SELECT outcome FROM roll_change WHERE id = 3"), "adresse déjà donnée à un autre électeur"));
    BOOST_TEST(holds(text("SELECT outcome FROM roll_change WHERE id = 4"), "personne radiée"));
    BOOST_TEST(count("SELECT COUNT(*) FROM roll_change WHERE identity_check <> ''") == 0);
    BOOST_TEST(voters() == 21);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 1);
    must_not("desk apply", {"--inscriptions", path("tardifs.csv")}, "n’a pas pu être faite");
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(an_officer_approves_or_turns_away_and_the_sealing_waits) {
    decided("un@ecole.example", "Un"), decided("deux@ecole.example", "Deux", "proposed"),
        decided("trois@ecole.example", "Trois", "proposed");
    BOOST_TEST(holds(said("roll"), "n° 2  inscription  deux@ecole.example"));
    must("roll approve", {"2"});
    BOOST_TEST(states() == "approved,approved,proposed");
    BOOST_TEST(
        holds(text("SELECT detail FROM audit WHERE action = 'roll'"), "inscription approuvée, n° 2, proposée par membre n° 6"));
    BOOST_TEST(voters() == 20);
    must("trustee demo-ceremony", {path("trustees")});
    must_not("seal", seal_words(), "--inscriptions");
    must("desk apply", with(row("deux@ecole.example", "Deux", "99Z9999999TTB")));
    must("roll refuse", {"1"});  // the file for him never comes
    BOOST_TEST(states() == "impossible,done,proposed");
    BOOST_TEST(text("SELECT CONCAT_WS('|', outcome, decided_by) FROM roll_change WHERE id = 1") ==
               "écartée par le bureau des élections : essai|membre n° 9");
    must_not("roll refuse", {"1"}, "déjà décidée");
    must_not("roll refuse", {"2"}, "déjà décidée");
    must("seal", seal_words());
    decided("quatre@ecole.example", "Quatre");  // approved in the moment before
    must("desk apply");
    BOOST_TEST(text("SELECT state FROM roll_change WHERE id = 4") == "impossible");
    BOOST_TEST(holds(text("SELECT outcome FROM roll_change WHERE id = 4"), "scellée"));
    decided("cinq@ecole.example", "Cinq");
    must_not("desk apply", with(row("cinq@ecole.example", "Cinq", "99Z9999999TTE")),
             "n’a pas pu être faite : l’élection est scellée");
    BOOST_TEST(voters() == 21);
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(what_another_hand_wrote_into_a_proposal_stops_nobody) {
    for (const char* detail : {"[]", "5", "nothing", "{\"email\":5,\"rights\":[5]}",
                               "{\"email\":\"deux@ecole.example\",\"email\":\"un@ecole.example\"}"})
        database.admin().execute(
            "INSERT INTO roll_change (kind, detail, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, decided_member, "
            "academie_code) VALUES ('add', ?, 'x', 'approved', 'membre n° 6', UTC_TIMESTAMP(), 'membre n° 9', UTC_TIMESTAMP(), 6, 9, ?)",
            {detail, academie});
    decided("un@ecole.example", "Un");
    must("roll approved");
    must("desk apply", with(row("un@ecole.example", "Un", "99Z9999999TTA")));
    BOOST_TEST(states() == "approved,approved,approved,approved,approved,done");
}

BOOST_AUTO_TEST_CASE(two_runs_at_once_add_each_once) {
    std::string rows;
    for (int i = 0; i < 8; ++i) {
        const std::string number = std::to_string(i);
        decided("tardif" + number + "@ecole.example", "Tardif" + number);
        rows += row("tardif" + number + "@ecole.example", "Tardif" + number, "99Z9999999TT" + number);
    }
    const Words words = with(rows);
    const auto apply = [&] {
        scrutinctl::Office his(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
        for (const cli::Command& command : scrutinctl::commands(his))
            if (command.name == "desk apply") (void)command.run(*cli::read_arguments(command, words));
    };
    std::thread one(apply), two(apply);
    one.join(), two.join();
    must("desk apply", words);
    BOOST_TEST(voters() == 28);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 8);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'roll'") == 8);
    must("audit verify");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace inscriptions_tests
