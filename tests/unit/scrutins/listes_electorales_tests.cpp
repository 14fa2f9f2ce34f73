// SPDX-License-Identifier: AGPL-3.0-or-later
// The rolls' pages: own scrutins only, no address, search, pages, the limit.
#include "scrutins_fixture.hpp"

namespace listes_electorales_tests {

namespace {
struct RollPagesFixture : test::ScrutinsFixture {
    RollPagesFixture() {
        for (unsigned i = 0; i < 120; ++i) {
            const unsigned id = 100 + i;
            portal.add_voter(id, "roll" + std::to_string(id) + "@ac-poitiers.example");
            db.execute("INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason) VALUES (1, ?, ?, '')",
                       {id, "dupont " + std::to_string(id)});
        }
    }
    static std::string href_of(const test::Page& page, const char* rel) {
        const auto at = page.body.find(std::string("rel=\"") + rel + "\" href=\"");
        if (at == std::string::npos) return {};
        const auto begin = page.body.find("href=\"", at) + 6;
        std::string href = page.body.substr(begin, page.body.find('"', begin) - begin);
        for (auto amp = href.find("&amp;"); amp != std::string::npos; amp = href.find("&amp;", amp)) href.replace(amp, 5, "&");
        for (auto slash = href.find("&#x2F;"); slash != std::string::npos; slash = href.find("&#x2F;", slash))
            href.replace(slash, 6, "/");
        return href;
    }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(listes_electorales_tests, RollPagesFixture)

BOOST_AUTO_TEST_CASE(the_choice_has_my_scrutins_alone) {
    const auto page = portal.get("/listes-electorales");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("/listes-electorales/capd-079"));
    BOOST_TEST(!page.has("capd-086"));
}

BOOST_AUTO_TEST_CASE(a_roll_shows_fifty_names_and_no_address) {
    const auto page = portal.get("/listes-electorales/ctm");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(test::count_of(page.body, "<tr><th scope=\"row\">") == 50u);
    BOOST_TEST(page.has("122 électeurs"));
    BOOST_TEST(page.has("École des Tilleuls"));
    BOOST_TEST(!page.has("roll100@"));
}

BOOST_AUTO_TEST_CASE(pages_go_forth_and_back) {
    const auto first = portal.get("/listes-electorales/ctm");
    BOOST_TEST(href_of(first, "prev").empty());
    const auto second = portal.get(href_of(first, "next"));
    BOOST_TEST(test::count_of(second.body, "<tr><th scope=\"row\">") == 50u);
    const auto third = portal.get(href_of(second, "next"));
    BOOST_TEST(test::count_of(third.body, "<tr><th scope=\"row\">") == 22u);
    BOOST_TEST(href_of(third, "next").empty());
    const auto back = portal.get(href_of(third, "prev"));
    BOOST_TEST(back.body.substr(back.body.find("<tbody>")) == second.body.substr(second.body.find("<tbody>")));
}

BOOST_AUTO_TEST_CASE(a_search_finds_by_the_beginning_of_the_name) {
    const auto found = portal.get("/listes-electorales/ctm?nom=DUPONT+10");
    BOOST_TEST(test::count_of(found.body, "<tr><th scope=\"row\">") == 10u);
    const auto none = portal.get("/listes-electorales/ctm?nom=upont");
    BOOST_TEST(none.status == 200);
    BOOST_TEST(none.has("Aucun électeur ne correspond"));
    const auto paged = portal.get("/listes-electorales/ctm?nom=dupont");
    BOOST_TEST(test::count_of(portal.get(href_of(paged, "next")).body, "<tr><th scope=\"row\">") == 50u);
}

BOOST_AUTO_TEST_CASE(another_scrutins_roll_is_not_found) {
    BOOST_TEST(test::same_page(portal.get("/listes-electorales/capd-086")) ==
               test::same_page(portal.get("/listes-electorales/inconnu")));
    BOOST_TEST(portal.get("/listes-electorales/capd-086").status == 404);
}

BOOST_AUTO_TEST_CASE(an_invented_page_is_refused) {
    BOOST_TEST(portal.get("/listes-electorales/ctm?page=1").status == 400);
    BOOST_TEST(portal.get("/listes-electorales/ctm?nom=dupont&page=YWJlbA.0").status == 400);  // outside the search
    BOOST_TEST(portal.get("/listes-electorales/ctm?tri=nom").status == 400);
}

BOOST_AUTO_TEST_CASE(a_copier_is_stopped_and_another_elector_is_not) {
    for (int page = 0; page < 120; ++page) BOOST_REQUIRE(portal.get("/listes-electorales/ctm?nom=dupont+100").status == 200);
    BOOST_TEST(portal.get("/listes-electorales/ctm?nom=dupont+100").status == 429);
    portal.sign_in(2);
    BOOST_TEST(portal.get("/listes-electorales/ctm").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace listes_electorales_tests
