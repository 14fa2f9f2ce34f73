// SPDX-License-Identifier: AGPL-3.0-or-later
// Which acts a bureau reads, and that those of another are not among them.
#include "bureau/journal_filter.hpp"
#include "bureau_fixture.hpp"

namespace journal_tests {

namespace {
struct JournalFixture : test::BureauFixture {
    void act(unsigned id, const char* actor, const char* action, const std::string& detail) {
        db.execute(
            "INSERT INTO audit (id, at, actor, action, detail, hash) VALUES (?, '2026-12-01 08:00:00', ?, ?, ?, REPEAT('0', 64))",
            {id, actor, action, detail});
    }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(journal_tests, JournalFixture)

BOOST_AUTO_TEST_CASE(a_bureau_reads_what_concerns_all_and_its_own_scrutins) {
    act(1, "root", "import", "abc 3 scrutins");
    act(2, "root", "open", "ctm ouvert");
    act(3, "root", "open", "capd-076 ouvert");
    act(4, "root", "calendar", "ctm et capd-076.");
    act(5, "root", "claims", "R-7K3M-9PQR : acceptée");
    act(6, "membre n° 8", "desk-attendance", "capd-076 : 1 ligne");
    act(7, "membre n° 6", "desk-claims", "R-7K3M-9PQR");
    act(8, "membre n° 3", "desk-attendance", "ctm : 2 lignes");
    enter(k_president);
    const auto page = portal.get("/bureau/journal");
    BOOST_TEST(page.status == 200);
    for (const char* seen : {"abc 3 scrutins", "ctm ouvert", "ctm et capd-076.", "ctm : 2 lignes", "entrée : Bureau central"})
        BOOST_TEST(page.has(seen), seen);
    for (const char* hidden : {"capd-076 ouvert", "R-7K3M-9PQR", "capd-076 : 1 ligne"}) BOOST_TEST(!page.has(hidden), hidden);
}

BOOST_AUTO_TEST_CASE(a_desk_act_of_nobody_known_is_shown_to_nobody) {
    const bureau::JournalFilter filter({{"ctm", "Bureau central"}}, {{1, "Bureau central"}}, {"Bureau central"});
    const auto shows = [&](const char* actor, const char* action, const char* detail) {
        return filter.shows({1, "", actor, action, detail, ""});
    };
    BOOST_TEST(shows("membre n° 1", "desk-enter", ""));
    for (const char* actor : {"membre n° 2", "membre n° ", "", "root", "membre n° 99999999999"})
        BOOST_TEST(!shows(actor, "desk-enter", "ctm"));
}

BOOST_AUTO_TEST_CASE(a_long_journal_is_leafed_through) {
    for (unsigned i = 1; i <= 400; ++i) act(i, "root", "open", (i % 2 == 0 ? "ctm n" : "capd-076 n") + std::to_string(i));
    enter(k_president);
    const auto first = portal.get("/bureau/journal");
    BOOST_TEST(first.has("ctm n400"));
    BOOST_TEST(!first.has("capd-076"));
    const auto at = first.body.find("/bureau/journal?avant=");
    BOOST_REQUIRE(at != std::string::npos);
    const auto second = portal.get(first.body.substr(at, first.body.find('"', at) - at));
    BOOST_TEST(second.status == 200);
    BOOST_TEST(second.has("ctm n300"));
    for (const char* bad : {"0", "-1", "x", "1x"})
        BOOST_TEST(portal.get(std::string("/bureau/journal?avant=") + bad).status == 400);
}

BOOST_AUTO_TEST_CASE(it_is_not_for_the_people_of_an_academie) {
    enter(k_gestionnaire);
    BOOST_TEST(portal.get("/bureau/journal").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace journal_tests
