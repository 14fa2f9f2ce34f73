// SPDX-License-Identifier: AGPL-3.0-or-later
// Results: nothing before their time, then every figure.
#include "domain/local_time.hpp"
#include "domain/proclamation.hpp"
#include "domain/seal.hpp"
#include "scrutins_fixture.hpp"
#include "util/bytes.hpp"

namespace resultats_tests {

namespace {
struct ResultsFixture : test::ScrutinsFixture {
    ResultsFixture() {
        proclaim({300000, 100000, 11702}, {2, 0, 0}, 436321, 24619);
        set_state(1, "proclaimed");
        portal.cookie.clear();
    }
    void proclaim(const std::vector<std::uint64_t>& votes, const std::vector<unsigned>& seats, std::uint64_t votants,
                  std::uint64_t blancs, const std::vector<std::size_t>& draws = {}) {
        domain::Proclamation all{"ctm",
                                 "uuidctm",
                                 "Comité technique ministériel",
                                 seal,
                                 std::string(64, 'b'),
                                 *util::from_sql("2026-12-10 20:00:00"),
                                 1023211,
                                 votants,
                                 blancs,
                                 0,
                                 2,
                                 draws,
                                 {}};
        const std::vector<domain::SealedCandidate> names{{"M.", "Alba", "Noé", ""},
                                                         {"M.", "Brun", "Noé", ""},
                                                         {"M.", "Clair", "Noé", ""},
                                                         {"M.", "Doré", "Noé", ""}};
        for (std::size_t i = 0; i < votes.size(); ++i) {
            all.exprimes += votes[i];
            all.lists.push_back({"Liste " + std::to_string(i + 1), "Union", votes[i], seats[i], {}, {}});
            domain::name_elected(all.lists.back(), names);
        }
        text = domain::write_proclamation(all);
        store(text, util::sha256_hex(text));
    }
    void store(const std::string& content, const std::string& digest) {
        db.execute("REPLACE INTO proclamation (scrutin_id, digest, text) VALUES (1, ?, ?)", {digest, content});
    }
    void publish() {
        for (const auto& [name, digest] : {std::pair("uuidctm.bel", 'b'), {"proces-verbal.pdf", 'c'}, {"cle.txt", 'd'}})
            db.execute("INSERT INTO paper VALUES (1, ?, ?, 48000, '2026-12-10 21:00:00')", {name, std::string(64, digest)});
    }
    // Three lists of four names each, two seats.
    void put_seal() {
        db.execute("INSERT INTO urne.setup VALUES (1, 'uuidctm', '{}', '[]', ?, ?, ?)",
                   {std::string(64, '0'), std::string(43, 'R'), std::string(43, 'L')});
        domain::Seal sealed;
        sealed.code = "ctm", sealed.seats = 2;
        const domain::SealedCandidate name{"M.", "Alba", "Noé", ""};
        for (const char* list : {"Liste 1", "Liste 2", "Liste 3"})
            sealed.lists.push_back({list, "Union", "", {name, name, name, name}});
        if (is_common) sealed.lists[0].unions = {{"SUD"}, {"UNSA"}};
        const std::string written = domain::write_seal(sealed);
        seal = util::sha256_hex(written);
        db.execute("INSERT INTO seal VALUES (1, ?, ?)", {seal, written});
    }
    bool is_common = false;
    std::string text, seal = std::string(64, 'a');
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(resultats_tests, ResultsFixture)

BOOST_AUTO_TEST_CASE(an_annulled_scrutin_says_so_with_its_reason_and_never_has_figures) {
    set_state(1, "closed");
    db.run("UPDATE scrutin SET annulled_at = '2026-12-06 08:00:00' WHERE id = 1");
    db.run(
        "INSERT INTO suspension VALUES (1, 1, 'annul', 'Décision du tribunal.', 'La rectrice', 'done', 'a', '2026-12-06 07:00:00', 'b', "
        "'2026-12-06 08:00:00')");
    BOOST_TEST(portal.get("/resultats").has("scrutin annulé"));
    for (const char* at : {"2026-12-07 12:00", "2026-12-20 12:00"}) {
        portal.clock.set(*domain::from_paris(at));
        const auto page = portal.get("/resultats/ctm");
        BOOST_TEST(page.has("Ce scrutin est annulé"));
        BOOST_TEST(page.has("Décision du tribunal."));
        BOOST_TEST(!page.has("n’est pas encore proclamé"));
        BOOST_TEST(!page.has("436"));
    }
}

BOOST_AUTO_TEST_CASE(before_the_date_no_figure_is_shown_to_anybody) {
    portal.clock.set(*domain::from_paris("2026-12-11 11:59:59"));
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("vendredi 11 décembre 2026 à 12\u00a0h\u00a000 (heure de Paris)"));
    BOOST_TEST(!page.has("300"));
    BOOST_TEST(!portal.get("/resultats").has("href=\"/resultats/ctm\""));
}

BOOST_AUTO_TEST_CASE(before_the_proclamation_no_figure_is_shown) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    set_state(1, "tallied");
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.has("pas encore proclamé"));
    BOOST_TEST(!page.has("436"));
}

