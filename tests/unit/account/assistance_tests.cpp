// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/account_fixture.hpp"

namespace assistance_tests {

namespace {

struct Fixture : test::AccountFixture {
    static test::Portal::Fields request(const std::string& address) {
        return {{"academie", "poitiers"}, {"adresse", address}, {"objet", "Rien reçu"}, {"message", "Bonjour,\r\nrien n’arrive."}};
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(assistance_tests, Fixture)

BOOST_AUTO_TEST_CASE(a_request_before_sign_in_gets_a_number) {
    BOOST_TEST(portal.post("/assistance", request(k_address)).header("Location") == "/assistance/recue");
    const auto row = admin().select_one("SELECT number, voter_id, email, body FROM assistance");
    BOOST_REQUIRE(row.has_value());
    BOOST_TEST(row->text(0).size() == 11U);
    BOOST_TEST(row->is_null(1));
    BOOST_TEST(row->text(3) == "Bonjour,\r\nrien n’arrive.");
    BOOST_TEST(portal.get("/assistance/recue").has(row->text(0)));
    BOOST_TEST(portal.get("/assistance/recue").has("aucun courriel ne le répète"));
}

BOOST_AUTO_TEST_CASE(who_is_signed_in_gets_it_by_mail_too_at_his_own_address) {
    portal.sign_in(7);
    portal.post("/assistance", request("zoe@chez-elle.example"));
    BOOST_TEST(admin().select_one("SELECT recipient FROM outbox")->text(0) == k_address);
    BOOST_TEST(mail().find(admin().select_one("SELECT number FROM assistance")->text(0)) != std::string::npos);
    BOOST_TEST(mail().find("rien n’arrive") == std::string::npos);
    BOOST_TEST(portal.get("/assistance/recue").has("envoyé par courriel"));
}

// The page asks for an address and cannot know whose it is.
BOOST_AUTO_TEST_CASE(a_stranger_neither_mails_an_elector_nor_uses_up_his_requests) {
    portal.next_request.client_ip = "198.51.100.9";
    for (int i = 0; i < 50; ++i) BOOST_TEST(portal.post("/assistance", request(k_address)).status == 303);
    BOOST_TEST(count("outbox") == 0);
    portal.cookie.clear();
    portal.next_request.client_ip = "192.0.2.7";
    BOOST_TEST(portal.post("/assistance", request(k_address)).status == 303);
    portal.sign_in(7);
    BOOST_TEST(portal.post("/assistance", request(k_address)).status == 303);
    BOOST_TEST(count("outbox") == 1);
}

BOOST_AUTO_TEST_CASE(a_double_click_is_one_request_with_one_number) {
    portal.sign_in(7);
    auto fields = request(k_address);
    fields.emplace_back("form_key", std::string(32, 'b'));
    portal.post("/assistance", fields);
    const auto first = portal.get("/assistance/recue");
    portal.post("/assistance", fields);
    BOOST_TEST(count("assistance") == 1);
    BOOST_TEST(count("outbox") == 1);
    BOOST_TEST(portal.get("/assistance/recue").has(admin().select_one("SELECT number FROM assistance")->text(0)));
}

BOOST_AUTO_TEST_CASE(the_answer_stands_on_the_page_of_who_asked_and_of_nobody_else) {
    portal.sign_in(7);
    BOOST_TEST(!portal.get("/assistance").has("Mes demandes"));
    portal.post("/assistance", request(k_address));
    const std::string number = admin().select_one("SELECT number FROM assistance")->text(0);
    BOOST_TEST(portal.get("/assistance").has("Demande " + number));
    BOOST_TEST(portal.get("/assistance").has("sous trois jours ouvrés"));
    admin().run(
        "UPDATE assistance SET state = 'repondue', answer = 'Voyez <ici>.\n\nBonne journée.', answered_at = '2026-12-05 10:00:00'");
    const auto page = portal.get("/assistance");
    BOOST_TEST(page.has("répondue"));
    BOOST_TEST(page.has("<p>Voyez &lt;ici&gt;.</p>"));
    BOOST_TEST(page.has("<p>Bonne journée.</p>"));
    portal.sign_in(8);
    BOOST_TEST(!portal.get("/assistance").has(number));
    portal.cookie.clear();
    BOOST_TEST(!portal.get("/assistance").has(number));
}

BOOST_AUTO_TEST_CASE(the_elector_signed_in_finds_his_academie_and_address) {
    const char* own = "<strong>Poitiers</strong>&nbsp;: 05 00 00 00 00, 8 h à 18 h, assistance@ac-poitiers.example";
    BOOST_TEST(!portal.get("/assistance").has(own));
    portal.sign_in(7);
    const auto page = portal.get("/assistance");
    BOOST_TEST(page.has(own));  // before all the others, which are folded
    BOOST_TEST(page.has("value=\"poitiers\" selected"));
    BOOST_TEST(page.has(k_address));
    portal.post("/assistance", request(k_address));
    BOOST_TEST(admin().select_one("SELECT voter_id FROM assistance")->number(0) == 7);
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named_and_the_rest_is_kept) {
    const auto page =
        portal.post("/assistance", {{"academie", "nulle-part"}, {"adresse", "x"}, {"objet", " "}, {"message", "Le <texte> gardé"}});
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("Choisissez votre académie"));
    BOOST_TEST(page.has("Saisissez une adresse complète"));
    BOOST_TEST(page.has("l’objet de votre demande"));
    BOOST_TEST(page.has("Le &lt;texte&gt; gardé"));
    BOOST_TEST(count("assistance") == 0);
    BOOST_TEST(portal.post("/assistance", {{"academie", ""}, {"adresse", ""}, {"objet", ""}, {"message", std::string(4001, 'x')}})
                   .status == 400);
}

BOOST_AUTO_TEST_CASE(one_elector_may_ask_ten_times_an_hour) {
    portal.sign_in(7);
    for (int i = 0; i < 10; ++i) BOOST_TEST(portal.post("/assistance", request(k_address)).status == 303);
    BOOST_TEST(portal.post("/assistance", request(k_address)).status == 429);
    BOOST_TEST(count("assistance") == 10);
}

BOOST_AUTO_TEST_CASE(the_page_of_the_number_needs_a_request) {
    BOOST_TEST(portal.get("/assistance/recue").header("Location") == "/assistance");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace assistance_tests
