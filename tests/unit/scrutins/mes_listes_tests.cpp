// SPDX-License-Identifier: AGPL-3.0-or-later
// A delegate sees his union's lists before their date, and no way leads to another's: by address, by number, by a page that another was given.
#include "scrutins_fixture.hpp"

namespace mes_listes_tests {

namespace {

// Elector 1 is the delegate of list 10, elector 2 of lists 11 and 20 (a draft); it is before the date of the lists.
struct DelegateFixture : test::ScrutinsFixture {
    DelegateFixture() {
        add_list(20, 4, 1, "Canal des AESH", {"Houx"});
        db.execute("INSERT INTO profession_de_foi (candidate_list_id, pdf) VALUES (11, '%PDF-1.7 canal')");
        db.execute("INSERT INTO list_delegate (voter_id, candidate_list_id) VALUES (1, 10), (2, 11), (2, 20)");
        sit(1);
    }
    void sit(unsigned voter) {
        portal.clock.set(*domain::from_paris("2026-11-09 09:59:59"));
        portal.sign_in(voter);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(mes_listes_tests, DelegateFixture)

BOOST_AUTO_TEST_CASE(a_delegate_sees_his_own_list_before_its_date_marked) {
    const auto page = portal.get("/mes-listes");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Union des Tilleuls"));
    BOOST_TEST(page.has("Non publiée"));
    BOOST_TEST(page.has("Noé Alba"));
    BOOST_TEST(page.has("lundi 9 novembre 2026 à 10\u00a0h\u00a000"));
    BOOST_TEST(page.header("Cache-Control").find("no-store") != std::string::npos);
    BOOST_TEST(portal.get("/mes-listes/1/profession-de-foi").body == std::string("%PDF-1.7 \0\xff essai", 18));
}

BOOST_AUTO_TEST_CASE(nothing_of_another_unions_list_is_on_any_page_of_his) {
    for (const char* path : {"/mes-listes", "/scrutins", "/scrutins/ctm", "/scrutins/capd-079"}) {
        const auto page = portal.get(path);
        for (const char* word : {"Canal", "Ébène", "Fauve", "Sigle seul", "Houx"})
            BOOST_TEST(!page.has(word), std::string(path) + " " + word);
    }
    for (const char* path :
         {"/mes-listes/2/profession-de-foi", "/mes-listes/0/profession-de-foi", "/mes-listes/10/profession-de-foi",
          "/mes-listes/11/profession-de-foi", "/mes-listes/1x/profession-de-foi", "/mes-listes/-1/profession-de-foi",
          "/mes-listes/99999999999999999999/profession-de-foi", "/scrutins/ctm/listes/2/profession-de-foi",
          "/scrutins/ctm/listes/1/profession-de-foi", "/mes-listes/1", "/mes-listes/ctm/profession-de-foi"})
        BOOST_TEST(portal.get(path).status == 404, path);
}

// Before and after one another, from one worker that keeps pages.
BOOST_AUTO_TEST_CASE(two_delegates_one_after_the_other_never_get_each_others_page) {
    for (int round = 0; round < 3; ++round) {
        sit(1);
        portal.get("/scrutins/ctm");
        auto page = portal.get("/mes-listes");
        BOOST_TEST(page.has("Union des Tilleuls"));
        BOOST_TEST(!page.has("Canal"));
        sit(2);
        BOOST_TEST(!portal.get("/scrutins/ctm").has("Tilleuls, "));
        page = portal.get("/mes-listes");
        BOOST_TEST(page.has("Syndicat &lt;du&gt; Canal"));
        BOOST_TEST(page.has("Canal des AESH"));  // of a scrutin that is a draft still
        BOOST_TEST(!page.has("Union des Tilleuls"));
        BOOST_TEST(portal.get("/mes-listes/1/profession-de-foi").body == "%PDF-1.7 canal");
        BOOST_TEST(portal.get("/mes-listes/2/profession-de-foi").status == 404);
    }
}

BOOST_AUTO_TEST_CASE(who_is_no_delegate_sees_none_and_reads_why) {
    portal.add_voter(3, "zoe.trois@ac-poitiers.example");
    sit(3);
    const auto page = portal.get("/mes-listes");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("délégué d’aucune liste"));
    for (const char* word : {"Tilleuls", "Canal", "Non publiée"}) BOOST_TEST(!page.has(word), word);
    BOOST_TEST(portal.get("/mes-listes/1/profession-de-foi").status == 404);
    portal.cookie.clear();
    BOOST_TEST(portal.get("/mes-listes").header("Location").starts_with("/connexion"));
    BOOST_TEST(portal.get("/mes-listes/1/profession-de-foi").header("Location").starts_with("/connexion"));
}

BOOST_AUTO_TEST_CASE(after_their_date_they_are_everybodys_and_the_mark_goes) {
    portal.clock.set(*domain::from_paris("2026-11-09 10:00:00"));
    portal.sign_in(1);
    const auto page = portal.get("/mes-listes");
    BOOST_TEST(!page.has("Non publiée"));
    BOOST_TEST(page.has("affichées à tous les électeurs depuis"));
}

// The same link for everybody: the page that it stands on is kept and shared.
BOOST_AUTO_TEST_CASE(the_page_of_a_scrutin_leads_there_before_the_date) {
    BOOST_TEST(portal.get("/scrutins/ctm").has("href=\"/mes-listes\""));
    portal.clock.set(*domain::from_paris("2026-11-09 10:00:00"));
    portal.sign_in(1);
    BOOST_TEST(!portal.get("/scrutins/ctm").has("href=\"/mes-listes\""));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mes_listes_tests