BOOST_AUTO_TEST_CASE(the_page_has_every_figure_and_the_elected) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    const auto page = portal.get("/resultats/ctm");
    for (const char* figure :
         {"1\u202f023\u202f211", "436\u202f321", "42,64\u202f% des inscrits", "24\u202f619", "5,64\u202f% des votants",
          "411\u202f702", "300\u202f000", "72,87\u202f%", "M. Noé Alba", "M. Noé Doré", "/urne/ctm"}) {
        BOOST_TEST(page.has(figure), figure);
    }
    BOOST_TEST(
        (page.body.find("Titulaires") < page.body.find("Noé Alba") && page.body.find("Suppléants") < page.body.find("Noé Clair")));
    BOOST_TEST(page.has(util::sha256_hex(text)));
    BOOST_TEST(page.has(std::string(64, 'a')));
    BOOST_TEST(page.has(std::string(64, 'b')));
    BOOST_TEST(portal.get("/resultats").has("href=\"/resultats/ctm\""));
}

BOOST_AUTO_TEST_CASE(a_scrutin_without_votes_has_dashes_and_no_elected) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    proclaim({0, 0, 0}, {0, 0, 0}, 0, 0);
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.has("Aucun suffrage n’a été exprimé"));
    BOOST_TEST(page.has(">–<svg"));
    BOOST_TEST(!page.has("– des votants"));
    BOOST_TEST(!page.has("Titulaires"));
}

BOOST_AUTO_TEST_CASE(a_draw_is_told_with_the_lists_that_were_equal_and_whose_the_seat_is) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    BOOST_TEST(!portal.get("/resultats/ctm").has("tirage au sort, avant"));
    put_seal();
    proclaim({10, 10, 10}, {1, 0, 1}, 30, 0, {3, 1});
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.has("entre les listes 1 «\u00a0Liste 1\u00a0», 2 «\u00a0Liste 2\u00a0» et 3 «\u00a0Liste 3\u00a0»"));
    BOOST_TEST(page.has("Le siège revient à la liste 3 «\u00a0Liste 3\u00a0»"));
    BOOST_TEST(page.has("entre les listes 1 «\u00a0Liste 1\u00a0» et 2 «\u00a0Liste 2\u00a0»&nbsp;:"));
    BOOST_TEST(page.has("Le siège revient à la liste 1 «\u00a0Liste 1\u00a0»"));
}

BOOST_AUTO_TEST_CASE(the_seats_are_worked_out_step_by_step) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    BOOST_TEST(!portal.get("/resultats/ctm").has("Calcul des sièges"));  // no seal to take rules from
    put_seal();
    proclaim({300000, 100000, 11702}, {2, 0, 0}, 436321, 24619);
    const auto page = portal.get("/resultats/ctm");
    for (const char* words : {"411\u202f702 ÷ 2 = 205\u202f851,00", "1 : 1,45 ; 2 : 0,48 ; 3 : 0,05",
                              "1 : 150\u202f000,00 ; 2 : 100\u202f000,00 ; 3 : 11\u202f702,00", "plus forte moyenne",
                              "1 «\u00a0Liste 1\u00a0»", "1 : 2 ; 2 : 0 ; 3 : 0"})
        BOOST_TEST(page.has(words), words);
    // Seats that the votes do not give are not explained.
    proclaim({300000, 100000, 11702}, {0, 2, 0}, 436321, 24619);
    BOOST_TEST(!portal.get("/resultats/ctm").has("Calcul des sièges"));
}

