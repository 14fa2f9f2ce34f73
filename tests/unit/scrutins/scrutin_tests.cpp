// SPDX-License-Identifier: AGPL-3.0-or-later
// One scrutin, its lists in equal boxes, professions de foi.
#include "scrutins_fixture.hpp"

namespace scrutin_tests {

BOOST_FIXTURE_TEST_SUITE(scrutin_tests, test::ScrutinsFixture)

BOOST_AUTO_TEST_CASE(lists_stand_in_the_order_of_the_draw_each_in_the_same_box) {
    const auto page = portal.get("/scrutins/ctm");
    BOOST_TEST(page.status == 200);
    const auto first = page.body.find("1. Union des Tilleuls"), second = page.body.find("2. Syndicat"),
               third = page.body.find("3. Sigle seul");
    BOOST_TEST((first < second && second < third && third != std::string::npos));
    BOOST_TEST(test::count_of(page.body, "<li class=\"p-card\" id=\"liste-") == 3u);
    BOOST_TEST((page.body.find("Noé Alba") < page.body.find("Noé Brun")));
    BOOST_TEST(page.has("Scrutin sur sigle"));
}

BOOST_AUTO_TEST_CASE(names_are_shown_as_text) {
    const auto page = portal.get("/scrutins/ctm");
    BOOST_TEST(page.has("Syndicat &lt;du&gt; Canal"));
    BOOST_TEST(!page.has("<du>"));
}

BOOST_AUTO_TEST_CASE(a_common_list_has_its_sharing_key_beside_its_unions) {
    BOOST_TEST(!portal.get("/scrutins/ctm").has("Liste commune"));
    db.run("INSERT INTO list_union SELECT id, 1, 'SUD', 6000 FROM candidate_list WHERE scrutin_id = 1 AND position = 2");
    db.run("INSERT INTO list_union SELECT id, 2, 'Un <b>', 4000 FROM candidate_list WHERE scrutin_id = 1 AND position = 2");
    db.run("UPDATE election SET data_version = data_version + 1");
    const auto page = portal.get("/scrutins/ctm");
    BOOST_TEST(page.has("Liste commune. Partage des voix&nbsp;: SUD 60\u00a0%, Un &lt;b&gt; 40\u00a0%."));
    BOOST_TEST(test::count_of(page.body, "Liste commune") == 1u);
    BOOST_TEST(test::count_of(page.body, "<li class=\"p-card\" id=\"liste-") == 3u);
    BOOST_TEST((page.body.find("Noé Alba") < page.body.find("Noé Brun")));
}

BOOST_AUTO_TEST_CASE(a_logo_is_named_by_its_digest_with_its_size) {
    BOOST_TEST(!portal.get("/scrutins/ctm").has("p-logo"));
    db.execute("INSERT INTO list_logo SELECT id, ?, 300, 150, 'png' FROM candidate_list WHERE scrutin_id = 1 AND position = 2",
               {std::string(64, 'a')});
    db.run("INSERT INTO list_union SELECT id, 1, 'SUD', 6000 FROM candidate_list WHERE scrutin_id = 1 AND position = 2");
    db.run("INSERT INTO list_union SELECT id, 2, 'FO', 4000 FROM candidate_list WHERE scrutin_id = 1 AND position = 2");
    db.run("UPDATE election SET data_version = data_version + 1");
    const auto page = portal.get("/scrutins/ctm");
    BOOST_TEST(page.has("src=\"/logos/" + std::string(64, 'a') + ".png\" alt=\"Logo de la liste "));
    BOOST_TEST(page.has("width=\"300\" height=\"150\""));
    BOOST_TEST(test::count_of(page.body, "p-logo") == 1u);
    BOOST_TEST(test::count_of(page.body, "Liste commune") == 1u);
}

BOOST_AUTO_TEST_CASE(before_their_date_lists_are_a_date) {
    at("2026-11-09 09:59:59");
    const auto page = portal.get("/scrutins/ctm");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("lundi 9 novembre 2026 à 10\u00a0h\u00a000 (heure de Paris)"));
    BOOST_TEST(!page.has("Union des Tilleuls"));
    BOOST_TEST(portal.get("/scrutins/ctm/listes/1/profession-de-foi").status == 404);
}

BOOST_AUTO_TEST_CASE(anothers_scrutin_looks_exactly_like_an_unknown_one) {
    const auto unknown = portal.get("/scrutins/inconnu"), others = portal.get("/scrutins/capd-086"),
               draft = portal.get("/scrutins/ccp");
    BOOST_TEST(unknown.status == 404);
    BOOST_TEST(others.status == 404);
    BOOST_TEST(test::same_page(others) == test::same_page(unknown));
    BOOST_TEST(test::same_page(draft) == test::same_page(unknown));
}

BOOST_AUTO_TEST_CASE(a_profession_de_foi_is_the_pdf_byte_for_byte) {
    const auto pdf = portal.get("/scrutins/ctm/listes/1/profession-de-foi");
    BOOST_TEST(pdf.status == 200);
    BOOST_TEST(pdf.header("Content-Type") == "application/pdf");
    BOOST_TEST(pdf.body == std::string("%PDF-1.7 \0\xff essai", 18));
}

BOOST_AUTO_TEST_CASE(no_other_profession_de_foi_is_found) {
    for (const char* path : {"/scrutins/ctm/listes/2/profession-de-foi", "/scrutins/ctm/listes/99/profession-de-foi",
                             "/scrutins/ctm/listes/1x/profession-de-foi", "/scrutins/capd-079/listes/1/profession-de-foi"}) {
        BOOST_TEST(portal.get(path).status == 404, path);
    }
    portal.add_voter(9, "zoe.neuf@ac-poitiers.example");
    portal.sign_in(9);
    BOOST_TEST(portal.get("/scrutins/ctm/listes/1/profession-de-foi").status == 404);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace scrutin_tests
