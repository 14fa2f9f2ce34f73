// SPDX-License-Identifier: AGPL-3.0-or-later
// A late elector at the desk: one member proposes a line without NUMEN, another of the same académie approves, and the administration's file is what it waits for.
#include "bureau_fixture.hpp"

#include <algorithm>
#include <string_view>

#include "db/connection.hpp"
#include "domain/roll_line.hpp"

namespace inscription_tests {

namespace {

struct Inscription : test::BureauFixture {
    static constexpr unsigned k_second = 10, k_rouen = 11;
    Inscription() {
        portal.add_voter(k_second, address(k_second)), portal.add_voter(k_rouen, address(k_rouen));
        add_member(k_second, "gestionnaire", "poitiers"), add_member(k_rouen, "gestionnaire", "rouen");
        portal.add_voter(50, "inscrite@ac-poitiers.example"), portal.add_voter(51, "ailleurs@ac-rouen.example");
        db.run("UPDATE voter SET academie_code = 'rouen' WHERE id = 51");
        db.run("UPDATE scrutin SET instance = 'CAPD', level = 'départemental', perimeter = '079' WHERE id = 2");
        db.run(
            "INSERT INTO eligibility_rule (position, personnel, corps, academie_code, departement, instance, reason) VALUES "
            "(1, 'PE et instituteur', '', '', '', 'CTM', 'vous êtes {personnel}'), "
            "(2, '', 'Professeure des écoles', '', '', 'CAPD', '{corps} dans l’académie de {academie}')");
        db.run("ALTER TABLE roll_change AUTO_INCREMENT = 1");
    }
    static test::Portal::Fields typed(const test::Portal::Fields& otherwise = {}) {
        test::Portal::Fields fields{{"civilite", "Mme"},
                                    {"nom", "Tardive-Émoi"},
                                    {"prenom", "Léa"},
                                    {"courriel", " Lea.TARDIVE@ac-poitiers.example "},
                                    {"personnel", "pe et INSTITUTEUR"},
                                    {"corps", "Professeure des ecoles"},
                                    {"affectation", "École du Port"},
                                    {"academie", "poitiers"},
                                    {"departement", "79"},
                                    {"lieu_notice", "École du Port"},
                                    {"demande", ""},
                                    {"motif", "Arrivée le 1er octobre"}};
        for (const auto& [name, value] : otherwise) {
            const auto same = [&, of = name](const auto& field) { return field.first == of; };
            const auto found = std::find_if(fields.begin(), fields.end(), same);
            if (found == fields.end()) fields.emplace_back(name, value);
            else found->second = value;
        }
        return fields;
    }
    test::Page send(const test::Portal::Fields& otherwise = {}) {
        return portal.post("/bureau/electeurs/nouveau", typed(otherwise));
    }
    std::string propose(const test::Portal::Fields& otherwise = {}) {
        const auto page = send(otherwise);
        BOOST_REQUIRE_MESSAGE(page.status == 303, page.body);
        return page.header("Location");
    }
    std::string seen_on(const std::string& path) {
        const auto page = portal.get(path);
        const auto at = page.body.find("name=\"vu\" value=\"");
        return at == std::string::npos ? std::string(64, '0') : page.body.substr(at + 17, 64);
    }
    test::Page approve(const std::string& path) { return portal.post(path + "/approbation", {{"vu", seen_on(path)}}); }
    std::string text(const char* sql) { return db.select_one(sql)->text(0); }
    std::string states() { return text("SELECT COALESCE(GROUP_CONCAT(state ORDER BY id), '') FROM roll_change"); }
    void seal() { db.run("INSERT INTO seal (scrutin_id, digest, text) VALUES (1, REPEAT('0', 64), 'x')"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(inscription_tests, Inscription)

BOOST_AUTO_TEST_CASE(one_proposes_another_of_the_academie_approves_and_it_waits_for_the_file) {
    enter(k_gestionnaire);
    BOOST_TEST(portal.get("/bureau/electeurs").has("/bureau/electeurs/nouveau"));
    BOOST_TEST(portal.get("/bureau/changements").has("/bureau/electeurs/nouveau"));
    const auto form = portal.get("/bureau/electeurs/nouveau");
    BOOST_TEST(form.status == 200);
    BOOST_TEST(form.has("Les règles de l’élection nomment : PE et instituteur."));
    BOOST_TEST(form.has("value=\"poitiers\" selected"));
    BOOST_TEST(!form.has("name=\"numen\""));
    const std::string path = propose();
    BOOST_TEST(path == "/bureau/changements/1");
    BOOST_TEST(last_act() == "membre n° 6 desk-roll inscription proposée, n° 1");
    // In the election's writing, as an import keeps it; nobody of the roll, no check of a NUMEN.
    BOOST_TEST(
        text("SELECT detail FROM roll_change") ==
        "{\"academie\":\"poitiers\",\"affectation\":\"École du Port\",\"civility\":\"Mme\",\"corps\":\"Professeure des écoles\","
        "\"departement\":\"079\",\"email\":\"lea.tardive@ac-poitiers.example\",\"first_name\":\"Léa\",\"last_name\":\"Tardive-Émoi\","
        "\"notice_place\":\"École du Port\",\"personnel\":\"PE et instituteur\"}");
    BOOST_TEST(
        text("SELECT CONCAT_WS('|', voter_id IS NULL, identity_check = '', academie_code, proposed_member) FROM roll_change") ==
        "1|1|poitiers|6");
    const auto mine = portal.get(path);
    BOOST_TEST(mine.has("Vous avez proposé ce changement"));
    BOOST_TEST(portal.post(path + "/approbation", {{"vu", std::string(64, '0')}}).status == 403);

    enter(k_second);
    BOOST_TEST(portal.get("/bureau/changements").has("Inscription n°&nbsp;1"));
    BOOST_TEST(portal.get("/bureau/changements").has("Léa Tardive-Émoi"));
    const auto page = portal.get(path);
    for (const char* words : {"Mme Léa Tardive-Émoi", "lea.tardive@ac-poitiers.example", "PE et instituteur", "079",
                              "Arrivée le 1er octobre", "Comité ministériel&nbsp;: vous êtes PE et instituteur",
                              "CAPD des Deux-Sèvres&nbsp;: Professeure des écoles dans l’académie de "})
        BOOST_TEST(page.has(words), words);
    BOOST_TEST(!page.has("Ce qui change"));
    BOOST_TEST(approve(path).header("Location") == path);
    BOOST_TEST(last_act() == "membre n° 10 desk-roll inscription approuvée, n° 1, proposée par membre n° 6");
    BOOST_TEST(states() == "approved");
    BOOST_TEST(portal.get(path).has("Approuvée par le membre n° 10 : attend le fichier de l’administration"));
    BOOST_TEST(portal.get(path).has("quand l’administration lui envoie sa ligne"));
    BOOST_TEST(!portal.get(path).has("toutes les cinq minutes"));
    BOOST_TEST(portal.get("/bureau/changements").has("attend le fichier de l’administration"));
    BOOST_TEST(count("SELECT COUNT(*) FROM voter WHERE last_name LIKE 'Tardive%'") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE detail LIKE '%ardive%' OR detail LIKE '%Léa%'") == 0);
    // Made: as the office's tool leaves it.
    db.run("UPDATE roll_change SET state = 'done', ended_at = '2026-12-06 10:00:00', voter_id = 50");
    BOOST_TEST(portal.get(path).has("Faite "));
    BOOST_TEST(portal.get(path).has("Léa Tardive-Émoi"));
    db.run("UPDATE roll_change SET state = 'impossible', outcome = 'même NUMEN', voter_id = NULL");
    BOOST_TEST(portal.get(path).has("n’a pas pu être faite : même NUMEN"));
}

BOOST_AUTO_TEST_CASE(other_roles_and_academies_find_nothing) {
    enter(k_gestionnaire);
    const std::string path = propose();
    for (const unsigned seat : {k_president, k_secretaire, k_delegue, k_suppleant, k_expert, k_assistance, k_other}) {
        enter(seat);
        BOOST_TEST(portal.get("/bureau/electeurs/nouveau").status == 404, seat);
        BOOST_TEST(send().status == 404, seat);
        BOOST_TEST(portal.get(path).status == 404, seat);
    }
    enter(k_rouen);
    BOOST_TEST(portal.get("/bureau/electeurs/nouveau").has("value=\"rouen\" selected"));
    const auto page = send();  // for Poitiers
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("Choisissez une de vos académies"));
    BOOST_TEST(portal.get(path).status == 404);
    BOOST_TEST(approve(path).status == 404);
    BOOST_TEST(!portal.get("/bureau/changements").has("n°&nbsp;1"));
    BOOST_TEST(states() == "proposed");
}

BOOST_AUTO_TEST_CASE(what_no_line_can_hold_is_told_and_the_form_keeps_the_rest) {
    enter(k_gestionnaire);
    const auto wrong = [&](const char* field, const std::string& value, const char* because) {
        const auto page = send({{field, value}});
        BOOST_TEST(page.status == 400, field << " " << value);
        BOOST_TEST(page.has(because), because);
        if (std::string_view(field) != "nom") BOOST_TEST(page.has("value=\"Tardive-Émoi\""));
    };
    for (const auto& one : domain::k_line_columns)
        if (one.is_required && one.name != "courriel" && one.name != "academie")
            wrong(std::string(one.name).c_str(), "  ", " : à remplir.");
    wrong("nom", std::string(81, 'a'), "Nom : une ligne de 80 caractères au plus");
    wrong("nom", "a\u202eb", "Nom : une ligne de 80 caractères au plus");
    wrong("courriel", "sans-arobase", "Saisissez l’adresse professionnelle entière");
    wrong("academie", "rouen", "Choisissez une de vos académies");
    wrong("departement", "Niévre", "son numéro est attendu");
    wrong("departement", "086", "Aucun scrutin « CAPD » ne convient. Il y en a pour : 079.");
    wrong("motif", "", "Écrivez pourquoi");
    wrong("motif", std::string(301, 'a'), "Une ligne de 300 caractères");
    wrong("demande", "A-7K3M-9PQR", "Aucune demande de cette académie");
    // A profile that no rule names gets what the others give, unless nothing is left.
    db.run("DELETE FROM eligibility_rule WHERE position = 2");
    wrong("personnel", "PE et institutrice", "Le profil le plus proche est « PE et instituteur »");
    // There is no field for what the desk must not collect.
    BOOST_TEST(send({{"numen", "99Z9999999TTT"}}).status == 400);
    BOOST_TEST(send({{"naissance", "3/2/1971"}}).status == 400);
    BOOST_TEST(count("SELECT COUNT(*) FROM roll_change") == 0);
    const std::string path = propose({{"nom", "<b>O’Brien</b>"}, {"civilite", ""}});
    BOOST_TEST(portal.get(path).has("&lt;b&gt;O’Brien"));
}

BOOST_AUTO_TEST_CASE(who_is_on_the_roll_is_told_of_the_own_academie_alone) {
    enter(k_gestionnaire);
    auto page = send({{"courriel", "INSCRITE@ac-poitiers.example"}});
    BOOST_TEST(page.status == 409);
    BOOST_TEST(page.has("Cette adresse est déjà celle d’un électeur de l’académie"));
    BOOST_TEST(page.has("value=\"Tardive-Émoi\""));
    BOOST_TEST(last_act() == "membre n° 6 desk-roll académie « poitiers » : inscription d’un électeur déjà dans la liste, 1 ligne");
    db.run("UPDATE voter SET struck_off_at = '2026-11-01' WHERE id = 50");
    BOOST_TEST(send({{"courriel", "inscrite@ac-poitiers.example"}}).has("proposez sa réinscription"));
    propose({{"courriel", "ailleurs@ac-rouen.example"}});  // the office's tool tells
    // Somebody else brought him onto the roll meanwhile.
    const std::string path = propose();
    portal.add_voter(60, "lea.tardive@ac-poitiers.example");
    enter(k_second);
    page = approve(path);
    BOOST_TEST(page.status == 409);
    BOOST_TEST(page.has("Cette adresse est déjà celle d’un électeur de l’académie"));
    BOOST_TEST(states() == "proposed,proposed");
}

BOOST_AUTO_TEST_CASE(a_form_sent_twice_proposes_once_and_one_person_waits_once) {
    enter(k_gestionnaire);
    for (int twice = 0; twice < 2; ++twice)
        BOOST_TEST(send({{"form_key", "abcdef0123456789"}}).header("Location") == "/bureau/changements/1");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE detail LIKE 'inscription proposée%'") == 1);
    auto page = send();
    BOOST_TEST(page.status == 409);
    BOOST_TEST(page.has("attend déjà pour cette adresse, sous le n° 1"));
    enter(k_second);
    BOOST_TEST(send().status == 409);  // by another too
    approve("/bureau/changements/1");
    BOOST_TEST(send().status == 409);  // while the file is awaited
    db.run("UPDATE roll_change SET state = 'impossible', outcome = 'x'");
    BOOST_TEST(propose() == "/bureau/changements/2");
    BOOST_TEST(portal.post("/bureau/changements/2/refus", {{"motif", "Erreur"}}).status == 303);
    BOOST_TEST(propose() == "/bureau/changements/3");
    wait(std::chrono::hours{24 * 7});  // fallen
    enter(k_gestionnaire);
    BOOST_TEST(portal.get("/bureau/changements/3").has("Périmée"));
    BOOST_TEST(propose() == "/bureau/changements/4");
}

BOOST_AUTO_TEST_CASE(the_sealing_ends_it) {
    enter(k_gestionnaire);
    const std::string path = propose();
    seal();
    BOOST_TEST(portal.get("/bureau/electeurs/nouveau").status == 409);
    BOOST_TEST(portal.get("/bureau/electeurs/nouveau").has("plus personne n’est inscrit"));
    BOOST_TEST(!portal.get("/bureau/electeurs").has("/bureau/electeurs/nouveau"));
    BOOST_TEST(!portal.get("/bureau/changements").has("/bureau/electeurs/nouveau"));
    const auto page = send({{"courriel", "autre@ac-poitiers.example"}});
    BOOST_TEST(page.status == 409);
    BOOST_TEST(page.has("L’élection est scellée"));
    enter(k_second);
    BOOST_TEST(approve(path).status == 409);
    BOOST_TEST(states() == "proposed");
}

BOOST_AUTO_TEST_CASE(who_is_out_of_the_desk_proposes_nothing) {
    enter(k_gestionnaire);
    db.run("DELETE FROM desk_session");
    BOOST_TEST(send().header("Location") == "/bureau/code");
    portal.cookie.clear();
    BOOST_TEST(send().header("Location").starts_with("/connexion"));
    BOOST_TEST(count("SELECT COUNT(*) FROM roll_change") == 0);
}

BOOST_AUTO_TEST_CASE(it_answers_a_request_of_the_academie) {
    db.run(
        "INSERT INTO assistance (number, email, academie_code, subject, body, created_at, idempotency_key) VALUES "
        "('A-AAAA-AAAA', 'x@y.example', 'poitiers', 'Liste', 'Je manque', '2026-12-04 08:00:00', REPEAT('a', 64)), "
        "('A-CCCC-CCCC', 'x@y.example', 'rouen', 'Liste', 'Je manque', '2026-12-04 08:00:00', REPEAT('c', 64))");
    db.run(
        "INSERT INTO reclamation (number, voter_id, object, body, created_at, idempotency_key) VALUES ('R-AAAA-AAAA', 50, 'liste_electorale', 'Ma collègue manque', "
        "'2026-12-04 08:00:00', REPEAT('a', 64))");
    enter(k_gestionnaire);
    for (const char* number : {"A-AAAA-AAAA", "R-AAAA-AAAA"}) {
        const std::string form = std::string("/bureau/electeurs/nouveau?demande=") + number;
        BOOST_TEST(portal.get(std::string("/bureau/demandes/") + number).has(form), number);
        BOOST_TEST(portal.get(form).has(std::string("value=\"") + number + "\""));
    }
    BOOST_TEST(send({{"demande", "A-CCCC-CCCC"}}).status == 400);
    const std::string path = propose({{"demande", " a-aaaa-aaaa "}});
    BOOST_TEST(portal.get(path).has("/bureau/demandes/A-AAAA-AAAA"));
    enter(k_assistance);
    BOOST_TEST(!portal.get("/bureau/demandes/A-AAAA-AAAA").has("/bureau/electeurs/nouveau"));
}

BOOST_AUTO_TEST_CASE(the_workers_account_alone_gets_no_further) {
    enter(k_gestionnaire);
    propose();
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
    BOOST_TEST(refused(decide + "'membre n° 7', decided_member = 7 WHERE id = 1"));    // assistance
    BOOST_TEST(refused("UPDATE roll_change SET academie_code = 'rouen'"));
    BOOST_TEST(refused("UPDATE roll_change SET identity_check = REPEAT('0', 64)"));
    BOOST_TEST(refused("SELECT identity_check FROM roll_change"));
    const std::string add =
        "INSERT INTO roll_change (voter_id, kind, detail, reason, proposed_by, proposed_at, proposed_member, expires_at, academie_code) VALUES ";
    const std::string by = "'{}', 'x', 'membre n° 6', '2026-12-05', 6, '2026-12-12'";
    BOOST_TEST(refused(add + "(NULL, 'add', " + by + ", 'rouen')"));
    BOOST_TEST(refused(add + "(NULL, 'add', " + by + ", NULL)"));
    BOOST_TEST(refused(add + "(50, 'add', " + by + ", 'poitiers')"));
    BOOST_TEST(refused(add + "(NULL, 'strike', " + by + ", 'poitiers')"));
    BOOST_TEST(refused(add + "(51, 'strike', " + by + ", 'poitiers')"));
    BOOST_TEST(refused(add + "(NULL, 'add', '{}', 'x', 'membre n° 10', '2026-12-05', 6, '2026-12-12', 'poitiers')"));
    BOOST_TEST(refused(
        "INSERT INTO roll_change (kind, identity_check, reason, proposed_by, proposed_at, proposed_member, expires_at, academie_code) "
        "VALUES ('add', REPEAT('0', 64), 'x', 'membre n° 6', '2026-12-05', 6, '2026-12-12', 'poitiers')"));
    BOOST_TEST(states() == "proposed");
    // What is written there by other hands than the form's is shown, and breaks no page.
    for (const char* detail : {"{}", "[]", "5", "nothing", "{\"email\":5,\"last_name\":[1]}"})
        worker.run(add + "(NULL, 'add', '" + detail + "', 'x', 'membre n° 6', '2026-12-05', 6, '2026-12-12', 'poitiers')");
    enter(k_second);
    BOOST_TEST(portal.get("/bureau/changements").status == 200);
    for (const char* number : {"2", "3", "4", "5", "6"})
        BOOST_TEST(portal.get(std::string("/bureau/changements/") + number).status == 200);
}

BOOST_AUTO_TEST_CASE(proposals_have_a_limit_with_the_other_changes) {
    enter(k_gestionnaire);
    for (int proposal = 0; proposal < 100; ++proposal) BOOST_REQUIRE(send().status != 429);
    BOOST_TEST(send().status == 429);
    BOOST_TEST(count("SELECT COUNT(*) FROM roll_change") == 1);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace inscription_tests
