// SPDX-License-Identifier: AGPL-3.0-or-later
// A reminder asked for at the desk: by who manages the académie's roll, once in three days, told by numbers alone.
#include "bureau_fixture.hpp"

namespace relance_tests {

namespace {
struct RelanceFixture : test::BureauFixture {
    RelanceFixture() {
        for (unsigned voter = 100; voter < 150; ++voter)
            portal.add_voter(voter, "v" + std::to_string(voter) + "@ac-poitiers.example");
        db.run("ALTER TABLE desk_reminder AUTO_INCREMENT = 1");
    }
    test::Page ask(const char* academie = "poitiers") { return portal.post("/bureau/relances", {{"academie", academie}}); }
    bool is_offered() { return portal.get("/bureau/demandes").has("Demander une relance"); }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(relance_tests, RelanceFixture)

BOOST_AUTO_TEST_CASE(one_is_asked_for_in_three_days) {
    enter(k_gestionnaire);
    BOOST_TEST(is_offered());
    for (int twice = 0; twice < 2; ++twice) BOOST_TEST(ask().header("Location") == "/bureau/demandes");
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_reminder") == 1);
    BOOST_TEST(last_act() == "membre n° 6 desk-reminder académie « poitiers » : relance de ceux qui n’ont pas d’espace, demandée");
    BOOST_TEST(!is_offered());
    BOOST_TEST(portal.get("/bureau/demandes").has("à son prochain passage"));
    db.run("UPDATE desk_reminder SET state = 'done', written = 59, ended_at = '2026-12-05 11:05:00'");
    BOOST_TEST(portal.get("/bureau/demandes").has("59 courriels écrits"));
    BOOST_TEST(!portal.get("/bureau/demandes").has("v100@"));
    wait(std::chrono::hours{72} - std::chrono::seconds{1});
    enter(k_gestionnaire);
    BOOST_TEST(!is_offered());
    wait(std::chrono::seconds{1});
    BOOST_TEST(is_offered());
    ask();
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_reminder") == 2);
    // One that could not leave stands in nobody's way.
    db.run("UPDATE desk_reminder SET state = 'impossible', outcome = 'le vote est clos' WHERE id = 2");
    BOOST_TEST(portal.get("/bureau/demandes").has("n’est pas partie, le vote est clos"));
    BOOST_TEST(is_offered());
}

BOOST_AUTO_TEST_CASE(nobody_else_and_no_small_academie) {
    add_member_as(20, k_gestionnaire, "gestionnaire", "rouen");
    for (const unsigned seat : {k_president, k_expert, k_assistance, k_other}) {
        enter(seat);
        BOOST_TEST(ask().status == 404);
    }
    wait(std::chrono::seconds{60});  // a code serves once
    enter(k_assistance);
    BOOST_TEST(!is_offered());
    enter(k_gestionnaire);
    for (const char* other : {"rouen", "", "lyon"}) BOOST_TEST(ask(other).status == 404, other);  // Rouen has nobody
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_reminder") == 0);
}

BOOST_AUTO_TEST_CASE(none_before_the_portal_opens_and_none_after_the_close) {
    for (const char* hour : {"2026-10-01 10:00", "2026-12-10 17:00"}) {
        portal.clock.set(*domain::from_paris(hour));
        enter(k_gestionnaire);
        BOOST_TEST(!is_offered());
        ask();
    }
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_reminder") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace relance_tests