BOOST_AUTO_TEST_CASE(votes_of_a_common_list_are_shared_among_its_unions_by_the_sealed_key) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    put_seal();
    proclaim({1015, 100000, 11702}, {0, 2, 0}, 436321, 24619);
    BOOST_TEST(!portal.get("/resultats/ctm").has("Voix par organisation"));
    db.run("DELETE FROM seal");
    db.run("DELETE FROM urne.setup");
    is_common = true;
    put_seal();
    proclaim({1015, 100000, 11702}, {0, 2, 0}, 436321, 24619);
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.has("<th scope=\"row\">SUD</th><td class=\"p-number\">1</td><td class=\"p-number\">507,50</td>"));
    BOOST_TEST(page.has("<th scope=\"row\">UNSA</th><td class=\"p-number\">1</td><td class=\"p-number\">507,50</td>"));
    BOOST_TEST(page.has("<th scope=\"row\">Union</th><td class=\"p-number\">2</td><td class=\"p-number\">100\u202f000</td>"));
}

BOOST_AUTO_TEST_CASE(women_and_men_are_counted_among_the_elected) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    BOOST_TEST(portal.get("/resultats/ctm").has("0\u00a0femme et 2\u00a0hommes parmi les titulaires."));
    auto all = domain::read_proclamation(text).value();
    all.lists[0].titulaires = {"Mme Ève Alba", "Noé Brun"};
    const std::string changed = domain::write_proclamation(all);
    store(changed, util::sha256_hex(changed));
    db.execute("UPDATE election SET data_version = data_version + 1");
    BOOST_TEST(portal.get("/resultats/ctm")
                   .has("1\u00a0femme et 0\u00a0homme, et 1\u00a0personne dont la liste scellée ne dit pas la civilité"));
}

BOOST_AUTO_TEST_CASE(equals_are_named_by_the_seal_of_the_result_alone) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    put_seal();
    seal = std::string(64, 'a');  // of another one
    proclaim({10, 10, 10}, {1, 0, 1}, 30, 0, {3, 1});
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(!page.has("entre les listes"));
    BOOST_TEST(page.has("Le siège revient à la liste 3 «\u00a0Liste 3\u00a0»"));
}

BOOST_AUTO_TEST_CASE(one_to_four_ballots_are_told_to_be_few_with_the_sealed_rule) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    for (const std::uint64_t ballots : {0, 1, 4, 5}) {
        proclaim({ballots, 0, 0}, {0, 0, 0}, ballots, 0);
        const auto page = portal.get("/resultats/ctm");
        BOOST_TEST(page.has("moins de cinq votants") == (ballots == 1 || ballots == 4));
        BOOST_TEST(page.has("Un total de moins de cinq bulletins est déchiffré aussi.") == (ballots == 1 || ballots == 4));
    }
}

BOOST_AUTO_TEST_CASE(tables_of_lists_and_figures_change_nothing_of_what_is_shown) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    const auto before = test::same_page(portal.get("/resultats/ctm"));
    db.execute("UPDATE candidate_list SET name = 'Une autre' WHERE id = 10");
    db.execute("UPDATE scrutin SET seats = 9, title = 'Autre titre' WHERE id = 1");
    db.execute("INSERT INTO result VALUES (1, 5, 4, 3, 2, FALSE, '2026-12-10 20:00:00')");
    db.execute("UPDATE election SET data_version = data_version + 1");
    BOOST_TEST(test::same_page(portal.get("/resultats/ctm")) == before);
}

