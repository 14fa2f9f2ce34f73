// SPDX-License-Identifier: AGPL-3.0-or-later
// What the desk decided, carried out by the office's tool: each once, judged again, with a line in the journal that names both members; reminders that count
// and name nobody.
#include <boost/test/unit_test.hpp>

#include <iostream>
#include <regex>
#include <sstream>
#include <thread>

#include "scrutinctl/election_fixture.hpp"

namespace desk_apply_tests {

namespace {

struct DeskApply : test::ElectionFixture {
    DeskApply() {
        import_demo("20");
        auto& db = database.admin();
        db.run("ALTER TABLE roll_change AUTO_INCREMENT = 1");
        db.run("ALTER TABLE desk_reminder AUTO_INCREMENT = 1");
        academie = text("SELECT academie_code FROM voter WHERE id = 1");
        for (const char* who : {"un@ac.example", "deux@ac.example"})
            db.execute(
                "INSERT INTO desk_member (email, role, place, added_at) VALUES (?, 'gestionnaire', ?, '2026-11-01 00:00:00')",
                {who, academie});
    }
    std::string text(const std::string& sql) { return database.admin().select_one(sql)->text(0); }
    // As two members leave it.
    void decided(unsigned voter, const char* kind, const std::string& detail = "{}", const char* state = "approved") {
        database.admin().execute(
            "INSERT INTO roll_change (voter_id, kind, detail, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, "
            "decided_member, expires_at) VALUES (?, ?, ?, 'Mutation', ?, 'membre n° 6', UTC_TIMESTAMP(), 'membre n° 9', UTC_TIMESTAMP(), 6, 9, "
            "UTC_TIMESTAMP() + INTERVAL 7 DAY)",
            {voter, kind, detail, state});
    }
    void add_voter(unsigned voter) {
        database.admin().execute(
            "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, affectation, academie_code, "
            "departement, notice_place) SELECT ?, 1, CONCAT(?, email), civility, last_name, first_name, SHA2(?, 256), personnel, corps, affectation, "
            "academie_code, departement, notice_place FROM voter WHERE id = 1",
            {voter, voter, voter});
    }
    void remind() {
        database.admin().execute("INSERT INTO desk_reminder (academie_code, asked_by, asked_at) VALUES (?, 6, UTC_TIMESTAMP())",
                                 {academie});
    }
    // The number that « roll approved » gives to the strikes that it lists; empty: it lists none.
    std::string reading() {
        std::ostringstream said;
        std::streambuf* const before = std::cout.rdbuf(said.rdbuf());
        const util::Status done = run("roll approved");
        std::cout.rdbuf(before);
        BOOST_REQUIRE(done.has_value());
        const std::string words = said.str();
        std::smatch found;
        return std::regex_search(words, found, std::regex("--radiations-relues ([0-9]+-[0-9a-f]{12}) ")) ? found[1].str() : "";
    }
    void decided_strikes(unsigned first, unsigned count) {
        for (unsigned voter = first; voter < first + count; ++voter) {
            add_voter(voter);
            decided(voter, "strike");
        }
    }
    std::string struck() {
        return text("SELECT COALESCE(GROUP_CONCAT(id ORDER BY id), '') FROM voter WHERE struck_off_at IS NOT NULL");
    }
    std::string states() { return text("SELECT GROUP_CONCAT(state ORDER BY id) FROM roll_change"); }
    std::string last_act() { return text("SELECT CONCAT(action, ' ', detail) FROM audit ORDER BY id DESC LIMIT 1"); }
    std::string academie;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(desk_apply, DeskApply)

BOOST_AUTO_TEST_CASE(what_two_members_approved_is_made_once_and_names_both) {
    const std::string name = text("SELECT last_name FROM voter WHERE id = 2");
    decided(1, "strike");
    decided(2, "correct", "{\"last_name\":\"Éluard\",\"before\":{\"last_name\":\"" + name + "\"}}");
    decided(3, "strike", "{}", "proposed"), decided(4, "strike", "{}", "refused");
    const auto version = count("SELECT data_version FROM election");
    must("roll approved");
    must("desk apply");
    BOOST_TEST(states() == "done,done,proposed,refused");
    BOOST_TEST(text("SELECT GROUP_CONCAT(id) FROM voter WHERE struck_off_at IS NOT NULL") == "1");
    BOOST_TEST(text("SELECT struck_off_reason FROM voter WHERE id = 1") == "Mutation");
    BOOST_TEST(text("SELECT last_name FROM voter WHERE id = 2") == "Éluard");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter_scrutin WHERE voter_id = 2 AND sort_key NOT LIKE 'eluard %'") == 0);
    BOOST_TEST(count("SELECT data_version FROM election") > version);
    BOOST_TEST(text("SELECT GROUP_CONCAT(detail ORDER BY id SEPARATOR '\n') FROM audit WHERE action = 'roll'") ==
               "radiation faite, n° 1, proposée par membre n° 6, approuvée par membre n° 9\n"
               "correction faite, n° 2, proposée par membre n° 6, approuvée par membre n° 9");
    must("desk apply");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'roll'") == 2);
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(what_is_not_possible_any_more_says_why_and_stops_nothing) {
    decided(2, "correct", "{\"last_name\":\"Éluard\",\"before\":{\"last_name\":\"Un autre nom\"}}");
    decided(3, "reinstate");
    decided(4, "correct", "{\"last_name\":5,\"before\":{}}");
    decided(5, "correct", "{\"last_name\":\"\"}");
    decided(6, "correct", "{\"before\":5,\"last_name\":\"Y\"}");
    decided(7, "strike");
    must("desk apply");
    BOOST_TEST(states() == "impossible,impossible,impossible,impossible,impossible,done");
    BOOST_TEST(
        text("SELECT GROUP_CONCAT(outcome ORDER BY id SEPARATOR '|') FROM roll_change WHERE id < 4") ==
        "la ligne a changé depuis la proposition (nom)|cette personne n’est pas radiée|la valeur proposée ne peut pas être enregistrée (nom)");
    BOOST_TEST(
        text("SELECT detail FROM audit WHERE detail LIKE '%n° 2,%'") ==
        "réinscription impossible, n° 2, proposée par membre n° 6, approuvée par membre n° 9 : cette personne n’est pas radiée");
}

BOOST_AUTO_TEST_CASE(a_code_dies_with_its_line_and_the_sealing_waits_for_what_was_decided) {
    must("trustee demo-ceremony", {path("trustees")});
    must("codes", {"--notices", path("notices")});
    decided(1, "strike");
    must_not("seal", seal_words(), "desk apply");
    must("desk apply");
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope WHERE voter_id = 1") == 0);
    BOOST_TEST(text("SELECT cause FROM withdrawn_notice") == "struck");
    must("seal", seal_words());
    decided(2, "strike");  // approved in the moment before
    database.admin().run(
        "INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) VALUES (3, UTC_TIMESTAMP(), 'frozen', 1, REPEAT('1', 64))");
    decided(3, "reopen");
    must("desk apply");
    BOOST_TEST(text("SELECT outcome FROM roll_change WHERE id = 2").find("scellée") != std::string::npos);
    BOOST_TEST(count("SELECT struck_off_at IS NULL FROM voter WHERE id = 2") == 1);
    BOOST_TEST(count("SELECT COUNT(*) FROM reassort_request WHERE voter_id = 3 AND outcome = 'reopened'") == 1);
}

BOOST_AUTO_TEST_CASE(an_officer_may_decide_for_a_lone_member_and_not_after_its_week) {
    decided(1, "strike", "{}", "proposed"), decided(2, "strike", "{}", "proposed");
    database.admin().run("UPDATE roll_change SET expires_at = UTC_TIMESTAMP() - INTERVAL 1 SECOND WHERE id = 2");
    must("roll approve", {"1"});
    must_not("roll approve", {"2"}, "périmée");
    BOOST_TEST(states() == "done,proposed");
    must("desk apply");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'roll'") == 1);
}

BOOST_AUTO_TEST_CASE(many_strikes_at_once_are_read_by_an_officer_first) {
    decided_strikes(100, 51);
    decided(2, "correct", "{\"last_name\":\"Éluard\"}");
    must_not("desk apply", {}, "51 radiations attendent");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter WHERE struck_off_at IS NOT NULL") == 0);
    BOOST_TEST(text("SELECT last_name FROM voter WHERE id = 2") == "Éluard");
    must("desk apply", {"--radiations-relues", reading()});
    BOOST_TEST(count("SELECT COUNT(*) FROM voter WHERE struck_off_at IS NOT NULL") == 51);
    BOOST_TEST(last_act() == "roll radiations relues : 51");
    // Read and made, they count no more: fifty others go on by themselves, and the next waits.
    decided_strikes(200, 1);
    must("desk apply");
    decided_strikes(201, 49);
    must("desk apply");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter WHERE struck_off_at IS NOT NULL") == 101);
    decided_strikes(300, 1);
    must_not("desk apply", {}, "1 radiation attend, et 50 sont faites depuis un jour ou la dernière relecture");
    // The table's rows are no witness: whoever makes them look older is told by the journal.
    database.admin().run("UPDATE roll_change SET ended_at = ended_at - INTERVAL 25 HOUR WHERE state = 'done'");
    must_not("desk apply", {}, "1 radiation attend, et 50 sont faites");
    // A day later it is the first of another.
    folder.write("clock", std::to_string(25 * 3600));
    must("desk apply");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter WHERE struck_off_at IS NOT NULL") == 102);
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(a_strike_that_was_approved_after_the_reading_is_not_made_with_those_that_were_read) {
    decided_strikes(100, 2);
    const std::string number = reading();
    decided_strikes(200, 1);
    must("desk apply", {"--radiations-relues", number});
    BOOST_TEST(struck() == "100,101");
    BOOST_TEST(last_act() == "roll radiations relues : 2");
    BOOST_TEST(states() == "done,done,approved");
    must("desk apply");  // one alone needs no reading
    BOOST_TEST(struck() == "100,101,200");
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(a_strike_approved_late_stands_behind_the_others_though_it_was_proposed_before_them) {
    add_voter(99);
    decided(99, "strike", "{}", "proposed");
    decided_strikes(100, 2);
    const std::string number = reading();
    database.admin().run(
        "UPDATE roll_change SET state = 'approved', decided_at = decided_at + INTERVAL 1 SECOND WHERE voter_id = 99");
    must("desk apply", {"--radiations-relues", number});
    BOOST_TEST(struck() == "100,101");
}

BOOST_AUTO_TEST_CASE(a_number_that_is_not_of_what_waits_is_refused_and_nothing_is_done) {
    must_not("desk apply", {"--radiations-relues", "1-000000000000"}, "aucune radiation n’attend ; rien n’est fait");
    decided_strikes(100, 3);
    decided(2, "correct", "{\"last_name\":\"Éluard\"}");
    remind();
    const std::string number = reading(), untouched = "approved,approved,approved,approved";
    for (const std::string& wrong :
         {std::string("51"), std::string("3"), std::string("-"), std::string(), "2" + number.substr(1),
          number.substr(0, 13) + (number.back() == '0' ? "1" : "0"), number + " ", std::string("tout\n")})
        must_not("desk apply", {"--radiations-relues", wrong}, "3 radiations attendent, et ce ne sont pas celles de cette lecture");
    // One of those that he read says something else now, or is not there any more.
    database.admin().run("UPDATE roll_change SET reason = 'Décès' WHERE voter_id = 101");
    must_not("desk apply", {"--radiations-relues", number}, "rien n’est fait");
    database.admin().run("UPDATE roll_change SET reason = 'Mutation' WHERE voter_id = 101");
    database.admin().run("UPDATE roll_change SET state = 'impossible', ended_at = UTC_TIMESTAMP() WHERE voter_id = 100");
    must_not("desk apply", {"--radiations-relues", number}, "2 radiations attendent");
    database.admin().run("UPDATE roll_change SET state = 'approved', ended_at = NULL WHERE voter_id = 100");
    BOOST_TEST(states() == untouched);
    BOOST_TEST(text("SELECT state FROM desk_reminder") == "asked");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action IN ('roll', 'invite')") == 0);
    must("desk apply", {"--radiations-relues", number});
    must_not("desk apply", {"--radiations-relues", number}, "aucune radiation n’attend");  // said twice
    BOOST_TEST(struck() == "100,101,102");
    BOOST_TEST(reading() == "");
}

BOOST_AUTO_TEST_CASE(a_reminder_goes_to_those_without_a_space_of_that_academie_and_spares_who_was_just_written_to) {
    auto& db = database.admin();
    const auto people = "academie_code = '" + academie + "'";
    const auto first = text("SELECT MIN(id) FROM voter WHERE " + people),
               second = text("SELECT MIN(id) FROM voter WHERE id > " + first + " AND " + people);
    db.run("INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) VALUES (" + first +
           ", '', UTC_TIMESTAMP(), UTC_TIMESTAMP())");
    db.run("INSERT INTO invitation (campaign, voter_id, leaves_at) VALUES ('invitation', " + second +
           ", UTC_TIMESTAMP() - INTERVAL 2 DAY)");
    const long wanted = count("SELECT COUNT(*) FROM voter WHERE " + people) - 2;
    BOOST_REQUIRE(wanted > 0);
    remind();
    must("desk apply");
    BOOST_TEST(text("SELECT CONCAT_WS('|', state, written) FROM desk_reminder") == "done|" + std::to_string(wanted));
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == wanted);
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox o JOIN voter v ON v.email = o.recipient WHERE v." + people) == wanted);
    BOOST_TEST(last_act() == "invite relance n° 1, académie « " + academie + " », demandée par membre n° 6 : " +
                                 std::to_string(wanted) + (wanted > 1 ? " personnes" : " personne"));
    remind();  // the same people once more, too soon
    must("desk apply");
    BOOST_TEST(text("SELECT CONCAT_WS('|', state, written) FROM desk_reminder WHERE id = 2") == "done|0");
    db.run("UPDATE invitation SET leaves_at = leaves_at - INTERVAL 4 DAY");
    remind();
    must("desk apply");
    BOOST_TEST(text("SELECT written FROM desk_reminder WHERE id = 3") == std::to_string(wanted + 1));
}

BOOST_AUTO_TEST_CASE(no_reminder_leaves_once_the_vote_is_closed) {
    database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() - INTERVAL 1 HOUR WHERE event = 'vote_closes'");
    remind();
    must("desk apply");
    BOOST_TEST(text("SELECT CONCAT_WS('|', state, outcome) FROM desk_reminder") == "impossible|le vote est clos");
    BOOST_TEST(count("SELECT COUNT(*) FROM outbox") == 0);
}

BOOST_AUTO_TEST_CASE(two_runs_at_once_make_each_change_once) {
    for (unsigned voter = 1; voter <= 10; ++voter) decided(voter, "strike");
    remind();
    const auto apply = [&] {
        scrutinctl::Office his(path("portail.toml"), (test::DatabaseServer::instance().folder() / "secrets/scrutinctl").string());
        for (const cli::Command& command : scrutinctl::commands(his))
            if (command.name == "desk apply") (void)command.run({});
    };
    std::thread one(apply), two(apply);
    one.join(), two.join();
    must("desk apply");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter WHERE struck_off_at IS NOT NULL") == 10);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'roll'") == 10);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'invite'") == 1);
    must("audit verify");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace desk_apply_tests
