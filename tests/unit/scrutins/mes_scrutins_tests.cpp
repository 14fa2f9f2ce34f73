// SPDX-License-Identifier: AGPL-3.0-or-later
// « Mes scrutins »: mine, why, and where each one stands.
#include "scrutins_fixture.hpp"

namespace mes_scrutins_tests {

BOOST_FIXTURE_TEST_SUITE(mes_scrutins_tests, test::ScrutinsFixture)

BOOST_AUTO_TEST_CASE(the_page_shows_my_scrutins_and_why_i_vote_there) {
    const auto page = portal.get("/scrutins");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Comité technique ministériel"));
    BOOST_TEST(page.has("Électeur de tout le ministère"));
    BOOST_TEST(page.has("CAPD des Deux-Sèvres"));
    BOOST_TEST(page.has("2 sièges"));
    BOOST_TEST(page.has("1 siège de"));
    BOOST_TEST(page.has("ouvert"));
    BOOST_TEST(page.has("/vote/ctm/bulletin"));
}

BOOST_AUTO_TEST_CASE(others_scrutins_and_drafts_are_not_shown) {
    const auto page = portal.get("/scrutins");
    BOOST_TEST(!page.has("CAPD de la Vienne"));
    BOOST_TEST(!page.has("CCP en préparation"));
}

BOOST_AUTO_TEST_CASE(a_scrutin_where_i_voted_says_so_and_offers_no_vote) {
    db.execute(
        "INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (1, 1, '2026-12-05 10:12:13'), (2, 2, '2026-12-05 10:00:00')");
    const auto page = portal.get("/scrutins");
    BOOST_TEST(page.has("voté"));
    BOOST_TEST(page.has("samedi 5 décembre 2026 à 11\u00a0h\u00a012"));
    BOOST_TEST(!page.has("/vote/ctm/bulletin"));
    BOOST_TEST(page.has("/vote/ctm/accuse"));
    BOOST_TEST(page.has("/vote/capd-079/bulletin"));  // the attendance of another elector is not mine
}

// The cards are kept for all who stand alike; the hour on them is each elector's own.
BOOST_AUTO_TEST_CASE(overseas_the_hour_of_my_vote_is_mine_too) {
    db.execute("INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (1, 1, '2026-12-05 10:12:13')");
    for (const char* path : {"/scrutins", "/scrutins/ctm"}) BOOST_TEST(!portal.get(path).has(", soit "), path);
    db.execute(
        "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, "
        "assistance_hours) VALUES ('reunion', 'La Réunion', 2, '', '', '', '', '')");
    db.execute("UPDATE voter SET academie_code = 'reunion' WHERE id = 1");
    for (const char* path : {"/scrutins", "/scrutins/ctm"}) {
        const auto page = portal.get(path);
        BOOST_TEST(page.has(
                       "samedi 5 décembre 2026 à 11\u00a0h\u00a012 (heure de Paris), soit 14\u00a0h\u00a012, heure de La Réunion"),
                   path);
        BOOST_TEST(page.has(
                       "(heure de Paris), soit du jeudi 3 décembre à 13\u00a0h\u00a000 au jeudi 10 décembre à 20\u00a0h\u00a000, "
                       "heure de La Réunion"),
                   path);
    }
}

// What a scrutin is is kept for a data version; what is the elector's own is fresh on each page, whatever was shown to others before.
BOOST_AUTO_TEST_CASE(own_things_are_fresh_and_what_is_kept_ends_with_its_version) {
    const char* paths[] = {"/scrutins", "/scrutins/ctm"};
    for (const char* path : paths) BOOST_TEST(portal.get(path).status == 200, path);
    db.run("UPDATE voter_scrutin SET reason = 'Nouvelle raison' WHERE voter_id = 1 AND scrutin_id = 1");
    db.execute("INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (1, 1, '2026-12-05 10:12:13')");
    BOOST_TEST(portal.get("/scrutins").has("Nouvelle raison"));
    for (const char* path : paths) BOOST_TEST(portal.get(path).has("voté"), path);
    db.run("UPDATE scrutin SET title = 'Comité renommé' WHERE id = 1");
    db.run("UPDATE election SET data_version = data_version + 1");
    for (const char* path : paths) BOOST_TEST(portal.get(path).has("Comité renommé"), path);
    set_state(2, "draft");
    db.run("UPDATE election SET data_version = data_version + 1");
    BOOST_TEST(!portal.get("/scrutins").has("CAPD des Deux-Sèvres"));
    BOOST_TEST(portal.get("/scrutins/capd-079").status == 404);
    db.run("DELETE FROM voter_scrutin WHERE voter_id = 1 AND scrutin_id = 1");
    BOOST_TEST(!portal.get("/scrutins").has("Comité renommé"));
    BOOST_TEST(portal.get("/scrutins/ctm").status == 404);
}

// All rolls of an elector come in one text, which a server may be set to cut: a scrutin would be gone without a word.
BOOST_AUTO_TEST_CASE(a_server_that_cuts_long_texts_takes_no_scrutin_away) {
    db.run("SET GLOBAL group_concat_max_len = 16");
    {
        test::ScrutinsFixture fresh;  // connects after it
        const auto page = fresh.portal.get("/scrutins");
        BOOST_TEST(page.has("Comité technique ministériel"));
        BOOST_TEST(page.has("CAPD des Deux-Sèvres"));
    }
    db.run("SET GLOBAL group_concat_max_len = DEFAULT");
}

// Pages that one elector has opened are kept; another whose scrutins they are not gets what does not exist.
BOOST_AUTO_TEST_CASE(what_is_kept_of_one_elector_opens_nothing_to_another) {
    const char* own[] = {"/scrutins/capd-079", "/listes-electorales/capd-079"};
    for (const char* path : own) BOOST_TEST(portal.get(path).status == 200, path);
    portal.sign_in(2);
    for (const char* path : own) BOOST_TEST(portal.get(path).status == 404, path);
    for (const char* path : {"/scrutins/capd-086", "/listes-electorales/capd-086"})
        BOOST_TEST(portal.get(path).status == 200, path);
    portal.sign_in(1);
    for (const char* path : own) BOOST_TEST(portal.get(path).status == 200, path);
    portal.cookie.clear();
    for (const char* path : own) BOOST_TEST(portal.get(path).status == 303, path);
}

BOOST_AUTO_TEST_CASE(before_the_opening_and_after_the_close_no_vote_is_offered) {
    at("2026-12-03 09:59:59");
    auto page = portal.get("/scrutins");
    BOOST_TEST(page.has("à venir"));
    BOOST_TEST(!page.has("/bulletin"));
    at("2026-12-10 17:31");
    page = portal.get("/scrutins");
    BOOST_TEST(page.has("clos"));
    BOOST_TEST(!page.has("/bulletin"));
}

BOOST_AUTO_TEST_CASE(who_is_in_no_scrutin_is_told_what_to_do) {
    portal.add_voter(9, "zoe.neuf@ac-poitiers.example");
    portal.sign_in(9);
    const auto page = portal.get("/scrutins");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Vous n’êtes inscrit à aucun scrutin"));
    BOOST_TEST(page.has("/assistance"));
}

BOOST_AUTO_TEST_CASE(the_elector_pages_ask_to_sign_in) {
    portal.cookie.clear();
    for (const char* path : {"/scrutins", "/scrutins/ctm", "/listes-electorales", "/listes-electorales/ctm", "/reclamations",
                             "/reclamations/nouvelle", "/scrutins/ctm/listes/1/profession-de-foi"}) {
        const auto page = portal.get(path);
        BOOST_TEST(page.status == 303, path);
        BOOST_TEST(page.header("Location").starts_with("/connexion"), path);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace mes_scrutins_tests
