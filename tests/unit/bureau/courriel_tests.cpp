// SPDX-License-Identifier: AGPL-3.0-or-later
// The box « M’écrire chaque jour »: asked and stopped by its owner, at the desk alone, by who sits at a bureau.
#include "bureau_fixture.hpp"

namespace courriel_tests {

BOOST_FIXTURE_TEST_SUITE(courriel, test::BureauFixture)

BOOST_AUTO_TEST_CASE(a_member_asks_for_the_daily_mail_and_stops_it) {
    const auto asked = [&](unsigned voter) {
        return db.select_one("SELECT daily_mail FROM desk_factor WHERE email = ?", {address(voter)})->flag(0);
    };
    enrol(k_expert);
    enter(k_president);
    const std::string daily = "name=\"chaque_jour\" value=\"oui\"";
    BOOST_TEST(portal.get("/bureau").has(daily + ">"));
    for (int i = 0; i < 2; ++i) {
        BOOST_TEST(portal.post("/bureau/courriel", {{"chaque_jour", "oui"}}).header("Location") == "/bureau");
        BOOST_TEST(asked(k_president));
        BOOST_TEST(!asked(k_expert));
        BOOST_TEST(portal.get("/bureau").has(daily + " checked>"));
    }
    BOOST_TEST(portal.post("/bureau/courriel", {}).header("Location") == "/bureau");
    BOOST_TEST(!asked(k_president));
}

BOOST_AUTO_TEST_CASE(others_have_no_such_box) {
    enter(k_gestionnaire);
    BOOST_TEST(!portal.get("/bureau").has("chaque_jour"));
    BOOST_TEST(portal.post("/bureau/courriel", {{"chaque_jour", "oui"}}).status == 404);
    portal.sign_in(k_nobody);
    BOOST_TEST(portal.post("/bureau/courriel", {{"chaque_jour", "oui"}}).status == 404);
    // Without the second factor.
    enrol(k_secretaire);
    portal.sign_in(k_secretaire);
    BOOST_TEST(portal.post("/bureau/courriel", {{"chaque_jour", "oui"}}).header("Location") == "/bureau/code");
    BOOST_TEST(count("SELECT COUNT(*) FROM desk_factor WHERE daily_mail") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace courriel_tests
