// SPDX-License-Identifier: AGPL-3.0-or-later
// The end of a connection (SEC-14): told on each page, asked by pages without being put off, put off by a click, and by the password where it comes
// whatever is done.
#include "account/account_fixture.hpp"

namespace prolonger_tests {

namespace {

using std::chrono::minutes;

struct Fixture : test::AccountFixture {
    void enter_shared() {
        portal.post("/connexion", {{"adresse", k_address}, {"mot_de_passe", k_password}, {"suite", ""}, {"poste_partage", "oui"}});
    }
    // What a page's script hears.
    std::int64_t left() {
        const auto told = util::parse_json(portal.get("/connexion/reste").body);
        return told->at("left").get<std::int64_t>();
    }
    bool asks_password() { return portal.get("/connexion/prolonger").has("name=\"mot_de_passe\""); }
    test::Page give_password(const std::string& password) {
        return portal.post("/connexion/prolonger/mot-de-passe", {{"mot_de_passe", password}});
    }
    // Never idle for long.
    void stay(minutes time) {
        for (minutes done{0}; done < time; done += minutes{4}) {
            wait(minutes{4});
            BOOST_REQUIRE(portal.get("/aide").has("data-session="));
        }
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(prolonger_tests, Fixture)

BOOST_AUTO_TEST_CASE(each_page_tells_its_own_end) {
    BOOST_TEST(!portal.get("/aide").has("data-session="));
    BOOST_TEST(left() == 0);
    enter(k_address, k_password);
    for (const char* address : {"/espace", "/aide", "/profil"}) {
        const auto page = portal.get(address);
        BOOST_TEST(page.has("p-session--m18\" data-session=\"1200\""), address);
        BOOST_TEST(page.has("Sans action de votre part, votre connexion se terminera à 12\u00a0h\u00a020 (heure de Paris)."),
                   address);
    }
    const std::string first = portal.cookie;
    wait(minutes{3});
    portal.cookie.clear();
    portal.get("/connexion");
    enter_shared();
    BOOST_TEST(portal.get("/aide").has("p-session--m3\" data-session=\"300\""));  // rendered once for many, and yet his
    portal.cookie = first;
    wait(std::chrono::seconds{20});
    BOOST_TEST(portal.get("/aide").has("12\u00a0h\u00a023"));
    // Within a minute nothing is written, and nothing more is promised.
    wait(std::chrono::seconds{30});
    BOOST_TEST(portal.get("/aide").has("data-session=\"1170\""));
}

BOOST_AUTO_TEST_CASE(a_page_that_asks_puts_nothing_off) {
    enter(k_address, k_password);
    wait(minutes{18} + std::chrono::seconds{30});
    for (int i = 0; i < 3; ++i) BOOST_TEST(left() == 90);
    wait(std::chrono::seconds{60});
    BOOST_TEST(left() == 30);
    wait(std::chrono::seconds{30});
    BOOST_TEST(left() == 0);
    BOOST_TEST(portal.get("/espace").header("Location").starts_with("/connexion"));
}

BOOST_AUTO_TEST_CASE(the_button_puts_it_off_and_every_window_hears_so) {
    enter(k_address, k_password);
    wait(minutes{19});
    const std::string cookie = portal.cookie;
    const auto done = portal.post("/connexion/prolonger", {});
    BOOST_TEST(done.status == 303);
    BOOST_TEST(done.header("Location") == "/connexion/prolonger");
    BOOST_TEST(portal.cookie == cookie);  // and so the form tokens of pages left open
    BOOST_TEST(left() == 1200);
    const auto page = portal.get("/connexion/prolonger");
    BOOST_TEST(page.has("Vous restez connecté"));
    BOOST_TEST(page.has("déconnecté à 12\u00a0h\u00a039 (heure de Paris)."));
    wait(minutes{20});
    BOOST_TEST(portal.post("/connexion/prolonger", {}).header("Location") == "/connexion");  // too late
}

BOOST_AUTO_TEST_CASE(another_sites_form_puts_nothing_off_by_the_password) {
    enter(k_address, k_password);
    portal.next_request.sec_fetch_site = "cross-site";
    BOOST_TEST(portal.post("/connexion/prolonger", {}).status == 403);
    BOOST_TEST(give_password(k_password).status == 403);
}

BOOST_AUTO_TEST_CASE(the_end_that_comes_whatever_is_done_is_told_and_moved_by_the_password_alone) {
    enter(k_address, k_password);
    const auto began = portal.clock.now();
    BOOST_TEST(!asks_password());
    stay(minutes{232});
    const auto page = portal.get("/espace");
    BOOST_TEST(page.has("p-session--m6\" data-session=\"480\""));
    BOOST_TEST(page.has("se terminera à 16\u00a0h\u00a000 (heure de Paris), sauf si vous redonnez votre mot de passe."));
    portal.post("/connexion/prolonger", {});
    BOOST_TEST(left() == 480);
    BOOST_TEST(asks_password());
    const auto refused = give_password("Mauvais-1");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.has("Le mot de passe n’est pas le bon"));
    BOOST_TEST(!refused.has("Mauvais-1"));
    BOOST_TEST(give_password("").status == 400);
    BOOST_TEST(left() == 480);
    const std::string cookie = portal.cookie;
    BOOST_TEST(give_password(k_password).header("Location") == "/connexion/prolonger");
    BOOST_TEST(portal.cookie == cookie);
    BOOST_TEST(portal.get("/connexion/prolonger").has("Vous restez connecté"));
    stay(minutes{120});
    // Who entered before the close did so still: the half hour after it asks for the beginning.
    BOOST_TEST((admin().select_one("SELECT created_at FROM session WHERE voter_id = 7")->instant(0) == began));
}

BOOST_AUTO_TEST_CASE(wrong_passwords_there_count_as_at_the_door) {
    enter(k_address, k_password);
    for (int i = 0; i < 6; ++i) give_password("Mauvais-1");
    BOOST_TEST(give_password(k_password).status == 400);  // the pause after five, and nothing was moved
    BOOST_TEST(admin().select_one("SELECT failed_count FROM account")->number(0) == 5);
}

BOOST_AUTO_TEST_CASE(on_a_shared_machine_the_half_hour_begins_anew_and_stays_half_an_hour) {
    enter_shared();
    stay(minutes{28});
    BOOST_TEST(portal.get("/espace").has("p-session--m0\" data-session=\"120\""));
    BOOST_TEST(asks_password());
    BOOST_TEST(give_password(k_password).status == 303);
    stay(minutes{8});
    BOOST_TEST(portal.get("/espace").has("data-session=\"300\""));
    // Its beginning, moved after the close, would take the half hour of grace away: then the end stays.
    stay(minutes{20});
    admin().execute("UPDATE calendar SET at = ? WHERE event = 'vote_closes'", {util::to_sql(portal.clock.now())});
    BOOST_TEST(left() == 120);
    BOOST_TEST(!asks_password());
    BOOST_TEST(portal.get("/connexion/prolonger").has("ne peut plus être prolongée"));
    BOOST_TEST(give_password(k_password).status == 303);
    BOOST_TEST(left() == 120);
}

BOOST_AUTO_TEST_CASE(overseas_the_elector_reads_his_own_hour) {
    admin().execute(
        "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, "
        "assistance_hours) VALUES ('noumea', 'Nouvelle-Calédonie', 2, '', '', '', '', '')");
    admin().execute("UPDATE voter SET academie_code = 'noumea' WHERE id = 7");
    enter(k_address, k_password);
    const char* words = "se terminera à 12\u00a0h\u00a020 (heure de Paris), soit 22\u00a0h\u00a020, heure de Nouméa.";
    BOOST_TEST(portal.get("/espace").has(words));
    BOOST_TEST(portal.get("/connexion/reste").has(words));
    BOOST_TEST(portal.get("/mes-connexions").has("à 12\u00a0h\u00a000 (heure de Paris), soit 22\u00a0h\u00a000, heure de Nouméa"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace prolonger_tests
