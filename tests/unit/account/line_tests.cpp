// SPDX-License-Identifier: AGPL-3.0-or-later
// The line before the door: who finds no room waits with what he typed, enters in his turn with one click, and nobody else can with his ticket.
#include <future>
#include <thread>

#include "account/account_fixture.hpp"
#include "account/entry_ticket.hpp"

namespace line_tests {

namespace {

// The portal with all places for passwords taken, until release().
struct Fixture : test::AccountFixture {
    std::promise<void> gate;
    std::shared_future<void> open = gate.get_future().share();
    std::vector<std::future<bool>> busy;

    Fixture() {
        while (portal.pool().room() > 0) {
            const unsigned before = portal.pool().room();
            busy.push_back(std::async(std::launch::async, [this] { return portal.pool().run([this] { open.wait(); }); }));
            while (portal.pool().room() == before) std::this_thread::yield();
        }
    }
    ~Fixture() {
        if (!busy.empty()) release();
    }
    void release() {
        gate.set_value();
        for (auto& one : busy) one.get();
        busy.clear();
    }
    // The ticket that an answer sets, for the browser's next requests.
    void keep_ticket(const test::Page& page) {
        const std::string start = std::string(account::k_entry_cookie) + "=";
        const auto [from, to] = page.headers.equal_range("Set-Cookie");
        for (auto it = from; it != to; ++it)
            if (it->second.starts_with(start)) portal.next_request.cookie = it->second.substr(0, it->second.find(';'));
    }
    // The page of the line, once the turn has come; the pool has hands again.
    test::Page turn() {
        for (int looks = 0; looks < 5000; ++looks) {
            auto page = portal.get("/connexion/attente");
            if (page.status != 200 || page.has("C’est votre tour")) return page;
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        BOOST_FAIL("the turn never came");
        return {};
    }
    test::Page queue() {
        const auto page = enter(k_address, k_password, "/profil");
        keep_ticket(page);
        return page;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(line_tests, Fixture)

BOOST_AUTO_TEST_CASE(who_finds_no_room_waits_and_enters_in_his_turn_without_typing_again) {
    portal.get("/connexion");
    const auto sent = queue();
    BOOST_TEST(sent.status == 303);
    BOOST_TEST(sent.header("Location") == "/connexion/attente");
    BOOST_TEST(count("session") == 0);
    BOOST_TEST(admin().select_one("SELECT failed_count FROM account")->number(0) == 0);  // nothing was tried
    const auto waits = portal.get("/connexion/attente");
    BOOST_TEST(waits.status == 200);
    BOOST_TEST(waits.has("vous êtes le prochain"));
    BOOST_TEST(!waits.has("ENTRER"));
    // Too early: back, and the place is kept.
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/connexion/attente");
    release();
    const auto called = turn();
    BOOST_TEST(called.status == 200);
    BOOST_TEST(called.has("ENTRER"));
    BOOST_TEST(!called.has(k_password));
    // Looking at it, however often, is no try.
    BOOST_TEST(count("session") == 0);
    BOOST_TEST(count("throttle") == 0);
    const auto in = portal.post("/connexion/attente", {});
    BOOST_TEST(in.status == 303);
    BOOST_TEST(in.header("Location") == "/profil");
    BOOST_TEST(portal.get("/profil").status == 200);
    // A second click, and the back button.
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/espace");
    BOOST_TEST(portal.get("/connexion/attente").header("Location") == "/espace");
}

BOOST_AUTO_TEST_CASE(behind_a_crowd_the_page_tells_place_and_time_and_comes_back_by_itself) {
    for (int i = 0; i < 130; ++i) {
        portal.cookie.clear();
        portal.next_request.cookie.clear();
        portal.get("/connexion");
        queue();
    }
    const auto page = portal.get("/connexion/attente");
    BOOST_TEST(page.has("129 personnes"));
    BOOST_TEST(page.has("moins d’une minute"));
    BOOST_TEST(page.header("Refresh") == "2");
    BOOST_TEST(page.has(k_address));
    BOOST_TEST(!page.has("ENTRER"));
    // Who types again keeps his place, and nobody overtakes.
    keep_ticket(enter(k_address, "Autre-Mot-9"));
    BOOST_TEST(portal.get("/connexion/attente").has("129 personnes"));
}

BOOST_AUTO_TEST_CASE(a_shared_machine_is_still_one_after_the_line) {
    portal.get("/connexion");
    keep_ticket(portal.post("/connexion", {{"adresse", k_address}, {"mot_de_passe", k_password}, {"poste_partage", "oui"}}));
    release();
    turn();
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/espace");
    BOOST_TEST(portal.get("/espace").status == 200);
    wait(std::chrono::minutes{5});
    BOOST_TEST(portal.get("/espace").status == 303);
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_told_when_the_turn_has_come) {
    portal.get("/connexion");
    keep_ticket(enter(k_address, "Mauvais-1"));
    release();
    BOOST_TEST(turn().has("C’est votre tour"));  // of the password the line says nothing
    BOOST_TEST(admin().select_one("SELECT failed_count FROM account")->number(0) == 0);
    const auto page = portal.post("/connexion/attente", {});
    BOOST_TEST(admin().select_one("SELECT failed_count FROM account")->number(0) == 1);
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("Vérifiez l’adresse et le mot de passe"));
    BOOST_TEST(page.has(std::string(k_address)));
    keep_ticket(page);
    BOOST_TEST(portal.next_request.cookie == std::string(account::k_entry_cookie) + "=");
    BOOST_TEST(portal.get("/connexion/attente").header("Location") == "/connexion");
}

// A program keeps session and ticket of a first sign-in, to stand before everybody with other addresses.
BOOST_AUTO_TEST_CASE(a_ticket_that_was_used_lets_nobody_in_again) {
    portal.get("/connexion");
    queue();
    const std::string before = portal.cookie;
    release();
    turn();
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/profil");
    portal.cookie = before;
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/connexion");
    BOOST_TEST(portal.get("/connexion/attente").header("Location") == "/connexion");
}

BOOST_AUTO_TEST_CASE(a_ticket_is_worth_nothing_in_another_browser_altered_or_old) {
    portal.get("/connexion");
    queue();
    release();
    turn();
    const std::string mine = portal.cookie, ticket = portal.next_request.cookie;
    portal.cookie = util::random_token(16);
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/connexion");
    portal.cookie = mine;
    std::string altered = ticket;
    altered[altered.size() / 2] = altered[altered.size() / 2] == 'A' ? 'B' : 'A';
    portal.next_request.cookie = altered;
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/connexion");
    portal.next_request.cookie = ticket;
    wait(std::chrono::minutes{46});
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/connexion");
    BOOST_TEST(count("session") == 0);
}

// What was found in the line holds for the account as it was then.
BOOST_AUTO_TEST_CASE(a_password_that_was_changed_while_one_waited_lets_nobody_in) {
    portal.get("/connexion");
    queue();
    release();
    turn();
    const auto pepper = portal.settings.secret("password_pepper");
    admin().execute("UPDATE account SET password_hash = ?", {domain::hash_secret(pepper.view(), "Tout-autre-7")});
    BOOST_TEST(portal.post("/connexion/attente", {}).status == 400);
}

// Whoever tries passwords in the line learns no more than at the door: each is counted before it is told.
BOOST_AUTO_TEST_CASE(a_right_password_found_in_the_line_is_refused_while_the_account_rests) {
    portal.get("/connexion");
    queue();
    release();
    turn();
    admin().execute("UPDATE account SET failed_count = 9, retry_at = '2027-01-01 00:00:00'");
    BOOST_TEST(portal.post("/connexion/attente", {}).status == 400);
    BOOST_TEST(admin().select_one("SELECT failed_count FROM account")->number(0) == 9);
}

BOOST_AUTO_TEST_CASE(who_is_away_for_long_finds_his_place_before_who_came_later) {
    portal.get("/connexion");
    queue();
    const std::string mine = portal.cookie, ticket = portal.next_request.cookie;
    for (int i = 0; i < 5; ++i) {
        portal.cookie.clear();
        portal.next_request.cookie.clear();
        portal.get("/connexion");
        wait(std::chrono::seconds{10});
        queue();
    }
    portal.cookie = mine;
    portal.next_request.cookie = ticket;
    const auto back = portal.get("/connexion/attente");
    BOOST_TEST(back.status == 303);
    BOOST_TEST(back.header("Location") == "/connexion/attente");
    BOOST_TEST(portal.get("/connexion/attente").has("vous êtes le prochain"));
    release();
    turn();
    wait(std::chrono::minutes{5});
    BOOST_TEST(turn().status == 303);  // the result was thrown away: it is made again
    BOOST_TEST(turn().has("C’est votre tour"));
    BOOST_TEST(portal.post("/connexion/attente", {}).header("Location") == "/profil");
}

// A program that only joins would keep the hash threads at work for nothing, and fail in no count.
BOOST_AUTO_TEST_CASE(a_network_that_joins_and_never_enters_calculates_after_a_while) {
    const auto join = [&](const std::string& from) {
        portal.cookie.clear();
        portal.next_request.cookie.clear();
        portal.next_request.client_ip = from;
        portal.get("/connexion");
        portal.next_request.client_ip = from;
        return enter("personne@ac-poitiers.example", "Mauvais-1").status;
    };
    for (unsigned i = 0; i < account::k_failures_per_network; ++i) BOOST_TEST(join("203.0.113." + std::to_string(i % 250)) == 303);
    BOOST_TEST(join("203.0.113.7") == 429);
    BOOST_TEST(join("198.51.100.7") == 303);
    wait(std::chrono::minutes{10});
    BOOST_TEST(join("203.0.113.7") == 303);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(entry_ticket_tests)

BOOST_AUTO_TEST_CASE(nothing_of_what_was_typed_stands_in_the_cookie_and_it_opens_as_it_was) {
    const auto now = test::Portal::noon();
    const account::SignInEntry entry{{now.time_since_epoch().count(), 7U << 24 | 5U}, "zoe@x.example", "Élève-92", "/profil"};
    const auto sealed = account::seal_entry("pepper", "session", entry);
    BOOST_REQUIRE(sealed);
    BOOST_TEST(util::from_base64url(*sealed)->find("zoe") == std::string::npos);
    const auto opened = account::open_entry("pepper", "session", *sealed, now);
    BOOST_REQUIRE(opened);
    BOOST_TEST((opened->ticket == entry.ticket));
    BOOST_TEST(opened->password == entry.password);
    BOOST_TEST(opened->next == "/profil");
    BOOST_TEST(!account::open_entry("other", "session", *sealed, now).has_value());
    BOOST_TEST(!account::open_entry("pepper", "session", "AAAA", now).has_value());
    BOOST_TEST(!account::open_entry("pepper", "session", *sealed, now - std::chrono::hours{1}).has_value());
    const account::SignInEntry long_one{entry.ticket, "a", std::string(4000, 'x'), ""};
    BOOST_TEST(!account::seal_entry("pepper", "session", long_one).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace line_tests
