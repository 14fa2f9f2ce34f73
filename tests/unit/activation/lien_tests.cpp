// SPDX-License-Identifier: AGPL-3.0-or-later
// Arrival by a link: looking changes nothing, the button spends it once.
#include "activation/activation_fixture.hpp"

namespace lien_tests {

namespace {
const std::string k_link = "/portail/creation-compte-etape2.htm?token=";
}

BOOST_FIXTURE_TEST_SUITE(lien_tests, test::ActivationFixture)

BOOST_AUTO_TEST_CASE(scanners_look_fifty_times_and_the_elector_still_enters) {
    ask(k_address);
    const std::string link = k_link + token();
    for (int i = 0; i < 50; ++i) {
        i % 2 == 0 ? portal.get(link) : portal.head(link);
        portal.get("/portail/lien.htm");
    }
    BOOST_TEST(count("mail_token WHERE used_at IS NOT NULL") == 0);
    const auto page = open(link);
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("Créer mon mot de passe"));
    BOOST_TEST(!page.has(token()));
    BOOST_TEST(spend().header("Location") == "/portail/mot-de-passe.htm");
    BOOST_TEST(count("mail_token WHERE used_at IS NOT NULL") == 1);
}

BOOST_AUTO_TEST_CASE(the_link_of_2022_opens_and_its_number_is_ignored) {
    ask(k_address);
    BOOST_TEST(open("/portail/activationportail.htm?token=" + token() + "&electeurId=1099584").status == 200);
}

BOOST_AUTO_TEST_CASE(a_link_that_came_in_clear_is_burnt_and_says_so) {
    ask(k_address);
    const std::string link = k_link + token();
    portal.cookie.clear();
    portal.next_request.in_clear = true;
    const auto page = portal.get(link);
    BOOST_TEST(page.status == 403);
    BOOST_TEST(page.has("Ce lien a été ouvert sans protection"));
    BOOST_TEST(page.has("http://localhost:8080/portail/identification.htm"));
    BOOST_TEST(!page.has(token()));
    BOOST_TEST(page.header("Set-Cookie").empty());
    BOOST_TEST(count("mail_token WHERE used_at IS NOT NULL") == 1);
    const auto unknown = portal.get(k_link + "AAAAAAAAAAAAAAAAAAAAAA");
    BOOST_TEST(unknown.status == 403);
    BOOST_TEST(unknown.body.size() == page.body.size());

    portal.next_request.in_clear = false;
    BOOST_TEST(open(link).has("Demandez un nouveau courriel"));
    BOOST_TEST(spend().status == 410);
    ask(k_address);
    BOOST_TEST(open(k_link + token()).status == 200);
}

// « Attendez le plus récent » beside a button that kills it: the button goes.
BOOST_AUTO_TEST_CASE(of_a_link_that_a_newer_one_replaced_the_page_offers_no_button) {
    ask(k_address);
    const std::string first = token();
    ask(k_address);
    const auto page = open(k_link + first);
    BOOST_TEST(page.status == 410);
    BOOST_TEST(page.has("Un courriel plus récent a remplacé celui-ci"));
    BOOST_TEST(page.body.find("class=\"fr-btn\"") == std::string::npos);
    BOOST_TEST(page.has("il remplacera celui que vous attendez"));
    BOOST_TEST(open(k_link + token()).status == 200);
}

BOOST_AUTO_TEST_CASE(a_spent_link_cannot_be_spent_again) {
    ask(k_address);
    open(k_link + token());
    const std::string link_cookie = portal.next_request.cookie, browser = portal.cookie;
    spend();
    portal.next_request.cookie = link_cookie;
    portal.cookie.clear();  // somewhere else
    const auto again = spend();
    BOOST_TEST(again.status == 410);
    BOOST_TEST(again.has("déjà été utilisé"));
    BOOST_TEST(again.has("Demander un nouveau courriel"));
    portal.next_request.cookie = link_cookie;
    portal.cookie = browser;  // the same browser, but later
    portal.clock.set(portal.clock.now() + std::chrono::minutes{2});
    BOOST_TEST(spend().status == 410);
}

BOOST_AUTO_TEST_CASE(the_button_pressed_twice_leads_on) {
    ask(k_address);
    open(k_link + token());
    const std::string link_cookie = portal.next_request.cookie, browser = portal.cookie;
    spend();
    portal.next_request.cookie = link_cookie;  // the first answer was never read
    portal.cookie = browser;
    BOOST_TEST(spend().header("Location") == "/portail/mot-de-passe.htm");
    BOOST_TEST(portal.cookie != browser);
    BOOST_TEST(portal.get("/portail/mot-de-passe.htm").status == 200);
    portal.cookie = browser;  // what is left behind opens nothing
    BOOST_TEST(portal.get("/portail/mot-de-passe.htm").status == 410);
}

BOOST_AUTO_TEST_CASE(the_session_gets_a_new_identifier_before_it_gets_rights) {
    ask(k_address);
    const std::string before = portal.cookie;
    open(k_link + token());
    spend();
    BOOST_TEST(portal.cookie != before);
    BOOST_TEST(count("session WHERE data LIKE '%journey%'") == 1);
    BOOST_TEST(count("session WHERE data LIKE '%journey%' AND id_hash = '" + util::sha256_hex(portal.cookie) + "'") == 1);
}

BOOST_AUTO_TEST_CASE(whoever_was_signed_in_on_the_machine_no_longer_is) {
    portal.add_voter(8, "bob@ac-poitiers.example");
    ask(k_address);
    const std::string link = k_link + token();
    portal.sign_in(8);
    open(link);
    BOOST_TEST(spend().status == 303);
    BOOST_TEST(signed_in_as() == 0);
    BOOST_TEST(count("session WHERE voter_id = 8") == 0);
}

BOOST_AUTO_TEST_CASE(dead_links_say_why_and_what_to_do) {
    ask(k_address);
    const std::string first = token();
    ask(k_address);
    const std::string second = token();
    BOOST_TEST(open(k_link + first).has("plus récent"));
    BOOST_TEST(open(k_link + second.substr(0, 20)).has("incomplet"));
    BOOST_TEST(open(k_link).has("incomplet"));
    BOOST_TEST(open(k_link + "%3Cscript%3E").has("incomplet"));
    BOOST_TEST(open("/portail/reinitialisation.htm?token=" + second).has("incomplet"));
    portal.clock.set(portal.clock.now() + std::chrono::hours{24});
    const auto late = open(k_link + second);
    BOOST_TEST(late.status == 410);
    BOOST_TEST(late.has("n’est plus valable"));
    BOOST_TEST(spend().status == 410);
    admin().execute("UPDATE voter SET struck_off_at = '2026-12-05 00:00:00'");
    BOOST_TEST(open(k_link + second).has("ne figurez plus"));
}

BOOST_AUTO_TEST_CASE(without_its_cookie_the_page_explains_itself) {
    BOOST_TEST(portal.get("/portail/lien.htm").status == 410);
    BOOST_TEST(portal.post("/portail/lien.htm", {}).status == 410);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace lien_tests
