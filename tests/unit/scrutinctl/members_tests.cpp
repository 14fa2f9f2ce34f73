// SPDX-License-Identifier: AGPL-3.0-or-later
// Who sits at the desk: files of members that hold and that do not, codes handed out by one officer once, and by two afterwards.
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include "scrutinctl/election_fixture.hpp"

namespace members_tests {

namespace {

// The system knows officers by their accounts; who is root says a name.
boost::test_tools::assertion_result may_name_officers(boost::unit_test::test_unit_id) { return getuid() == 0; }

struct Members : test::ElectionFixture {
    Members() {
        import_demo("20");
        database.admin().run("ALTER TABLE desk_member AUTO_INCREMENT = 1");
        database.admin().run("ALTER TABLE desk_recovery AUTO_INCREMENT = 1");
        address = text("SELECT email FROM voter WHERE id = 1");
        bureau = text("SELECT bureau FROM scrutin ORDER BY id LIMIT 1");
        academie = text("SELECT code FROM academie ORDER BY position LIMIT 1");
    }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
    std::string file(const std::string& lines) {
        folder.write("membres.csv", "courriel;bureau;academie;role\n" + lines);
        return path("membres.csv");
    }
    void import_president() { must("members import", {file(address + ";" + bureau + ";;Président\n")}); }
    util::Status other(std::string_view name, const Words& words) {
        scrutinctl::Office his(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
        his.set_actor("un autre");
        for (const cli::Command& command : scrutinctl::commands(his)) {
            if (command.name != name) continue;
            const auto arguments = cli::read_arguments(command, words);
            BOOST_REQUIRE(arguments.has_value());
            return command.run(*arguments);
        }
        return util::Done{};
    }
    void member_enrols() { database.admin().run("UPDATE desk_factor SET sealed = 'x', enrolled_at = '2026-11-20 08:00:00'"); }

    std::string address, bureau, academie;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(members_tests, Members, *boost::unit_test::precondition(may_name_officers))

BOOST_AUTO_TEST_CASE(a_file_adds_roles_once) {
    const std::string lines = address + ";" + bureau + ";;Président\n" + address + ";;" + academie + ";GESTIONNAIRE\n";
    must("members import", {file(lines)});
    BOOST_TEST(text("SELECT GROUP_CONCAT(CONCAT_WS('|', id, role, place) ORDER BY id SEPARATOR ' ') FROM desk_member") ==
               "1|president|" + bureau + " 2|gestionnaire|" + academie);
    must("members import", {file(lines)});
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_member") == 2);
    must("members");
    BOOST_TEST(text("SELECT GROUP_CONCAT(detail) FROM audit").find(address) == std::string::npos);
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(one_line_that_does_not_hold_and_nothing_is_imported) {
    const std::string good = address + ";" + bureau + ";;secrétaire\n";
    const std::pair<std::string, const char*> bad[] = {{"personne@ailleurs.example;" + bureau + ";;président\n",
                                                        "aucun électeur n’a cette adresse"},
                                                       {"pas une adresse;" + bureau + ";;président\n", "ce n’est pas une adresse"},
                                                       {address + ";" + bureau + ";" + academie + ";président\n", "l’un des deux"},
                                                       {address + ";;;président\n", "l’un des deux"},
                                                       {address + ";;" + academie + ";président\n",
                                                        "ce rôle est d’un bureau de vote"},
                                                       {address + ";" + bureau + ";;gestionnaire\n", "ce rôle est d’une académie"},
                                                       {address + ";Bureau inconnu;;président\n", "aucun scrutin n’a ce bureau"},
                                                       {address + ";;nulle-part;assistance\n", "aucune académie n’a ce code"},
                                                       {address + ";" + bureau + ";;roi\n", "un de président"}};
    for (const auto& [line, why] : bad) {
        must_not("members import", {file(good + line)}, why);
        must_not("members import", {path("membres.csv")}, "ligne 3");
        BOOST_TEST(count("SELECT COUNT(*) FROM desk_member") == 0);
    }
    must_not("members import", {path("absent.csv")}, "absent.csv");
}

BOOST_AUTO_TEST_CASE(one_officer_hands_out_a_code_until_it_has_served) {
    must_not("members enrol", {address}, "n’est membre");
    import_president();
    must("members enrol", {address, "--feuille", path("un.pdf")});
    const std::string first = text("SELECT enrol_hash FROM desk_factor");
    // The sheet was lost: another code, and the first is worth nothing.
    must("members enrol", {address, "--feuille", path("deux.pdf")});
    BOOST_TEST(text("SELECT enrol_hash FROM desk_factor") != first);
    BOOST_CHECK(std::filesystem::status(path("deux.pdf")).permissions() ==
                (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
    must_not("members enrol", {address, "--feuille", path("deux.pdf")}, "existe déjà");
    member_enrols();
    must_not("members enrol", {address}, "déjà son second facteur");
    // Nor by going out and coming back in.
    must("members remove", {address});
    must_not("members enrol", {address}, "n’est membre");
    import_president();
    must_not("members enrol", {address}, "déjà son second facteur");
    BOOST_TEST(text("SELECT sealed FROM desk_factor") == "x");
}

BOOST_AUTO_TEST_CASE(a_lost_factor_is_made_anew_by_two_officers) {
    import_president();
    must("members enrol", {address});
    member_enrols();
    must("members recover", {address});
    BOOST_TEST(text("SELECT sealed FROM desk_factor") == "x");
    must_not("members approve", {"1"}, "vous avez proposé");
    BOOST_TEST(text("SELECT sealed FROM desk_factor") == "x");
    BOOST_REQUIRE(other("members approve", {"1", "--motif", "essai"}).has_value());
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_factor WHERE sealed IS NULL AND enrolled_at IS NULL AND enrol_hash IS NOT NULL") ==
               1);
    const auto again = other("members approve", {"1", "--motif", "essai"});
    BOOST_REQUIRE(!again.has_value());
    BOOST_TEST(again.error().detail.find("déjà décidée") != std::string::npos);
    for (const char* wrong : {"2", "0", "x", "99999999999"})
        BOOST_TEST(!other("members approve", {wrong, "--motif", "essai"}).has_value());
    BOOST_TEST(text("SELECT GROUP_CONCAT(detail) FROM audit").find(address) == std::string::npos);
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(a_proposal_may_be_taken_back) {
    import_president();
    must("members enrol", {address});
    member_enrols();
    must("members recover", {address});
    must("members refuse", {"1"});
    BOOST_TEST(!other("members approve", {"1", "--motif", "essai"}).has_value());
    BOOST_TEST(text("SELECT sealed FROM desk_factor") == "x");
}

BOOST_AUTO_TEST_CASE(the_office_reads_no_factor_and_no_code) {
    db::Connection tool(database.settings("scrutinctl"));
    BOOST_CHECK_THROW(tool.select("SELECT sealed FROM desk_factor"), db::Error);
    BOOST_CHECK_THROW(tool.select("SELECT enrol_hash FROM desk_factor"), db::Error);
    BOOST_CHECK_THROW(tool.execute("DELETE FROM desk_factor"), db::Error);
    BOOST_CHECK_THROW(tool.select("SELECT 1 FROM desk_session"), db::Error);
}

BOOST_AUTO_TEST_CASE(an_expert_whom_no_roll_knows_has_a_space_and_is_nowhere_an_elector) {
    const auto guests = [&](const std::string& lines) {
        folder.write("membres.csv", "courriel;bureau;academie;role;civilite;nom;prenom\n" + lines);
        return Words{path("membres.csv")};
    };
    must_not("members import", guests("x@cabinet.example;" + bureau + ";;expert;M.;;Paul\n"), "son nom et son prénom");
    must_not("members import", {file("x@cabinet.example;" + bureau + ";;expert\n")}, "son nom et son prénom");
    must_not("members import", guests("x@cabinet.example;" + bureau + ";;président;M.;Durand;Paul\n"),
             "aucun électeur n’a cette adresse");
    must_not("members import", guests("x@cabinet.example;;" + academie + ";expert;M.;Durand;Paul\n"),
             "ce rôle est d’un bureau de vote");
    database.admin().run("UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE id = 2");
    must_not("members import", guests(text("SELECT email FROM voter WHERE id = 2") + ";" + bureau + ";;expert;M.;Durand;Paul\n"),
             "est radiée");
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_member") == 0);
    const std::string line = "X@cabinet.example;" + bureau + ";;expert;M.;Durand;Paul\n";
    for (int twice = 0; twice < 2; ++twice)
        must("members import", guests(line + "y@cabinet.example;" + bureau + ";;Expert;;Petit;Zoé\n"));
    BOOST_TEST(
        text(
            "SELECT GROUP_CONCAT(CONCAT_WS('|', id, email, last_name, academie_code IS NULL, struck_off_at IS NOT NULL) ORDER BY id SEPARATOR ' ') FROM "
            "voter WHERE id >= 4000000000") == "4000000000|x@cabinet.example|Durand|1|1 4000000001|y@cabinet.example|Petit|1|1");
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_member") == 2);
    must("members enrol", {"x@cabinet.example"});
    must_not("members import", guests("x@cabinet.example;" + bureau + ";;délégué;;;\n"), "un rôle d’expert seulement");
    // No officer makes an elector of him by mistake.
    must_not("roll reinstate", {"--elector", "x@cabinet.example"}, "aucun électeur");
    BOOST_CHECK_THROW(database.admin().run(
                          "INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason) VALUES (1, 4000000000, 'x', 'x')"),
                      db::Error);
    // Neither codes nor campaigns nor the seal know him, and he may come after the sealing too.
    must("invite");
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox WHERE recipient LIKE '%cabinet%'") == 0);
    must("trustee demo-ceremony", {path("trustees")});
    must("seal", seal_words());
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope") == 19);
    BOOST_TEST(count("SELECT COUNT(*) FROM seal WHERE text LIKE '%cabinet%' OR text LIKE '%Durand;Paul%'") == 0);
    must("members import", guests("z@cabinet.example;" + bureau + ";;expert;;Tard;Léa\n"));
    must("open");
}

BOOST_AUTO_TEST_CASE(another_import_leaves_the_experts_and_takes_no_address_of_theirs) {
    folder.write("membres.csv",
                 "courriel;bureau;academie;role;civilite;nom;prenom\nx@cabinet.example;" + bureau + ";;expert;M.;Durand;Paul\n");
    must("members import", {path("membres.csv")});
    database.admin().run(
        "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) VALUES (4000000000, '', UTC_TIMESTAMP(), UTC_TIMESTAMP())");
    must("demo", {path("other"), "--electors", "25", "--seed", "5"});
    std::string electors = folder.read("other/electeurs.csv");
    const auto first = electors.find('\n') + 1;
    const std::string theirs = electors.substr(first, electors.find(';', first) - first);
    must("import", {path("other"), "--yes"});
    BOOST_TEST(count("SELECT COUNT(*) FROM voter WHERE id < 4000000000") == 25);
    BOOST_TEST(count("SELECT COUNT(*) FROM account") == 1);
    database.admin().execute("UPDATE voter SET email = CONCAT(email, 'x') WHERE email = ?", {theirs});
    database.admin().execute("UPDATE voter SET email = ? WHERE id = 4000000000", {theirs});
    folder.write("other/electeurs.csv", electors + "\n");
    must_not("import", {path("other"), "--yes"}, "celle d’un expert");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace members_tests
