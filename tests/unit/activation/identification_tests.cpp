// SPDX-License-Identifier: AGPL-3.0-or-later
// « Identification » and « Mot de passe oublié »: the page says nothing of the address, the mailbox everything.
#include "activation/activation_fixture.hpp"
#include "activation/request_link.hpp"
#include "domain/local_time.hpp"

namespace identification_tests {

namespace {

struct Fixture : test::ActivationFixture {
    void give_account(unsigned voter) {
        admin().execute(
            "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) VALUES (?, 'x', '2026-10-12 09:00:00', "
            "'2026-10-12 09:00:00')",
            {voter});
    }
    // The answer and the page behind it for a visitor who comes for the first time, without what differs by chance.
    std::string what_is_shown(const std::string& address, const std::string& page) {
        portal.cookie.clear();
        portal.get(page);
        const auto answer = ask(address, page);
        std::string shown = std::to_string(answer.status) + answer.header("Location") + portal.get(answer.header("Location")).body;
        for (std::size_t at; (at = shown.find(address)) != std::string::npos;) shown.erase(at, address.size());
        return shown;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(identification_tests, Fixture)

BOOST_AUTO_TEST_CASE(known_unknown_active_and_struck_off_addresses_look_alike) {
    portal.add_voter(8, "bob@ac-poitiers.example");
    portal.add_voter(9, "ada@ac-poitiers.example");
    give_account(8);
    admin().execute("UPDATE voter SET struck_off_at = '2026-11-01 00:00:00' WHERE id = 9");
    for (const char* page : {"/portail/identification.htm", "/portail/mot-de-passe-oublie.htm"}) {
        const std::string known = what_is_shown("zoe@ac-poitiers.example", page);
        BOOST_TEST(known.starts_with("303/portail/attente.htm"));
        for (const char* other : {"eve@ac-poitiers.example", "bob@ac-poitiers.example", "ada@ac-poitiers.example"})
            BOOST_TEST(what_is_shown(other, page).size() == known.size(), other);
    }
}

BOOST_AUTO_TEST_CASE(an_elector_gets_a_link_of_which_only_the_hash_is_kept) {
    ask("  mailto:ZOE@ac-poitiers.example ");
    BOOST_TEST(count("outbox") == 1);
    BOOST_TEST(mail().find("/portail/creation-compte-etape2.htm?token=") != std::string::npos);
    const auto row = admin().select_one("SELECT token_hash, purpose, TIMESTAMPDIFF(HOUR, created_at, expires_at) FROM mail_token");
    BOOST_TEST(row->text(0) == util::sha256_hex(token()));
    BOOST_TEST(row->text(1) == "activation");
    BOOST_TEST(row->number(2) == 24);
}

BOOST_AUTO_TEST_CASE(nobody_else_leaves_a_row_behind) {
    ask("eve@ac-poitiers.example");
    admin().execute("UPDATE voter SET struck_off_at = '2026-11-01 00:00:00'");
    ask(k_address);
    BOOST_TEST(count("outbox") == 0);
    BOOST_TEST(count("mail_token") == 0);
}

BOOST_AUTO_TEST_CASE(after_the_address_everybody_may_type_a_password_and_who_has_one_is_sent_nothing) {
    give_account(7);
    ask("Zoe@AC-Poitiers.example");
    BOOST_TEST(count("outbox") == 0);
    BOOST_TEST(count("mail_token") == 0);
    const auto page = portal.get("/portail/attente.htm");
    BOOST_TEST(page.has("action=\"/connexion\""));
    BOOST_TEST(page.has("name=\"adresse\" value=\"Zoe@AC-Poitiers.example\""));
    BOOST_TEST(page.has("name=\"mot_de_passe\" value=\"\""));
    BOOST_TEST(page.has("Mot de passe oublié"));
    BOOST_TEST(portal.get("/portail/mot-de-passe-oublie.htm").has("name=\"adresse\" value=\"Zoe@AC-Poitiers.example\""));
}

// A way to a new password that is in his mailbox already stays good while he comes by the door of everybody.
BOOST_AUTO_TEST_CASE(the_door_kills_no_link_to_a_new_password) {
    give_account(7);
    ask(k_address, "/portail/mot-de-passe-oublie.htm");
    ask(k_address);
    BOOST_TEST(open("/portail/reinitialisation.htm?token=" + token()).status == 200);
}

BOOST_AUTO_TEST_CASE(who_has_come_often_by_the_door_may_still_have_forgotten) {
    give_account(7);
    for (int i = 0; i < 6; ++i) ask(k_address);
    ask(k_address, "/portail/mot-de-passe-oublie.htm");
    BOOST_TEST(count("outbox") == 1);
}

BOOST_AUTO_TEST_CASE(who_forgot_is_sent_a_way_to_a_new_password) {
    give_account(7);
    ask(k_address, "/portail/mot-de-passe-oublie.htm");
    BOOST_TEST(mail().find("/portail/reinitialisation.htm?token=") != std::string::npos);
    const auto row = admin().select_one("SELECT purpose, TIMESTAMPDIFF(MINUTE, created_at, expires_at) FROM mail_token");
    BOOST_TEST(row->text(0) == "reset");
    BOOST_TEST(row->number(1) == 60);
}

BOOST_AUTO_TEST_CASE(a_forgotten_password_without_a_space_gets_the_activation_link) {
    ask(k_address, "/portail/mot-de-passe-oublie.htm");
    BOOST_TEST(mail().find("/portail/creation-compte-etape2.htm?token=") != std::string::npos);
    BOOST_TEST(mail().find("n'est pas encore créé") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_newest_link_wins) {
    ask(k_address);
    ask(k_address);
    BOOST_TEST(count("mail_token WHERE superseded_at IS NULL") == 1);
    BOOST_TEST(count("mail_token WHERE superseded_at IS NULL AND token_hash = '" + util::sha256_hex(token()) + "'") == 1);
}

BOOST_AUTO_TEST_CASE(a_double_click_sends_one_mail_whose_link_lives) {
    const test::Portal::Fields fields{{"adresse", k_address}, {"form_key", std::string(32, 'a')}};
    portal.post("/portail/identification.htm", fields);
    BOOST_TEST(portal.post("/portail/identification.htm", fields).status == 303);
    BOOST_TEST(count("outbox") == 1);
    BOOST_TEST(count("mail_token") == 1);
    BOOST_TEST(open("/portail/creation-compte-etape2.htm?token=" + token()).status == 200);
}

BOOST_AUTO_TEST_CASE(the_sixth_request_of_an_hour_is_not_sent_and_says_so_to_all) {
    for (int i = 0; i < 6; ++i) ask(k_address);
    BOOST_TEST(count("outbox") == 5);
    BOOST_TEST(portal.get("/portail/attente.htm").has("aucun autre n’est envoyé"));
    for (int i = 0; i < 6; ++i) ask("eve@ac-poitiers.example");
    BOOST_TEST(portal.get("/portail/attente.htm").has("aucun autre n’est envoyé"));
    portal.clock.set(portal.clock.now() + std::chrono::hours{1});
    ask(k_address);
    BOOST_TEST(count("outbox") == 6);
}

// SEC-46: somebody who asks for another's links all day leaves him the newest in his mailbox, and does not reach what he has begun.
BOOST_AUTO_TEST_CASE(others_who_ask_for_my_link_do_not_keep_me_out) {
    const auto attack = [&](int times) {
        const std::string own_session = portal.cookie, own_cookies = portal.next_request.cookie;
        for (int i = 0; i < times; ++i) {
            portal.cookie.clear();
            portal.next_request.cookie.clear();
            portal.next_request.client_ip = "198.51.100." + std::to_string(i);
            BOOST_TEST(ask(k_address).status == 303);
        }
        portal.cookie = own_session;
        portal.next_request.cookie = own_cookies;
        portal.next_request.client_ip = "192.0.2.7";
    };
    attack(50);
    BOOST_TEST(count("outbox") == 5);
    ask(k_address);
    BOOST_TEST(portal.get("/portail/attente.htm").has("Utilisez le dernier reçu"));
    open("/portail/creation-compte-etape2.htm?token=" + token());
    attack(50);
    BOOST_TEST(spend().header("Location") == "/portail/mot-de-passe.htm");
    attack(50);
    portal.clock.set(portal.clock.now() + std::chrono::minutes{25});
    attack(50);  // perhaps in another hour, with new links
    BOOST_TEST(choose(k_password, k_password).header("Location") == "/espace");
    BOOST_TEST(signed_in_as() == 7);
}

// A neighbour who asks for thousands of links does not close the portal to a whole rectorat.
BOOST_AUTO_TEST_CASE(where_a_network_asks_too_often_a_browser_calculates_first) {
    const auto seconds = portal.clock.now().time_since_epoch().count();
    const util::Instant window{std::chrono::seconds{seconds - seconds % activation::k_network_window}};
    admin().execute("INSERT INTO throttle (key_hash, window_start, count) VALUES (?, ?, ?)",
                    {util::sha256_hex("link-network|192.0.2.0/24"), util::to_sql(window), activation::k_requests_per_network});
    const auto asked = ask(k_address);
    BOOST_TEST(asked.status == 429);
    BOOST_TEST(asked.has("name=\"adresse\" value=\"zoe@ac-poitiers.example\""));
    BOOST_TEST(count("outbox") == 0);
    const std::string before = "data-effort=\"";
    const auto from = asked.body.find(before) + before.size();
    const std::string challenge = asked.body.substr(from, asked.body.find('"', from) - from);
    std::uint64_t number = 0;
    for (std::string digest = "x";
         digest.compare(0, 2, std::string(2, '\0')) != 0 || (static_cast<unsigned char>(digest[2]) >> 6) != 0;)
        digest = util::sha256(challenge + "." + std::to_string(++number));
    BOOST_TEST(portal.post("/portail/identification.htm", {{"adresse", k_address}, {"effort", std::to_string(number)}})
                   .header("Location") == "/portail/attente.htm");
    BOOST_TEST(count("outbox") == 1);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_an_address_comes_back_with_a_word) {
    for (const char* typed : {"", "zoe", "zoe@", "zoe@poitiers"}) {
        const auto page = ask(typed);
        BOOST_TEST(page.status == 400);
        BOOST_TEST(page.has("Erreur : Identification"));
        BOOST_TEST(page.has("prenom.nom@ac-poitiers.fr"));
    }
    BOOST_TEST(ask("<b>zoe").has("&lt;b&gt;zoe"));
    BOOST_TEST(count("session") == 0);
}

BOOST_AUTO_TEST_CASE(before_the_opening_there_is_a_date_and_no_form) {
    portal.clock.set(*domain::from_paris("2026-10-12 09:59"));
    const auto page = portal.get("/portail/identification.htm");
    BOOST_TEST(page.status == 403);
    BOOST_TEST(page.has("lundi 12 octobre 2026 à 10\u00a0h\u00a000 (heure de Paris)"));
    BOOST_TEST(ask(k_address).status == 403);
    BOOST_TEST(count("outbox") == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace identification_tests
