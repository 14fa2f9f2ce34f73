// SPDX-License-Identifier: AGPL-3.0-or-later
// « Ce n'est pas moi ».
#include "reassort_fixture.hpp"

namespace gel_tests {

BOOST_FIXTURE_TEST_SUITE(gel_tests, test::ReassortFixture)

BOOST_AUTO_TEST_CASE(following_the_link_freezes_nothing) {
    portal.post("/reassort", typed());
    for (int i = 0; i < 3; ++i) BOOST_TEST(portal.get("/reassort/gel").status == 200);
    BOOST_TEST(portal.head("/reassort/gel").status == 200);
    BOOST_TEST(portal.get("/reassort/gel").has("numéro se terminant par 5678"));
    BOOST_TEST(portal.get("/reassort").status == 200);
}

BOOST_AUTO_TEST_CASE(the_button_stops_further_requests_once_and_for_all) {
    const auto before = portal.get("/reassort/gel");
    BOOST_TEST(before.has("Aucun nouveau code de vote n’a été donné"));
    BOOST_TEST(portal.post("/reassort/gel", {}).header("Location") == "/reassort/gel");
    BOOST_TEST(portal.post("/reassort/gel", {}).status == 303);
    BOOST_TEST(count("reassort_request") == 1);
    for (const char* path : {"/reassort", "/reassort/gel"}) {
        const auto page = portal.get(path);
        BOOST_TEST(page.status == 403, path);
        BOOST_TEST(page.has("Les demandes sont arrêtées"), path);
        BOOST_TEST(page.has("05 00 00 00 00"), path);
    }
    BOOST_TEST(portal.post("/reassort", typed()).status == 403);
    BOOST_TEST(opens(first_code));
    BOOST_TEST(count("outbox") == 0);
}

BOOST_AUTO_TEST_CASE(it_asks_to_sign_in) {
    portal.cookie.clear();
    BOOST_TEST(portal.get("/reassort/gel").header("Location").starts_with("/connexion"));
    BOOST_TEST(count("reassort_request") == 0);
}

BOOST_AUTO_TEST_CASE(what_the_office_reopens_can_be_stopped_again) {
    portal.post("/reassort/gel", {});
    const auto reopen = [&](const char* key) {
        db.execute(
            "INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) "
            "VALUES (1, '2026-12-05 10:00:00', 'reopened', 1, SHA2(?, 256))",
            {key});
    };
    reopen("a");
    BOOST_TEST(portal.get("/reassort").status == 200);
    portal.post("/reassort/gel", {});
    portal.post("/reassort/gel", {});
    BOOST_TEST(portal.get("/reassort").status == 403);
    reopen("b");
    BOOST_TEST(portal.get("/reassort").status == 200);
}

BOOST_AUTO_TEST_CASE(it_stops_nobody_else) {
    portal.post("/reassort/gel", {});
    add_elector(2);
    portal.sign_in(2);
    BOOST_TEST(portal.get("/reassort").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace gel_tests
