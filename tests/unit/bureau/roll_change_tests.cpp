// SPDX-License-Identifier: AGPL-3.0-or-later
// Changes of the roll at the desk: one member proposes, another of the same académie decides, and nothing of a line is within the worker's reach.
#include "bureau_fixture.hpp"

#include "db/connection.hpp"

namespace roll_change_tests {

namespace {

struct RollChangeFixture : test::BureauFixture {
    static constexpr unsigned k_second = 10, k_rouen = 11, k_elector = 50, k_elsewhere = 51;
    RollChangeFixture() {
        portal.add_voter(k_second, address(k_second)), portal.add_voter(k_rouen, address(k_rouen));
        add_member(k_second, "gestionnaire", "poitiers"), add_member(k_rouen, "gestionnaire", "rouen");
        portal.add_voter(k_elector, "demande@ac-poitiers.example"), portal.add_voter(k_elsewhere, "autre@ac-rouen.example");
        db.run("UPDATE voter SET academie_code = 'rouen' WHERE id = 51");
        stand_on(k_elector, 1), stand_on(k_elsewhere, 1);
        db.run("ALTER TABLE roll_change AUTO_INCREMENT = 1");
    }
    test::Page search(const char* typed) { return portal.post("/bureau/electeurs", {{"nom", typed}}); }
    // The address of the elector's line, as the search gives it to who is signed in.
    std::string line() {
        const auto page = search("electrice50");
        const auto found = page.body.find("href=\"/bureau/electeurs/");
        if (found == std::string::npos) return {};
        const auto begin = found + 6;
        return page.body.substr(begin, page.body.find('"', begin) - begin);
    }
    static test::Portal::Fields corrected(const char* name, const char* reason = "Acte de naissance") {
        return {{"civilite", "Mme"},
                {"nom", name},
                {"prenom", "Zoé"},
                {"corps", "Professeure des écoles"},
                {"affectation", "École des Tilleuls"},
                {"lieu_notice", "École des Tilleuls"},
                {"motif", reason}};
    }
    // The number of the proposal where he is sent.
    std::string propose(const std::string& at, const test::Portal::Fields& fields) {
        const auto page = portal.post(line() + at, fields);
        BOOST_REQUIRE_MESSAGE(page.status == 303, page.body);
        return page.header("Location");
    }
    std::string propose_strike() { return propose("/radiation", {{"motif", "Mutation"}}); }
    test::Page approve(const std::string& path, const std::string& seen) {
        return portal.post(path + "/approbation", {{"vu", seen}});
    }
    test::Page approve(const std::string& path) { return approve(path, seen_on(path)); }
    test::Page refuse(const std::string& path, const char* why) { return portal.post(path + "/refus", {{"motif", why}}); }
    std::string seen_on(const std::string& path) {
        const auto page = portal.get(path);
        const auto at = page.body.find("name=\"vu\" value=\"");
        return at == std::string::npos ? "" : page.body.substr(at + 17, 64);
    }
    std::string text(const char* sql) { return db.select_one(sql)->text(0); }
    std::string states() { return text("SELECT COALESCE(GROUP_CONCAT(state ORDER BY id), '') FROM roll_change"); }
    void seal() { db.run("INSERT INTO seal (scrutin_id, digest, text) VALUES (1, REPEAT('0', 64), 'x')"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(roll_change_tests, RollChangeFixture)

BOOST_AUTO_TEST_CASE(one_proposes_and_another_of_the_academie_approves) {
    enter(k_gestionnaire);
    const auto found = search("electrice5");
    BOOST_TEST(found.has("Électrice50 Zoé"));
    BOOST_TEST(!found.has("Électrice51"));  // of another académie
    BOOST_TEST(last_act() == "membre n° 6 desk-roll académie « poitiers » : électeur cherché, 1 ligne");
    BOOST_TEST(search("DEMANDE@ac-poitiers.example").has("Électrice50"));
    BOOST_TEST(!search("autre@ac-rouen.example").has("Électrice51"));
    for (const char* few : {"", "é", "  ab "}) BOOST_TEST(search(few).status == 400);
    BOOST_TEST(portal.get(line()).has("demande@ac-poitiers.example"));
    BOOST_TEST(portal.get(line() + "/correction").has("value=\"Électrice50\""));

    const std::string path = propose("/correction", corrected("Éluard"));
    BOOST_TEST(path == "/bureau/changements/1");
    BOOST_TEST(last_act() == "membre n° 6 desk-roll correction proposée, n° 1");
    BOOST_TEST(portal.get(path).has("Éluard"));
    BOOST_TEST(portal.get(path).has("Vous avez proposé ce changement"));
    BOOST_TEST(seen_on(path).empty());  // no button for him
    BOOST_TEST(approve(path, std::string(64, '0')).status == 403);
    BOOST_TEST(states() == "proposed");

    enter(k_second);
    const auto page = portal.get(path);
    BOOST_TEST(page.has("Électrice50"));
    BOOST_TEST(page.has("Éluard"));
    BOOST_TEST(portal.get("/bureau/changements").has("Correction n°&nbsp;1"));
    BOOST_TEST(approve(path).header("Location") == path);
    BOOST_TEST(last_act() == "membre n° 10 desk-roll correction approuvée, n° 1, proposée par membre n° 6");
    BOOST_TEST(states() == "approved");
    BOOST_TEST(text("SELECT CONCAT_WS('|', proposed_member, decided_member, decided_by) FROM roll_change") == "6|10|membre n° 10");
    BOOST_TEST(portal.get(path).has("pas encore faite"));
    BOOST_TEST(text("SELECT last_name FROM voter WHERE id = 50") == "Électrice50");  // the office's tool makes it
    BOOST_TEST(
        count("SELECT COUNT(*) FROM audit WHERE detail LIKE '%luard%' OR detail LIKE '%lectrice5%' OR detail LIKE '%demande@%'") ==
        0);
}

BOOST_AUTO_TEST_CASE(one_person_in_two_browsers_is_one) {
    enter(k_gestionnaire);
    const std::string path = propose_strike();
    // Another connection of his own, and another seat of his in the same académie.
    wait(std::chrono::seconds{60});
    enter(k_gestionnaire);
    BOOST_TEST(approve(path, std::string(64, '0')).status == 403);
    add_member_as(30, k_gestionnaire, "gestionnaire", "rouen");
    db.run("UPDATE desk_member SET place = 'poitiers', role = 'assistance' WHERE id = 30");
    BOOST_TEST(approve(path, std::string(64, '0')).status == 403);
    BOOST_TEST(states() == "proposed");
}

BOOST_AUTO_TEST_CASE(other_roles_and_academies_find_nothing) {
    enter(k_gestionnaire);
    const std::string path = propose_strike(), mine = line();
    for (const unsigned seat : {k_president, k_secretaire, k_delegue, k_suppleant, k_expert, k_assistance, k_other}) {
        enter(seat);
        for (const std::string& address :
             {std::string("/bureau/electeurs"), std::string("/bureau/changements"), path, mine, mine + "/radiation"})
            BOOST_TEST(portal.get(address).status == 404, seat << " " << address);
        BOOST_TEST(search("electrice").status == 404);
        BOOST_TEST(portal.post(mine + "/radiation", {{"motif", "x"}}).status == 404);
        BOOST_TEST(approve(path, std::string(64, '0')).status == 404);
        BOOST_TEST(refuse(path, "non").status == 404);
    }
    enter(k_rouen);
    BOOST_TEST(!search("electrice50").has("Électrice50"));
    for (const std::string& address : {path, mine, mine + "/radiation"}) BOOST_TEST(portal.get(address).status == 404);
    BOOST_TEST(approve(path, std::string(64, '0')).status == 404);
    BOOST_TEST(refuse(path, "non").status == 404);
    BOOST_TEST(!portal.get("/bureau/changements").has("n°&nbsp;1"));
    // The address of a line is its member's own: of the same académie it opens nothing either.
    enter(k_second);
    BOOST_TEST(portal.get(mine).status == 404);
    BOOST_TEST(portal.get(mine.substr(0, mine.size() - 1) + (mine.back() == 'A' ? "B" : "A")).status == 404);
    for (const char* bad :
         {"/bureau/changements/0", "/bureau/changements/99", "/bureau/changements/1x", "/bureau/changements/4294967297"})
        BOOST_TEST(portal.get(bad).status == 404, bad);
    BOOST_TEST(portal.get(line() + "/scrutins").status == 404);
    BOOST_TEST(portal.get(line() + "/add").status == 404);
    BOOST_TEST(states() == "proposed");
}

BOOST_AUTO_TEST_CASE(a_form_sent_twice_proposes_once_and_decides_once) {
    enter(k_gestionnaire);
    test::Portal::Fields fields{{"motif", "Mutation"}, {"form_key", "abcdef0123456789"}};
    for (int twice = 0; twice < 2; ++twice)
        BOOST_TEST(portal.post(line() + "/radiation", fields).header("Location") == "/bureau/changements/1");
    const auto again = portal.post(line() + "/radiation", {{"motif", "Mutation, encore"}});
    BOOST_TEST(again.status == 409);
    BOOST_TEST(again.has("attend déjà pour cette personne, sous le n° 1"));
    BOOST_TEST(again.has("Mutation, encore"));  // what was typed is not lost
    enter(k_second);
    const std::string seen = seen_on("/bureau/changements/1");
    for (int twice = 0; twice < 2; ++twice)
        BOOST_TEST(approve("/bureau/changements/1", seen).header("Location") == "/bureau/changements/1");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE detail LIKE 'radiation approuvée%'") == 1);
    const auto late = refuse("/bureau/changements/1", "Finalement non.");
    BOOST_TEST(late.status == 409);
    BOOST_TEST(late.has("n’attend plus de décision"));
    BOOST_TEST(states() == "approved");
}

BOOST_AUTO_TEST_CASE(a_proposal_is_refused_with_a_reason_or_taken_back) {
    enter(k_gestionnaire);
    const std::string first = propose_strike();
    enter(k_second);
    for (const char* bad : {"", "  "}) BOOST_TEST(refuse(first, bad).status == 400);
    BOOST_TEST(refuse(first, std::string(301, 'a').c_str()).status == 400);
    BOOST_TEST(refuse(first, "Ce n’est pas la bonne personne").header("Location") == first);
    BOOST_TEST(portal.get(first).has("Ce n’est pas la bonne personne"));
    BOOST_TEST(last_act() == "membre n° 10 desk-roll radiation refusée, n° 1, proposée par membre n° 6");
    wait(std::chrono::seconds{60});
    enter(k_gestionnaire);
    BOOST_TEST(approve(first, std::string(64, '0')).status == 409);
    const std::string second = propose_strike();
    BOOST_TEST(refuse(second, "Je me suis trompée").header("Location") == second);
    BOOST_TEST(states() == "refused,refused");
}

BOOST_AUTO_TEST_CASE(a_proposal_falls_after_a_week) {
    enter(k_gestionnaire);
    const std::string path = propose_strike();
    wait(std::chrono::hours{24 * 7} - std::chrono::minutes{1});
    enter(k_second);
    const std::string seen = seen_on(path);
    BOOST_TEST(!seen.empty());
    wait(std::chrono::minutes{1});
    BOOST_TEST(portal.get(path).has("Périmée"));
    BOOST_TEST(approve(path, seen).status == 409);
    BOOST_TEST(refuse(path, "non").status == 409);
    BOOST_TEST(states() == "proposed");
    propose_strike();  // nothing stands in the way of a new one
    BOOST_TEST(states() == "proposed,proposed");
}

BOOST_AUTO_TEST_CASE(what_the_line_is_is_judged_again_at_the_decision) {
    enter(k_gestionnaire);
    const std::string strike = propose_strike(), correction = propose("/correction", corrected("Éluard"));
    enter(k_second);
    const std::string seen = seen_on(correction), seen_strike = seen_on(strike);
    db.run("UPDATE voter SET last_name = 'Aragon' WHERE id = 50");
    auto page = approve(correction, seen);
    BOOST_TEST(page.status == 409);
    BOOST_TEST(page.has("a changé depuis que cette page est affichée"));
    BOOST_TEST(page.has("La ligne a changé depuis la proposition (nom)"));
    BOOST_TEST(seen_on(correction).empty());
    BOOST_TEST(approve(strike, seen_strike).status == 409);  // read of another name
    const std::string seen_again = seen_on(strike);
    seal();
    page = approve(strike, seen_again);
    BOOST_TEST(page.status == 409);
    BOOST_TEST(page.has("L’élection est scellée"));
    BOOST_TEST(page.has("La proposition reste écrite"));
    BOOST_TEST(states() == "proposed,proposed");
    BOOST_TEST(portal.get(line()).has("L’élection est scellée"));
    BOOST_TEST(portal.post(line() + "/radiation", {{"motif", "x"}}).status == 409);
    BOOST_TEST(portal.get(line() + "/radiation").status == 409);
}

BOOST_AUTO_TEST_CASE(a_stopped_reassort_is_reopened_after_the_sealing_too) {
    enter(k_gestionnaire);
    BOOST_TEST(portal.post(line() + "/reassort", {{"motif", "Reconnue au guichet"}}).status == 409);
    db.run(
        "INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) VALUES (50, '2026-12-04 08:00:00', 'frozen', 1, REPEAT('1', 64))");
    seal();
    const std::string path = propose("/reassort", {{"motif", "Reconnue au guichet"}});
    enter(k_second);
    BOOST_TEST(approve(path).header("Location") == path);
    BOOST_TEST(states() == "approved");
}

BOOST_AUTO_TEST_CASE(what_a_line_cannot_hold_is_refused_with_its_word) {
    enter(k_gestionnaire);
    const auto at = line() + "/correction";
    auto page = portal.post(at, corrected("Électrice50"));
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("Rien n’est différent"));
    for (const std::string& bad : {std::string(), std::string(81, 'a')}) {
        page = portal.post(at, corrected(bad.c_str()));
        BOOST_TEST(page.status == 400);
        BOOST_TEST(page.has("Nom : une ligne de 80 caractères au plus"));
    }
    BOOST_TEST(portal.post(at, corrected("Éluard", "")).status == 400);
    BOOST_TEST(portal.post(at, corrected("<b>\u202e</b>")).status == 400);
    const std::string path = propose("/correction", corrected("<b>O’Brien</b>"));
    BOOST_TEST(portal.get(path).has("&lt;b&gt;O’Brien"));
    BOOST_TEST(count("SELECT COUNT(*) FROM roll_change") == 1);
}

BOOST_AUTO_TEST_CASE(a_claim_leads_to_its_electors_line_and_no_other) {
    db.run(
        "INSERT INTO reclamation (number, voter_id, object, body, created_at, idempotency_key) VALUES ('R-AAAA-AAAA', 50, 'profil', 'Mon nom', '2026-12-04 "
        "08:00:00', REPEAT('a', 64)), ('R-CCCC-CCCC', 9, 'profil', 'Mon nom', '2026-12-04 08:00:00', REPEAT('c', 64))");
    enter(k_gestionnaire);
    const std::string mine = line();
    BOOST_TEST(portal.get("/bureau/demandes/R-AAAA-AAAA").has(mine + "?demande=R-AAAA-AAAA"));
    BOOST_TEST(portal.get(mine + "?demande=R-AAAA-AAAA").has("/radiation?demande=R-AAAA-AAAA"));
    for (const char* other : {"R-CCCC-CCCC", "R-XXXX-XXXX", "1"})
        BOOST_TEST(portal.get(mine + "?demande=" + other).status == 404, other);
    BOOST_TEST(portal.post(mine + "/radiation", {{"motif", "Mutation"}, {"demande", "R-CCCC-CCCC"}}).status == 404);
    const auto path = portal.post(mine + "/radiation", {{"motif", "Mutation"}, {"demande", "R-AAAA-AAAA"}}).header("Location");
    BOOST_TEST(portal.get(path).has("/bureau/demandes/R-AAAA-AAAA"));
}

BOOST_AUTO_TEST_CASE(the_workers_account_alone_gets_no_further) {
    enter(k_gestionnaire);
    propose_strike();
    auto& worker = portal.connection();
    const auto refused = [&](const std::string& sql) {
        try {
            worker.run(sql);
        } catch (const db::Error& error) {
            return error.code() == 1644 || error.code() == 1142 || error.code() == 1143;
        }
        return false;
    };
    const std::string decide = "UPDATE roll_change SET state = 'approved', decided_at = '2026-12-06 00:00:00', decided_by = ";
    BOOST_TEST(refused(decide + "'membre n° 6', decided_member = 6 WHERE id = 1"));    // who proposed
    BOOST_TEST(refused(decide + "'membre n° 11', decided_member = 11 WHERE id = 1"));  // of Rouen
    BOOST_TEST(refused(decide + "'membre n° 1', decided_member = 1 WHERE id = 1"));    // of a bureau de vote
    BOOST_TEST(refused(decide + "'membre n° 6', decided_member = 10 WHERE id = 1"));   // in another's name
    BOOST_TEST(refused(decide + "'une officière' WHERE id = 1"));
    BOOST_TEST(refused(
        "UPDATE roll_change SET state = 'done', decided_at = '2026-12-06 00:00:00', decided_by = 'membre n° 10', decided_member = 10"));
    BOOST_TEST(refused(
        "UPDATE roll_change SET state = 'approved', decided_at = '2026-12-30 00:00:00', decided_by = 'membre n° 10', decided_member = 10"));
    BOOST_TEST(refused("UPDATE roll_change SET voter_id = 51"));
    BOOST_TEST(refused("UPDATE roll_change SET detail = '{}'"));
    BOOST_TEST(refused("DELETE FROM roll_change"));
    const std::string add =
        "INSERT INTO roll_change (voter_id, kind, detail, reason, proposed_by, proposed_at, proposed_member, expires_at) VALUES ";
    BOOST_TEST(refused(add + "(51, 'strike', '{}', 'x', 'membre n° 6', '2026-12-05', 6, '2026-12-12')"));  // of Rouen
    BOOST_TEST(refused(add + "(50, 'scrutins', '{}', 'x', 'membre n° 6', '2026-12-05', 6, '2026-12-12')"));
    BOOST_TEST(refused(add + "(50, 'strike', '{}', 'x', 'un officier', '2026-12-05', NULL, '2026-12-12')"));
    BOOST_TEST(refused(add + "(50, 'strike', '{}', 'x', 'membre n° 6', '2026-12-05', 6, NULL)"));
    BOOST_TEST(refused("UPDATE voter SET last_name = 'x' WHERE id = 50"));
    BOOST_TEST(refused("UPDATE voter SET struck_off_at = NOW() WHERE id = 50"));
    BOOST_TEST(refused(
        "INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) VALUES (50, NOW(), 'reopened', 0, '')"));
    BOOST_TEST(states() == "proposed");
    db.run("UPDATE desk_member SET removed_at = NOW() WHERE id = 6");  // who proposed is no member any more
    BOOST_TEST(refused(decide + "'membre n° 10', decided_member = 10 WHERE id = 1"));
    enter(k_second);
    const auto page = approve("/bureau/changements/1");
    BOOST_TEST(page.status == 409);
    BOOST_TEST(page.has("n’est plus permise"));
    BOOST_TEST(refuse("/bureau/changements/1", "Le proposant est parti").status == 303);
}

BOOST_AUTO_TEST_CASE(looks_and_proposals_have_a_limit) {
    enter(k_gestionnaire);
    const std::string mine = line();  // the first look
    for (int look = 1; look < 60; ++look) BOOST_REQUIRE(search("electrice50").status == 200);
    BOOST_TEST(search("electrice50").status == 429);
    for (int proposal = 0; proposal < 100; ++proposal)
        BOOST_REQUIRE(portal.post(mine + "/radiation", {{"motif", "x"}}).status != 429);
    BOOST_TEST(portal.post(mine + "/radiation", {{"motif", "x"}}).status == 429);
    BOOST_TEST(count("SELECT COUNT(*) FROM roll_change") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace roll_change_tests
