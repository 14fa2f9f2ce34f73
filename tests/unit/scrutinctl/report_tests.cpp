// SPDX-License-Identifier: AGPL-3.0-or-later
// Codes that were sent and serve nobody: somebody may be making the house send messages for their cost.
#include <boost/test/unit_test.hpp>
#include <iostream>
#include <sstream>

#include "scrutinctl/election_fixture.hpp"

namespace report_tests {

namespace {

struct Sent : test::ElectionFixture {
    Sent() {
        import_demo("120");
        database.admin().run("UPDATE calendar SET at = UTC_TIMESTAMP() - INTERVAL 1 DAY WHERE event = 'vote_opens'");
    }
    void send_codes(unsigned electors, unsigned hours_ago) {
        database.admin().run(
            "INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) SELECT id, UTC_TIMESTAMP() - INTERVAL " +
            std::to_string(hours_ago) + " HOUR, 'sent', 1, SHA2(CONCAT('" + std::to_string(hours_ago) +
            "', id), 256) FROM voter ORDER BY id LIMIT " + std::to_string(electors));
    }
    void let_vote(unsigned electors) {
        database.admin().run(
            "INSERT INTO emargement (scrutin_id, voter_id, voted_at) SELECT MIN(scrutin_id), voter_id, UTC_TIMESTAMP() FROM voter_scrutin "
            "GROUP BY voter_id ORDER BY voter_id LIMIT " +
            std::to_string(electors));
    }
    std::string report() {
        std::ostringstream said;
        std::streambuf* const before = std::cout.rdbuf(said.rdbuf());
        const util::Status done = run("reassort report");
        std::cout.rdbuf(before);
        BOOST_TEST(done.has_value());
        return said.str();
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(reassort_report, Sent)

BOOST_AUTO_TEST_CASE(many_codes_and_few_votes_are_an_alert) {
    send_codes(60, 2);
    let_vote(11);
    BOOST_TEST(report().find("ALERTE") != std::string::npos);
    BOOST_TEST(report().find("à 60 électeurs") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(codes_that_serve_are_none_nor_are_few_or_fresh_ones) {
    send_codes(60, 2);
    let_vote(12);
    BOOST_TEST(report().find("ALERTE") == std::string::npos);
    database.admin().run("DELETE FROM emargement");
    database.admin().run("DELETE FROM reassort_request");
    send_codes(49, 2);
    send_codes(80, 0);
    BOOST_TEST(report().find("ALERTE") == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace report_tests
