// SPDX-License-Identifier: AGPL-3.0-or-later
// Participation and attendance as members read them, and each look at a name noted with who looked and not for whom.
#include "bureau_fixture.hpp"

namespace attendance_tests {

namespace {
struct AttendanceFixture : test::BureauFixture {
    // 60 of one category and 60 of another stand on the roll of ctm, 10 of a third; every second one of the first voted.
    AttendanceFixture() {
        for (unsigned voter = 100; voter < 230; ++voter) {
            portal.add_voter(voter, "v" + std::to_string(voter) + "@ac-poitiers.example");
            stand_on(voter, 1);
        }
        db.run("UPDATE voter SET personnel = 'Certifiés' WHERE id >= 160");
        db.run("UPDATE voter SET personnel = 'Inspectrices' WHERE id >= 220");
        for (unsigned voter = 100; voter < 160; voter += 2) vote(voter, 1, *domain::from_paris("2026-12-03 11:20"));
        vote(220, 1, *domain::from_paris("2026-12-04 09:05"));
    }
    test::Page look(const char* code, const std::string& name) {
        return portal.post("/bureau/scrutins/" + std::string(code) + "/emargements", {{"nom", name}});
    }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(attendance_tests, AttendanceFixture)

BOOST_AUTO_TEST_CASE(the_first_page_has_the_counters_of_ones_own_scrutins) {
    enter(k_president);
    const auto page = portal.get("/bureau");
    BOOST_TEST(page.has("Comité ministériel"));
    BOOST_TEST(page.has("CAPD des Deux-Sèvres"));
    BOOST_TEST(!page.has("Seine-Maritime"));
    BOOST_TEST(page.has("data-label=\"Inscrits\">130<"));
    BOOST_TEST(page.has("data-label=\"Émargements\">31<"));
    BOOST_TEST(page.has("data-label=\"Bulletins\">31<"));
    BOOST_TEST(!page.has("ne concorde pas"));
    db.run("DELETE FROM urne.ballot LIMIT 1");
    BOOST_TEST(portal.get("/bureau").has("30 (ne concorde pas)"));
}

BOOST_AUTO_TEST_CASE(participation_by_day_and_category_hides_the_few) {
    enter(k_president);
    const auto page = portal.get("/bureau/scrutins/ctm");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("3 décembre 2026"));
    BOOST_TEST(page.has("23,85\u202f%"));
    BOOST_TEST(page.has("<polyline points=\"0,300"));
    BOOST_TEST(page.has("PE et instituteur"));
    BOOST_TEST(page.has("autres (catégories de moins de 50 personnes)"));
    BOOST_TEST(!page.has("Inspectrices"));
    const auto csv = portal.get("/bureau/scrutins/ctm/participation.csv");
    BOOST_TEST(csv.header("Content-Type") == "text/csv; charset=utf-8");
    BOOST_TEST(csv.has("2026-12-03T10:00:00Z;ensemble;130;30;30"));
    BOOST_TEST(!csv.has("Inspectrices"));
    // Few in all: the law gives the bureau its counter, and nothing finer.
    stand_on(1, 2);
    const auto small = portal.get("/bureau/scrutins/capd-079");
    BOOST_TEST(small.has("seuls ses chiffres d’ensemble"));
}

BOOST_AUTO_TEST_CASE(figures_are_kept_for_a_minute_and_say_when_they_are_of) {
    enter(k_president);
    BOOST_TEST(portal.get("/bureau/scrutins/ctm").has("<dd>31</dd>"));
    vote(101, 1, portal.clock.now());
    BOOST_TEST(portal.get("/bureau/scrutins/ctm").has("<dd>31</dd>"));
    wait(std::chrono::seconds{60});
    BOOST_TEST(portal.get("/bureau/scrutins/ctm").has("<dd>32</dd>"));
}

BOOST_AUTO_TEST_CASE(votes_of_hours_that_are_over_are_counted_once_and_none_is_missed) {
    enter(k_president);
    const auto voted = [&](const char* number) {
        wait(std::chrono::seconds{60});
        const auto page = portal.get("/bureau/scrutins/ctm");
        BOOST_TEST(page.has("<dd>" + std::string(number) + "</dd>"), number);
        return portal.get("/bureau/scrutins/ctm/participation.csv").body;
    };
    voted("31");
    vote(101, 1, portal.clock.now());
    voted("32");
    wait(std::chrono::minutes{80});  // that hour is over, and so is his connection
    enter(k_president);
    vote(103, 1, portal.clock.now());
    const std::string csv = voted("33");
    // As another process finds it that has kept nothing.
    db.run("UPDATE election SET data_version = data_version + 1");
    BOOST_TEST(voted("33") == csv);
    vote(105, 1, *domain::from_paris("2026-12-03 11:21"));  // late, into an hour long over
    BOOST_TEST(voted("34").find("2026-12-03T10:00:00Z;ensemble;130;31;31") != std::string::npos);
    vote(107, 1, portal.clock.now());
    voted("35");
}

BOOST_AUTO_TEST_CASE(a_name_is_found_with_its_hour_and_the_look_is_in_the_journal) {
    enter(k_delegue);
    const auto page = look("ctm", " ÉLECTRICE100 ");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("a voté, jeudi 3 décembre 2026 à 11"));
    BOOST_TEST(last_act() == "membre n° 3 desk-attendance ctm : émargement cherché par nom, 1 ligne");
    BOOST_TEST(look("ctm", "electrice101").has("n’a pas voté"));
    BOOST_TEST(look("ctm", "personne").has("Aucun électeur"));
    BOOST_TEST(last_act() == "membre n° 3 desk-attendance ctm : émargement cherché par nom, 0 ligne");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE detail LIKE '%lectrice%' OR detail LIKE '%personne%'") == 0);
    BOOST_TEST(portal.get("/bureau/journal").has("émargement cherché par nom, 1 ligne"));
}

BOOST_AUTO_TEST_CASE(it_is_not_listed) {
    enter(k_delegue);
    const long before = count("SELECT COUNT(*) FROM audit");
    for (const char* name : {"", "e", "él", "%", "%%%", "___"}) {
        const auto page = look("ctm", name);
        BOOST_TEST(!page.has("a voté"));
        BOOST_TEST((page.status == 400) == (std::string_view(name).size() < 3 || std::string_view(name) == "él"));
    }
    BOOST_TEST(count("SELECT COUNT(*) FROM audit") == before + 2);
    const auto page = look("ctm", "electrice");
    BOOST_TEST(page.has("précisez le prénom"));
    BOOST_TEST(!page.has("Électrice121"));
    for (int i = 0; i < 57; ++i) BOOST_TEST(look("ctm", "electrice1").status == 200);
    BOOST_TEST(look("ctm", "electrice1").status == 429);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace attendance_tests
