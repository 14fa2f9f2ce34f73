// SPDX-License-Identifier: AGPL-3.0-or-later
// What an operator may do with open connections, with the account's own rights on a real database.
#include <boost/test/unit_test.hpp>

#include "scrutinctl/election_fixture.hpp"

namespace sessions_tests {

namespace {

struct Connected : test::ElectionFixture {
    Connected() { import_demo("20"); }
    // `number` connections of a voter (0: of visitors), begun `minutes` from now.
    void connect(unsigned voter, int number, int minutes = -30) {
        const std::string at = "UTC_TIMESTAMP() + INTERVAL " + std::to_string(minutes) + " MINUTE";
        database.admin().run("INSERT INTO session (id_hash, voter_id, created_at, last_seen_at, expires_at) SELECT SHA2(CONCAT('" +
                             std::to_string(voter) + at + "', seq), 256), " + (voter == 0 ? "NULL" : std::to_string(voter)) + ", " +
                             at + ", UTC_TIMESTAMP(), UTC_TIMESTAMP() + INTERVAL 1 HOUR FROM seq_1_to_" + std::to_string(number));
    }
    std::string address_of(unsigned voter) {
        return database.admin().select_one("SELECT email FROM voter WHERE id = ?", {voter})->text(0);
    }
    std::string last_act() {
        const auto row = database.admin().select_one("SELECT action, detail FROM audit ORDER BY id DESC LIMIT 1");
        return row->text(0) + "|" + row->text(1);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sessions, Connected)

BOOST_AUTO_TEST_CASE(one_person_is_put_out_and_nobody_else) {
    connect(1, 3);
    connect(2, 1);
    connect(0, 2);
    must("sessions");
    must("sessions end", {"--elector", "  " + address_of(1) + " ", "--motif", "poste volé"});
    BOOST_TEST(count("SELECT COUNT(*) FROM session WHERE voter_id = 1") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM session") == 3);
    BOOST_TEST(last_act() == "sessions|d’une personne : 3 connexions terminées ; motif : poste volé");
    must("sessions end", {"--elector", address_of(1)});  // nothing left to end: said, and noted
    BOOST_TEST(last_act() == "sessions|d’une personne : 0 connexion terminée ; motif : essai");
    must_not("sessions end", {"--elector", "personne@ailleurs.example"}, "aucun électeur n’a cette adresse");
}

BOOST_AUTO_TEST_CASE(all_are_put_out_but_who_came_back_meanwhile) {
    connect(1, 700);
    connect(0, 600);
    connect(2, 1, +5);
    must("sessions end", {"--all", "--yes"});
    BOOST_TEST(count("SELECT COUNT(*) FROM session") == 1);
    BOOST_TEST(last_act() == "sessions|de tous : 701 personnes connectées, 600 visiteurs dans un formulaire ; motif : essai");
    must("audit verify");
}

BOOST_AUTO_TEST_CASE(neither_or_both_is_no_order) {
    connect(1, 1);
    must_not("sessions end", {}, "l’un des deux");
    must_not("sessions end", {"--all", "--elector", address_of(1), "--yes"}, "l’un des deux");
    BOOST_TEST(count("SELECT COUNT(*) FROM session") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace sessions_tests
