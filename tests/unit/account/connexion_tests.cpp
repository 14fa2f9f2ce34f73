// SPDX-License-Identifier: AGPL-3.0-or-later
// Sign-in: one answer for every refusal, a delay that nobody can turn into a lock, a new session each time.
#include <utility>

#include "account/account_fixture.hpp"
#include "support/timing.hpp"

namespace connexion_tests {

namespace {

struct Fixture : test::AccountFixture {
    std::int64_t failures() { return admin().select_one("SELECT failed_count FROM account")->number(0); }
    test::Page enter_shared(const std::string& password) {
        return portal.post("/connexion",
                           {{"adresse", k_address}, {"mot_de_passe", password}, {"suite", ""}, {"poste_partage", "oui"}});
    }
    void fail(int times) {
        for (int i = 0; i < times; ++i) enter(k_address, "Mauvais-1");
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(connexion_tests, Fixture)

BOOST_AUTO_TEST_CASE(the_right_pair_enters_with_a_new_session) {
    portal.get("/connexion");
    const std::string before = portal.cookie;
    const auto answer = enter(" ZOE@ac-poitiers.example", k_password);
    BOOST_TEST(answer.status == 303);
    BOOST_TEST(answer.header("Location") == "/espace");
    BOOST_TEST(portal.cookie != before);
    BOOST_TEST(portal.get("/espace").status == 200);
}

// Who signs in after the close does not vote: a machine whose clock is slow must not lend him an earlier hour.
BOOST_AUTO_TEST_CASE(a_session_begins_by_the_databases_clock) {
    portal.set_database_clock("2026-12-10 17:00:00");
    portal.clock.set(*domain::from_paris("2026-12-10 16:00:00"));
    BOOST_TEST(enter(k_address, k_password).status == 303);
    BOOST_TEST(admin().select_one("SELECT created_at FROM session WHERE voter_id = 7")->text(0) == "2026-12-10 16:00:00");
    BOOST_TEST(admin().select_one("SELECT expires_at FROM session WHERE voter_id = 7")->text(0) == "2026-12-10 20:00:00");
    BOOST_TEST(portal.get("/espace").status == 200);
}

// A commit waits for the disk, and in a cluster for the other nodes. The try is counted before the password is looked at; all else of it comes at once.
BOOST_AUTO_TEST_CASE(a_sign_in_waits_for_two_commits) {
    portal.get("/connexion");
    enter(k_address, "Mauvais-1");
    admin().run("SET GLOBAL log_output = 'TABLE'");
    admin().run("TRUNCATE mysql.general_log");
    admin().run("SET GLOBAL general_log = 1");
    const auto answer = enter(k_address, k_password);
    admin().run("SET GLOBAL general_log = 0");
    BOOST_TEST(answer.header("Location") == "/espace");
    BOOST_TEST(failures() == 0);
    unsigned commits = 0;
    std::string alone;  // writes that are a transaction each
    bool is_open = false;
    for (const auto& row :
         admin().select("SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log WHERE user_host LIKE 'portail-account%' "
                        "AND command_type IN ('Query', 'Execute') ORDER BY event_time")) {
        const std::string text = row.text(0);
        if (text == "START TRANSACTION") is_open = true;
        else if (text == "COMMIT") commits += std::exchange(is_open, false);
        else if (!is_open && !text.starts_with("SELECT") && !text.starts_with("SET")) alone += text + "\n";
    }
    BOOST_TEST(commits == 2u);
    BOOST_TEST(alone == "");
}

// A full disk, a node that may not write: nobody is in, and the account is as after any try, until the next right password.
BOOST_AUTO_TEST_CASE(a_session_that_cannot_be_written_leaves_the_count_and_the_session_before) {
    portal.get("/connexion");
    enter(k_address, "Mauvais-1");
    const auto sessions = count("session");
    admin().run(
        "CREATE TRIGGER no_room BEFORE INSERT ON session FOR EACH ROW "
        "IF NEW.voter_id IS NOT NULL THEN SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1114, MESSAGE_TEXT = 'full'; END IF");
    BOOST_TEST(enter(k_address, k_password).status == 503);
    BOOST_TEST(failures() == 2);
    BOOST_TEST(count("session") == sessions);
    BOOST_TEST(portal.get("/espace").status == 303);
    admin().run("DROP TRIGGER no_room");
    BOOST_TEST(enter(k_address, k_password).header("Location") == "/espace");
    BOOST_TEST(failures() == 0);
    BOOST_TEST(portal.get("/espace").status == 200);
}

BOOST_AUTO_TEST_CASE(the_password_may_come_in_another_unicode_form) {
    BOOST_TEST(enter(k_address, "E\xCC\x81l\x65\xCC\x80ve-92").status == 303);
}

BOOST_AUTO_TEST_CASE(the_page_asked_for_opens_after_sign_in_if_it_is_ours) {
    BOOST_TEST(portal.get("/profil").header("Location").starts_with("/connexion?suite="));
    BOOST_TEST(enter(k_address, k_password, "/scrutins/ctm").header("Location") == "/scrutins/ctm");
    BOOST_TEST(enter(k_address, k_password, "//evil.example").header("Location") == "/espace");
    BOOST_TEST(portal.get("/connexion?suite=%2Fprofil").header("Location") == "/profil");
}

BOOST_AUTO_TEST_CASE(every_refusal_looks_the_same) {
    portal.add_voter(9, "ada@ac-poitiers.example");
    admin().execute(
        "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) SELECT 9, password_hash, "
        "activated_at, password_changed_at FROM account WHERE voter_id = 7");
    admin().execute("UPDATE voter SET struck_off_at = '2026-11-01 00:00:00' WHERE id = 9");
    portal.get("/connexion");
    const auto shown = [&](const char* address, const char* password) {
        const auto page = enter(address, password);
        BOOST_TEST(page.status == 400);
        return page.body.size();
    };
    const auto wrong = shown("zoe@ac-poitiers.example", "Mauvais-1");
    BOOST_TEST(shown("eve@ac-poitiers.example", "Mauvais-1") == wrong);  // unknown
    BOOST_TEST(shown("bob@ac-poitiers.example", "Mauvais-1") == wrong);  // no space yet
    BOOST_TEST(shown("ada@ac-poitiers.example", k_password) == wrong);   // struck off, right password
    const auto page = enter(k_address, "Mauvais-1");
    BOOST_TEST(page.has("Créer mon espace électeur"));
    BOOST_TEST(page.has("En choisir un nouveau"));
    BOOST_TEST(!page.has("Mauvais-1"));
}

// SEC-26, asked in pairs so that a slow moment of the machine weighs on both.
BOOST_AUTO_TEST_CASE(every_refusal_takes_the_same_time) {
    constexpr unsigned k_pairs = 100;
    for (unsigned i = 0; i < k_pairs; ++i) portal.add_voter(1000 + i, "known" + std::to_string(i) + "@ac-poitiers.example");
    admin().execute(
        "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) SELECT v.id, a.password_hash, "
        "a.activated_at, a.password_changed_at FROM voter v JOIN account a ON a.voter_id = 7 WHERE v.id >= 1000");
    portal.get("/connexion");
    const double best = test::median_difference(k_pairs, "known", "other", 1.0, [&](const std::string& name, unsigned i) {
        portal.next_request.client_ip = "10.0." + std::to_string(i) + ".1";  // of one network it would be a spray
        BOOST_REQUIRE(enter(name + std::to_string(i) + "@ac-poitiers.example", "Mauvais-1").status == 400);
    });
    BOOST_TEST_MESSAGE("median difference: " << best << " ms");
    BOOST_TEST(std::abs(best) < 1.0);
}

BOOST_AUTO_TEST_CASE(after_five_wrong_ones_a_try_in_the_delay_is_not_looked_at) {
    fail(5);
    BOOST_TEST(failures() == 5);
    BOOST_TEST(enter(k_address, k_password).status == 400);
    BOOST_TEST(failures() == 5);
    wait(std::chrono::seconds{30});
    BOOST_TEST(enter(k_address, k_password).status == 303);
    BOOST_TEST(failures() == 0);
}

BOOST_AUTO_TEST_CASE(the_owner_is_told_at_the_tenth_and_once) {
    fail(5);
    for (int i = 0; i < 6; ++i) {
        wait(std::chrono::minutes{15});
        fail(1);
    }
    BOOST_TEST(failures() == 11);
    BOOST_TEST(count("outbox") == 1);
    BOOST_TEST(mail().find("Aucune n'a réussi") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_elector_struck_off_since_cannot_enter) {
    admin().execute("UPDATE voter SET struck_off_at = '2026-12-01 00:00:00'");
    BOOST_TEST(enter(k_address, k_password).status == 400);
    BOOST_TEST(count("session WHERE voter_id IS NOT NULL") == 0);
}

BOOST_AUTO_TEST_CASE(every_edition_asks_whether_the_machine_is_shared) {
    BOOST_TEST(portal.get("/connexion").has("Je suis sur un poste partagé"));
    for (const char* year : {"2018", "2022"}) {
        test::AccountFixture other(year);  // takes the database over
        BOOST_TEST(other.portal.get("/connexion").has("Je suis sur un poste partagé"));
    }
}

// SEC-14: shorter where others come after.
BOOST_AUTO_TEST_CASE(on_a_shared_machine_five_idle_minutes_end_it) {
    BOOST_TEST(!portal.get("/connexion").has(" checked"));
    const auto refused = enter_shared("Mauvais-1");
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.has("value=\"oui\" checked"));  // what was ticked stays
    enter_shared(k_password);
    BOOST_TEST(portal.get("/espace").has("data-session=\"300\""));
    BOOST_TEST(portal.get("/aide").has("data-session=\"300\""));  // a page that is rendered once for many
    for (int i = 0; i < 3; ++i) {  // who does something stays in, whatever fraction of a minute is not written
        wait(std::chrono::minutes{4} + std::chrono::seconds{40});
        BOOST_TEST(portal.get("/espace").status == 200);
    }
    wait(std::chrono::minutes{5});
    BOOST_TEST(portal.get("/espace").header("Location").starts_with("/connexion"));
    BOOST_TEST(portal.get("/connexion").has("Vous n’avez rien fait pendant 5\u00a0minutes."));
    enter(k_address, k_password);
    BOOST_TEST(portal.get("/espace").has("data-session=\"1200\""));
    BOOST_TEST(portal.get("/aide").has("data-session=\"1200\""));
    wait(std::chrono::minutes{19});
    BOOST_TEST(portal.get("/espace").status == 200);
}

BOOST_AUTO_TEST_CASE(an_ended_connection_of_a_shared_machine_is_not_listed) {
    enter_shared(k_password);
    portal.cookie.clear();
    portal.get("/connexion");
    enter(k_address, k_password);
    wait(std::chrono::minutes{4});
    BOOST_TEST(portal.get("/mes-connexions").has("Fermer toutes les autres connexions"));
    wait(std::chrono::minutes{1});
    BOOST_TEST(!portal.get("/mes-connexions").has("Fermer toutes les autres connexions"));
}

BOOST_AUTO_TEST_CASE(on_a_shared_machine_thirty_minutes_end_it_whatever_is_done) {
    enter_shared(k_password);
    for (int i = 0; i < 9; ++i) {
        wait(std::chrono::minutes{3});
        BOOST_REQUIRE(portal.get("/espace").status == 200);
    }
    wait(std::chrono::minutes{3});
    BOOST_TEST(portal.get("/espace").status == 303);
    BOOST_TEST(portal.get("/connexion").has("dure 30\u00a0minutes au plus"));
}

BOOST_AUTO_TEST_CASE(signing_out_ends_the_connection_on_the_server_and_wipes_the_browser) {
    enter(k_address, k_password);
    const auto out = portal.post("/deconnexion", {});
    BOOST_TEST(out.header("Location") == "/deconnexion");
    BOOST_TEST(!out.header("Clear-Site-Data").empty());
    BOOST_TEST(count("session WHERE voter_id IS NOT NULL") == 0);
    BOOST_TEST(portal.get("/deconnexion").has("Vous êtes déconnecté"));
    BOOST_TEST(portal.get("/espace").status == 303);
}

BOOST_AUTO_TEST_CASE(a_get_does_not_sign_out) {
    enter(k_address, k_password);
    BOOST_TEST(portal.get("/deconnexion").has("Me déconnecter"));
    BOOST_TEST(portal.get("/espace").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace connexion_tests
