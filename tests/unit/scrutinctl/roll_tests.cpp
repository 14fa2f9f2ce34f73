// SPDX-License-Identifier: AGPL-3.0-or-later
// Changes of the roll: nothing without a second officer, nothing after the sealing, a line of the journal for each act and no name in it.
#include <boost/test/unit_test.hpp>

#include <unistd.h>

#include <thread>

#include "scrutinctl/election_fixture.hpp"

namespace roll_tests {

namespace {

// The system knows officers by their accounts; who is root says a name.
boost::test_tools::assertion_result may_name_officers(boost::unit_test::test_unit_id) { return getuid() == 0; }

struct Roll : test::ElectionFixture {
    Roll() {
        import_demo("20");
        database.admin().run("ALTER TABLE roll_change AUTO_INCREMENT = 1");  // the first is n° 1
        address = text("SELECT email FROM voter WHERE id = 1");
    }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
    // Another officer, at a machine of his own.
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
    void other_must(std::string_view name, const Words& words) {
        const auto done = other(name, words);
        BOOST_REQUIRE_MESSAGE(done.has_value(), std::string(name) + ": " + (done ? "" : done.error().detail));
    }
    void other_must_not(std::string_view name, const Words& words, std::string_view because) {
        const auto done = other(name, words);
        BOOST_REQUIRE(!done.has_value());
        BOOST_TEST(done.error().detail.find(because) != std::string::npos, done.error().detail);
    }
    bool is_struck() { return count("SELECT struck_off_at IS NOT NULL FROM voter WHERE id = 1") == 1; }
    void propose_strike() { must("roll strike", {"--elector", address, "--raison", "Mutation hors de l’académie"}); }

    std::string address;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(roll, Roll, *boost::unit_test::precondition(may_name_officers))

BOOST_AUTO_TEST_CASE(one_officer_alone_changes_nothing) {
    propose_strike();
    BOOST_TEST(!is_struck());
    must_not("roll approve", {"1"}, "vous avez proposé");
    BOOST_TEST(!is_struck());
    other_must("roll approve", {"1"});
    BOOST_TEST(is_struck());
    BOOST_TEST(text("SELECT struck_off_reason FROM voter WHERE id = 1") == "Mutation hors de l’académie");
    BOOST_TEST(text("SELECT CONCAT_WS('|', state, proposed_by, decided_by) FROM roll_change") == "approved|une officière|un autre");
    BOOST_TEST(
        text("SELECT GROUP_CONCAT(CONCAT(actor, ': ', detail) ORDER BY id SEPARATOR '\n') FROM audit WHERE action = 'roll'") ==
        "une officière: radiation proposée, n° 1 ; motif : essai\nun autre: radiation faite, n° 1, proposée par une officière");
    BOOST_TEST(text("SELECT GROUP_CONCAT(detail) FROM audit").find(address) == std::string::npos);
    other_must_not("roll approve", {"1"}, "déjà décidée");
    must_not("roll strike", {"--elector", address, "--raison", "encore"}, "déjà radiée");
    must("roll reinstate", {"--elector", address});
    other_must("roll approve", {"2"});
    BOOST_TEST(!is_struck());
    BOOST_TEST(text("SELECT struck_off_reason FROM voter WHERE id = 1").empty());
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(a_proposal_is_refused_or_taken_back) {
    propose_strike();
    other_must("roll refuse", {"1"});
    other_must_not("roll approve", {"1"}, "déjà décidée");
    propose_strike();
    must("roll refuse", {"2"});  // by who proposed it
    BOOST_TEST(!is_struck());
    must_not("roll approve", {"99"}, "aucune proposition");
    must_not("roll approve", {"1; DROP"}, "numéro");
}

BOOST_AUTO_TEST_CASE(a_corrected_name_is_sorted_anew_and_shows_at_once) {
    const auto version = count("SELECT data_version FROM election");
    must("roll correct", {"--elector", address, "--nom", "Zyx-Éluard", "--civilite", ""});
    BOOST_TEST(text("SELECT last_name FROM voter WHERE id = 1") != "Zyx-Éluard");
    must("roll");
    other_must("roll approve", {"1"});
    BOOST_TEST(text("SELECT CONCAT(civility, '|', last_name) FROM voter WHERE id = 1") == "|Zyx-Éluard");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter_scrutin WHERE voter_id = 1 AND sort_key NOT LIKE 'zyx%eluard %'") == 0);
    BOOST_TEST(count("SELECT data_version FROM election") > version);
    must_not("roll correct", {"--elector", address}, "que corriger");
    must_not("roll correct", {"--elector", address, "--nom", ""}, "--nom");
    must_not("roll correct", {"--elector", address, "--nom", std::string(81, 'a')}, "--nom");
    must_not("roll correct", {"--elector", "personne@ailleurs.example", "--nom", "X"}, "aucun électeur");
    must_not("roll strike", {"--elector", address}, "--raison");
}

BOOST_AUTO_TEST_CASE(two_decisions_at_once_are_one) {
    propose_strike();
    std::atomic<int> done = 0;
    const auto decide = [&](const char* name) {
        if (other(name, {"1"})) ++done;
    };
    std::thread one(decide, "roll approve"), two(decide, "roll refuse"), three(decide, "roll approve");
    one.join(), two.join(), three.join();
    BOOST_TEST(done == 1);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'roll'") == 2);
    BOOST_TEST(is_struck() == (text("SELECT state FROM roll_change") == "approved"));
}

BOOST_AUTO_TEST_CASE(a_reassort_that_its_owner_stopped_is_reopened_by_two) {
    must_not("roll reopen", {"--elector", address}, "n’a pas arrêté");
    database.admin().run(
        "INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) VALUES (1, UTC_TIMESTAMP(), 'frozen', 2, "
        "SHA2('f', 256))");
    must("roll reopen", {"--elector", address});
    other_must("roll approve", {"1"});
    BOOST_TEST(text("SELECT GROUP_CONCAT(CONCAT(outcome, generation) ORDER BY id) FROM reassort_request") == "frozen2,reopened2");
    must_not("roll reopen", {"--elector", address}, "n’a pas arrêté");
    must("reassort report");
}

BOOST_AUTO_TEST_CASE(the_sealing_ends_changes_even_proposed_ones_and_whoever_has_the_account) {
    propose_strike();
    must("trustee demo-ceremony", {path("trustees")});
    must("publish");
    must("seal", seal_words());
    other_must_not("roll approve", {"1"}, "scellée");
    must_not("roll reinstate", {"--elector", address}, "scellée");
    BOOST_TEST(!is_struck());
    for (const char* sql :
         {"UPDATE voter SET struck_off_at = UTC_TIMESTAMP() WHERE id = 1", "UPDATE voter SET last_name = 'X' WHERE id = 1",
          "UPDATE voter_scrutin SET sort_key = 'a' WHERE voter_id = 1"})
        BOOST_CHECK_THROW(office->db().execute(sql), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace roll_tests
