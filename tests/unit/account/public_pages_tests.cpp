// SPDX-License-Identifier: AGPL-3.0-or-later
// Pages that need no sign-in: in each edition, before, during and after the vote, with every name of their template given.
#include "account/account_fixture.hpp"
#include "domain/local_time.hpp"

namespace public_pages_tests {

namespace {

template <int Year>
struct Edition : test::AccountFixture {
    Edition() : AccountFixture(std::to_string(Year)) {}
    void visit_all() {
        for (const char* moment : {"2026-10-01 12:00", "2026-10-20 12:00", "2026-12-05 12:00", "2026-12-12 12:00"}) {
            portal.clock.set(*domain::from_paris(moment));
            for (const char* path :
                 {"/", "/connexion", "/deconnexion", "/aide", "/aide/messagerie", "/qui-vote-ou", "/edito",
                  "/tutoriels/parcours-electeur", "/tutoriels/parcours-de-vote", "/tutoriels/reassorts", "/aide-memoire",
                  "/assistance", "/mentions-legales", "/accessibilite", "/donnees-personnelles"})
                BOOST_TEST(portal.get(path).status == 200, path);
        }
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(public_pages_tests)

BOOST_FIXTURE_TEST_CASE(every_page_of_2026_renders, Edition<2026>) { visit_all(); }
BOOST_FIXTURE_TEST_CASE(every_page_of_2022_renders, Edition<2022>) { visit_all(); }
BOOST_FIXTURE_TEST_CASE(every_page_of_2018_renders, Edition<2018>) { visit_all(); }

BOOST_FIXTURE_TEST_CASE(looking_changes_no_table, Edition<2026>) {
    const auto rows = [&] { return count("session") + count("outbox") + count("assistance") + count("throttle"); };
    const auto before = rows();
    visit_all();
    BOOST_TEST(rows() == before);
}

BOOST_FIXTURE_TEST_CASE(before_the_opening_the_home_gives_the_date_and_no_way_in, Edition<2026>) {
    portal.clock.set(*domain::from_paris("2026-10-01 12:00"));
    const auto page = portal.get("/");
    BOOST_TEST(page.has("lundi 12 octobre 2026 à 10\u00a0h\u00a000 (heure de Paris)"));
    BOOST_TEST(!page.has("href=\"/connexion\""));
    portal.clock.set(*domain::from_paris("2026-10-12 10:00"));
    BOOST_TEST(portal.get("/").has("Je me connecte à mon espace électeur"));
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    BOOST_TEST(portal.get("/").has("Accéder aux résultats"));
}

BOOST_FIXTURE_TEST_CASE(the_homes_say_which_votes_are_stopped_since_when_and_why, Edition<2026>) {
    auto& db = portal.database.admin();
    for (const char* id : {"1", "2"})
        db.execute(
            "INSERT INTO scrutin (id, election_id, code, uuid, title, instance, level, perimeter, seats, crypto_group, bureau, position, "
            "state) VALUES (?, 1, ?, ?, ?, 'CSA', 'national', '', 10, 'Ed25519', 'central', ?, 'open')",
            {id, std::string("s") + id, std::string("u") + id, std::string("Scrutin ") + id, id});
    db.run("UPDATE scrutin SET suspended_at = '2026-12-05 09:30:00' WHERE id = 2");
    db.run(
        "INSERT INTO suspension VALUES (1, 2, 'suspend', 'Panne du réseau.', 'La rectrice', 'done', 'a', '2026-12-05 09:00:00', 'b', "
        "'2026-12-05 09:30:00')");
    db.run("UPDATE election SET data_version = data_version + 1");
    const auto home = portal.get("/");
    BOOST_TEST(home.has("suspendu depuis le samedi 5 décembre 2026 à 10\u00a0h\u00a030"));
    BOOST_TEST(home.has("pour «\u00a0Scrutin 2\u00a0»"));
    BOOST_TEST(home.has("Panne du réseau."));
    BOOST_TEST(home.has("Le vote est ouvert"));
    db.run("UPDATE scrutin SET suspended_at = '2026-12-05 09:30:00' WHERE id = 1");
    db.run(
        "INSERT INTO suspension VALUES (1, 1, 'suspend', 'Panne du réseau.', 'La rectrice', 'done', 'a', '2026-12-05 09:00:00', 'b', "
        "'2026-12-05 09:30:00')");
    db.run("UPDATE election SET data_version = data_version + 1");
    BOOST_TEST(portal.get("/").has("Le vote est suspendu</p>"));
    BOOST_TEST(!portal.get("/").has("Le vote est ouvert"));
    portal.clock.set(*domain::from_paris("2026-12-10 17:30"));
    BOOST_TEST(!portal.get("/").has("suspendu"));
    db.run("UPDATE scrutin SET annulled_at = '2026-12-06 08:00:00', state = 'closed' WHERE id = 1");
    db.run("UPDATE election SET data_version = data_version + 1");
    BOOST_TEST(portal.get("/").has("«\u00a0Scrutin 1\u00a0», le dimanche 6 décembre 2026 à 9\u00a0h"));
}

// Without the accent, as in 2018: the title is the office's own text.
BOOST_FIXTURE_TEST_CASE(the_title_is_shown_as_the_office_wrote_it, Edition<2018>) {
    portal.database.admin().execute(
        "UPDATE election SET title = 'Elections professionnelles 2018', data_version = data_version + 1");
    for (const char* path : {"/", "/connexion", "/aide"}) {
        const auto page = portal.get(path);
        BOOST_TEST(page.has("– Elections professionnelles 2018</title>"), path);
        BOOST_TEST(page.has(">Elections professionnelles 2018</a>"), path);
        BOOST_TEST(!page.has("Élections professionnelles 2018"), path);
    }
}

BOOST_FIXTURE_TEST_CASE(the_short_addresses_lead_home, Edition<2018>) {
    for (const char* path : {"/electionspro2018", "/electionspro2022", "/electionspro2026"})
        BOOST_TEST(portal.get(path).header("Location") == "/");
}

BOOST_FIXTURE_TEST_CASE(the_mailbox_page_lists_the_academies, Edition<2026>) {
    const auto page = portal.get("/aide/messagerie");
    BOOST_TEST(page.has("href=\"https://webmail.ac-poitiers.example\""));
    BOOST_TEST(page.has("Récupération du mot de passe"));
}

BOOST_FIXTURE_TEST_CASE(the_dates_can_be_taken_away, Edition<2026>) {
    const auto file = portal.get("/aide/calendrier.ics");
    BOOST_TEST(file.status == 200);
    BOOST_TEST(file.header("Content-Type") == "text/calendar; charset=utf-8");
    BOOST_TEST(file.body.starts_with("BEGIN:VCALENDAR\r\n"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace public_pages_tests
