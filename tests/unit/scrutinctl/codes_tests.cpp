// SPDX-License-Identifier: AGPL-3.0-or-later
// Codes made before the sealing: notices weeks ahead, changes of the roll until the eve, batches made anew; and each code votes in the end, where
// its elector votes and nowhere else.
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <sstream>

#include "domain/envelope.hpp"
#include "domain/pending_credentials.hpp"
#include "scrutinctl/election_fixture.hpp"

namespace codes_tests {

namespace {

boost::test_tools::assertion_result can_name_officers(boost::unit_test::test_unit_id) { return getuid() == 0; }

struct Codes : test::ElectionFixture {
    Codes() {
        import_demo("30");
        must("trustee demo-ceremony", {path("trustees")});
        database.admin().run("ALTER TABLE roll_change AUTO_INCREMENT = 1");
    }
    Words here(Words words = {}) const {
        words.insert(words.end(), {"--notices", path("notices")});
        return words;
    }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
    std::string address(unsigned voter) { return text("SELECT email FROM voter WHERE id = " + std::to_string(voter)); }
    // The last line of this elector in a file of notices; empty: none.
    std::string code_in(const std::string& file, unsigned voter) {
        std::istringstream lines(folder.read("notices/" + file));
        std::string line, code;
        while (std::getline(lines, line))
            if (line.starts_with(address(voter) + ";")) code = line.substr(line.rfind(';') + 1);
        return code;
    }
    bool opens(unsigned voter, const std::string& code) {
        const auto row =
            database.admin().select_one("SELECT voter_ref, generation, salt, nonce, ciphertext FROM envelope WHERE voter_id = ?",
                                        {voter});
        return row && domain::open_envelope({row->text(0), static_cast<unsigned>(row->number(1)), row->text(2), row->text(3),
                                             row->text(4)},
                                            code);
    }
    void approve() {
        scrutinctl::Office his(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
        his.set_actor("un autre");
        const auto number = std::to_string(count("SELECT MAX(id) FROM roll_change"));
        for (const cli::Command& command : scrutinctl::commands(his)) {
            if (command.name != "roll approve") continue;
            const auto done = command.run(*cli::read_arguments(command, {number}));
            BOOST_REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().detail));
        }
    }
    // Everybody votes with what the files of notices say, in each of his scrutins.
    void all_vote(const std::vector<std::string>& files) {
        must("open");
        for (const auto& file : files)
            must("rehearse", {"--ballots", "100000", "--notices", path("notices/" + file), "--vote-secrets", vote_secrets});
        BOOST_TEST(count("SELECT COUNT(*) FROM emargement") ==
                   count("SELECT COUNT(*) FROM voter_scrutin r JOIN voter v ON v.id = r.voter_id WHERE v.struck_off_at IS NULL"));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(codes, Codes, *boost::unit_test::precondition(can_name_officers))

BOOST_AUTO_TEST_CASE(codes_come_weeks_before_the_seal_which_then_makes_none) {
    {
        test::Said said;
        must("codes", here());
        BOOST_TEST(said.text().find("Lot 1 : 30 codes de vote faits. Ils sont dans " + path("notices/notices.csv") +
                                    " et nulle part ailleurs") != std::string::npos);
    }
    BOOST_TEST(state_of("ctm") == "draft");
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.credential") == 0);
    const std::string notices = folder.read("notices/notices.csv");
    must("codes", here());
    BOOST_TEST(folder.read("notices/notices.csv") == notices);
    BOOST_TEST(!std::filesystem::exists(folder / "notices/notices-2.csv"));
    must("seal", seal_words());
    BOOST_TEST(folder.read("notices/notices.csv") == notices);
    BOOST_TEST(std::filesystem::exists(folder / "notices/empreintes.csv"));
    BOOST_TEST(count("SELECT COUNT(*) FROM voter_code WHERE credentials <> ''") == 0);
    must_not("codes", here(), "est scellé");
    must_not("codes reissue", here({"--lot", "1"}), "est scellé");
    all_vote({"notices.csv"});
}

BOOST_AUTO_TEST_CASE(the_file_may_be_gone_once_its_batch_is_done) {
    must("codes", here());
    std::filesystem::remove_all(folder / "notices");
    must("seal", seal_words());
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.credential") == count("SELECT COUNT(*) FROM voter_scrutin"));
}

BOOST_AUTO_TEST_CASE(the_roll_changes_until_the_eve_and_codes_follow) {
    must("codes", here());
    const std::string before = code_in("notices.csv", 1);
    BOOST_TEST(opens(1, before));
    // Struck off: the code dies, and its fold is one to take back.
    must("roll strike", {"--elector", address(1), "--raison", "Mutation"});
    approve();
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope WHERE voter_id = 1") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM escrow WHERE voter_id = 1") == 0);
    {
        test::Said said;
        must("codes withdrawn");
        BOOST_TEST(said.text().find(address(1) + " ; lot 1 ; radié") != std::string::npos);
        BOOST_TEST(said.text().find("1 pli à retirer.") != std::string::npos);
    }
    // Back: another one, in a batch of its own.
    must("roll reinstate", {"--elector", address(1)});
    approve();
    must("codes", here());
    BOOST_TEST(!opens(1, before));
    BOOST_TEST(opens(1, code_in("notices-2.csv", 1)));
    BOOST_TEST(count("SELECT generation FROM envelope WHERE voter_id = 1") == 2);
    // A corrected line keeps its code.
    must("roll correct", {"--elector", address(2), "--affectation", "Une autre école"});
    approve();
    BOOST_TEST(opens(2, code_in("notices.csv", 2)));
    // Other scrutins: another code.
    const std::string left =
        text("SELECT s.code FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id WHERE r.voter_id = 3 LIMIT 1");
    const std::string fresh =
        text("SELECT code FROM scrutin WHERE id NOT IN (SELECT scrutin_id FROM voter_scrutin WHERE voter_id = 3) LIMIT 1");
    must_not("roll scrutins", {"--elector", address(3), "--ajoute", left, "--raison", "x"}, "vote déjà");
    must_not("roll scrutins", {"--elector", address(3), "--retire", fresh}, "ne vote pas");
    must_not("roll scrutins", {"--elector", address(3), "--ajoute", fresh}, "--raison TEXTE est attendue");
    must("roll scrutins", {"--elector", address(3), "--ajoute", fresh, "--retire", left, "--raison", "Détachement"});
    approve();
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope WHERE voter_id = 3") == 0);
    must("seal", seal_words());  // makes what is missing
    BOOST_TEST(opens(3, code_in("notices-3.csv", 3)));
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.credential") == count("SELECT COUNT(*) FROM voter_scrutin"));
    must("integrity");
    all_vote({"notices.csv", "notices-2.csv", "notices-3.csv"});
}

BOOST_AUTO_TEST_CASE(one_a_place_or_a_batch_is_made_anew_and_the_old_codes_open_nothing) {
    must("codes", here());
    const std::string one = code_in("notices.csv", 1), two = code_in("notices.csv", 2);
    must_not("codes reissue", here(), "de qui ?");
    must_not("codes reissue", here({"--voter", "personne@example.org"}), "aucun électeur de cette adresse");
    must_not("codes reissue", here({"--place", "Nulle part"}), "aucun code n’a été fait pour ce lieu");
    must_not("codes reissue", here({"--lot", "9"}), "aucun lot fini");
    must("codes reissue", here({"--voter", address(1)}));
    BOOST_TEST(!opens(1, one));
    BOOST_TEST(opens(1, code_in("notices-2.csv", 1)));
    BOOST_TEST(opens(2, two));
    const std::string place = text("SELECT notice_place FROM voter WHERE id = 2");
    const auto there = count("SELECT COUNT(*) FROM voter WHERE notice_place = (SELECT notice_place FROM voter WHERE id = 2)");
    must("codes reissue", here({"--place", place}));
    BOOST_TEST(!opens(2, two));
    BOOST_TEST(count("SELECT COUNT(*) FROM voter_code WHERE batch = 3") == there);
    must("codes reissue", here({"--lot", "1"}));
    BOOST_TEST(count("SELECT COUNT(*) FROM voter_code WHERE batch = 1") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope") == 30);
    must("seal", seal_words());
    all_vote({"notices-2.csv", "notices-3.csv", "notices-4.csv"});
}

BOOST_AUTO_TEST_CASE(an_import_after_codes_is_refused_in_words_and_loses_nothing) {
    must("publish");
    must("codes", here());
    must("demo", {path("other"), "--electors", "10"});
    must_not("import", {path("other")}, "des codes de vote sont déjà faits : la liste change désormais par « roll »");
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope") == 30);
    BOOST_TEST(state_of("ctm") == "published");
}

// Weeks in the database beside the elector's number: what waits says nothing without the binding key, and fits nobody else.
BOOST_AUTO_TEST_CASE(what_waits_for_the_seal_is_sealed_and_a_change_of_it_is_found) {
    must("codes", here());
    const std::string key(office->secret("binding_key").view());
    const std::string sealed = text("SELECT credentials FROM voter_code WHERE voter_id = 1");
    const auto lines = domain::open_pending(key, 1, sealed);
    BOOST_REQUIRE(lines);
    BOOST_TEST(std::count(lines->begin(), lines->end(), '\n') == count("SELECT COUNT(*) FROM voter_scrutin WHERE voter_id = 1"));
    BOOST_TEST(!domain::open_pending(key, 2, sealed));
    BOOST_TEST(!domain::open_pending("another key", 1, sealed));
    database.admin().run(
        "UPDATE voter_code a JOIN voter_code b ON b.voter_id = 2 SET a.credentials = b.credentials WHERE a.voter_id = 1");
    must_not("seal", seal_words(), "1 code n’est pas de la clé de liaison d’ici, ou changé en base");
    database.admin().execute("UPDATE voter_code SET credentials = ? WHERE voter_id = 1", {sealed});
    database.admin().run("DELETE FROM voter_scrutin WHERE voter_id = 1 LIMIT 1");
    must_not("seal", seal_words(), "1 inscription n’a pas sa clé");
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'sealed'") == 0);
}

BOOST_AUTO_TEST_CASE(while_a_batch_is_cut_off_the_roll_waits_and_no_code_is_made_anew) {
    must("codes", here());
    database.admin().run("UPDATE code_batch SET done_at = NULL");
    must_not("roll strike", {"--elector", address(1), "--raison", "Mutation"}, "un lot de codes de vote est inachevé");
    must_not("codes reissue", here({"--voter", address(1)}), "a été interrompu");
    must("codes", here());  // its file had its name already
    must("roll strike", {"--elector", address(1), "--raison", "Mutation"});
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace codes_tests
