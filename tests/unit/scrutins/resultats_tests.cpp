// SPDX-License-Identifier: AGPL-3.0-or-later
// Results: nothing before their time, then every figure.
#include "domain/local_time.hpp"
#include "scrutins_fixture.hpp"

namespace resultats_tests {

namespace {
struct ResultsFixture : test::ScrutinsFixture {
    ResultsFixture() {
        db.execute("INSERT INTO result VALUES (1, 1023211, 436321, 24619, 411702, FALSE, '2026-12-10 20:00:00')");
        db.execute(
            "INSERT INTO result_list (candidate_list_id, votes, seats) VALUES (10, 300000, 2), (11, 100000, 0), (12, 11702, 0)");
        set_state(1, "proclaimed");
        portal.cookie.clear();
    }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(resultats_tests, ResultsFixture)

BOOST_AUTO_TEST_CASE(before_the_date_no_figure_is_shown_to_anybody) {
    portal.clock.set(*domain::from_paris("2026-12-11 11:59:59"));
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("vendredi 11 décembre 2026 à 12\u00a0h\u00a000 (heure de Paris)"));
    BOOST_TEST(!page.has("300"));
    BOOST_TEST(!portal.get("/resultats").has("href=\"/resultats/ctm\""));
}

BOOST_AUTO_TEST_CASE(before_the_proclamation_no_figure_is_shown) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    set_state(1, "tallied");
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.has("pas encore proclamé"));
    BOOST_TEST(!page.has("436"));
}

BOOST_AUTO_TEST_CASE(the_page_has_every_figure_and_the_elected) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    const auto page = portal.get("/resultats/ctm");
    for (const char* figure :
         {"1\u202f023\u202f211", "436\u202f321", "42,64\u202f% des inscrits", "24\u202f619", "5,64\u202f% des votants",
          "411\u202f702", "300\u202f000", "72,87\u202f%", "M. Noé Alba", "M. Noé Doré", "/urne/ctm"}) {
        BOOST_TEST(page.has(figure), figure);
    }
    BOOST_TEST(
        (page.body.find("Titulaires") < page.body.find("Noé Alba") && page.body.find("Suppléants") < page.body.find("Noé Clair")));
    BOOST_TEST(!page.has("Noé Ébène"));
    BOOST_TEST(portal.get("/resultats").has("href=\"/resultats/ctm\""));
}

BOOST_AUTO_TEST_CASE(a_scrutin_without_votes_has_dashes_and_no_elected) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    db.execute("UPDATE result SET votants = 0, blancs = 0, exprimes = 0");
    db.execute("UPDATE result_list SET votes = 0, seats = 0");
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.has("Aucun suffrage n’a été exprimé"));
    BOOST_TEST(page.has(">–</td>"));
    BOOST_TEST(!page.has("– des votants"));
    BOOST_TEST(!page.has("Titulaires"));
}

BOOST_AUTO_TEST_CASE(a_needed_draw_is_told) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    BOOST_TEST(!portal.get("/resultats/ctm").has("tirage au sort du bureau"));
    db.execute("UPDATE result SET draw_needed = TRUE");
    BOOST_TEST(portal.get("/resultats/ctm").has("tirage au sort du bureau"));
}

BOOST_AUTO_TEST_CASE(an_unknown_or_draft_scrutin_is_not_found) {
    BOOST_TEST(portal.get("/resultats/inconnu").status == 404);
    BOOST_TEST(portal.get("/resultats/ccp").status == 404);
    BOOST_TEST(!portal.get("/resultats").has("CCP en préparation"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace resultats_tests