BOOST_AUTO_TEST_CASE(a_proclamation_that_was_edited_is_not_shown) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    std::string other = text;
    other.replace(other.find("300000"), 6, "900000");
    store(other, util::sha256_hex(text));
    BOOST_TEST(!portal.get("/resultats/ctm").has("Participation"));
    store("portail-resultat\t2\n", util::sha256_hex("portail-resultat\t2\n"));
    BOOST_TEST(!portal.get("/resultats/ctm").has("Participation"));
    store(text, util::sha256_hex(text));
    BOOST_TEST(portal.get("/resultats/ctm").has("Participation"));
}

BOOST_AUTO_TEST_CASE(published_papers_are_offered_with_their_digests_and_sent_by_nginx) {
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    BOOST_TEST(portal.get("/resultats/ctm").has("s’afficheront ici, avec leurs empreintes, dès que"));
    BOOST_TEST(portal.get("/resultats/ctm/pieces/uuidctm.bel").status == 404);
    publish();
    const auto page = portal.get("/resultats/ctm");
    BOOST_TEST(page.has("href=\"/resultats/ctm/pieces/proces-verbal.pdf\""));
    BOOST_TEST(page.has(std::string(64, 'c')));
    BOOST_TEST(page.has("48\u00a0ko"));
    const auto archive = portal.get("/resultats/ctm/pieces/uuidctm.bel");
    BOOST_TEST(archive.status == 200);
    BOOST_TEST(archive.body.empty());
    BOOST_TEST(archive.header("X-Accel-Redirect") == "/pieces-publiees/ctm/" + std::string(64, 'b'));
    BOOST_TEST(archive.header("Content-Type") == "application/octet-stream");
    BOOST_TEST(archive.header("Content-Disposition") == "attachment; filename=\"uuidctm.bel\"");
    BOOST_TEST(archive.header("Repr-Digest") == "sha-256=:u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7u7s=:");
    BOOST_TEST(portal.get("/resultats/ctm/pieces/proces-verbal.pdf").header("Content-Type") == "application/pdf");
    // No other name, whatever it is; none of another scrutin; nothing that the page does not know.
    for (const char* name : {"porteurs.csv", "journal.txt", "..", "%2e%2e%2fsecret", "uuidctm.BEL", "cle.txt"})
        BOOST_TEST(portal.get("/resultats/ctm/pieces/" + std::string(name)).status == 404, name);
    BOOST_TEST(portal.get("/resultats/capn/pieces/uuidctm.bel").status == 404);
    BOOST_TEST(!portal.get("/resultats/ctm").has("cle.txt"));
}

BOOST_AUTO_TEST_CASE(papers_wait_for_the_hour_of_their_result_and_go_with_no_other) {
    publish();
    portal.clock.set(*domain::from_paris("2026-12-11 11:59:59"));
    BOOST_TEST(portal.get("/resultats/ctm/pieces/uuidctm.bel").status == 404);
    BOOST_TEST(portal.get("/resultats/ctm").has("Le procès-verbal et l’archive de l’urne suivront"));
    portal.clock.set(*domain::from_paris("2026-12-11 12:00"));
    BOOST_TEST(portal.get("/resultats/ctm/pieces/uuidctm.bel").status == 200);
    set_state(1, "tallied");
    BOOST_TEST(portal.get("/resultats/ctm/pieces/uuidctm.bel").status == 404);
    set_state(1, "proclaimed");
    // Another archive than the one that the proclamation names.
    db.execute("UPDATE paper SET digest = ? WHERE name = 'uuidctm.bel'", {std::string(64, 'e')});
    BOOST_TEST(portal.get("/resultats/ctm/pieces/uuidctm.bel").status == 404);
    BOOST_TEST(portal.get("/resultats/ctm/pieces/proces-verbal.pdf").status == 404);
    BOOST_TEST(!portal.get("/resultats/ctm").has("/pieces/"));
}

BOOST_AUTO_TEST_CASE(an_unknown_or_draft_scrutin_is_not_found) {
    BOOST_TEST(portal.get("/resultats/inconnu").status == 404);
    BOOST_TEST(portal.get("/resultats/ccp").status == 404);
    BOOST_TEST(!portal.get("/resultats").has("CCP en préparation"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace resultats_tests
