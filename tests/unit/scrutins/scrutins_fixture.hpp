// SPDX-License-Identifier: AGPL-3.0-or-later
// An invented election for the pages of this worker: the elector 1 votes in « ctm » and « capd-079 », the elector 2 in « ctm »
// and « capd-086 »; « ccp » is a draft. Lists have candidates, one has a profession de foi.
#pragma once

#include <boost/test/unit_test.hpp>

#include <regex>
#include <string>

#include "domain/local_time.hpp"
#include "scrutins/routes.hpp"
#include "support/portal.hpp"

namespace test {

struct ScrutinsFixture {
    Portal portal{"scrutins", scrutins::routes};
    db::Connection& db = portal.database.admin();

    ScrutinsFixture() {
        add_scrutin(1, "ctm", "Comité technique ministériel", "CTM", "national", 2);
        add_scrutin(2, "capd-079", "CAPD des Deux-Sèvres", "CAPD PE", "départemental", 1);
        add_scrutin(3, "capd-086", "CAPD de la Vienne", "CAPD PE", "départemental", 1);
        add_scrutin(4, "ccp", "CCP en préparation", "CCP AESH", "académique", 1);
        db.execute("UPDATE scrutin SET state = 'draft' WHERE id = 4");
        portal.add_voter(1, "zoe.un@ac-poitiers.example");
        portal.add_voter(2, "zoe.deux@ac-poitiers.example");
        enrol(1, 1, "Électeur de tout le ministère");
        enrol(1, 2, "Professeure des écoles dans les Deux-Sèvres");
        enrol(1, 4, "Brouillon");
        enrol(2, 1, "Électeur de tout le ministère");
        enrol(2, 3, "Professeure des écoles dans la Vienne");
        add_list(10, 1, 1, "Union des Tilleuls", {"Alba", "Brun", "Clair", "Doré"});
        add_list(11, 1, 2, "Syndicat <du> Canal", {"Ébène", "Fauve", "Gris"});
        add_list(12, 1, 3, "Sigle seul", {});
        db.execute("INSERT INTO profession_de_foi (candidate_list_id, pdf) VALUES (10, ?)",
                   {std::string("%PDF-1.7 \0\xff essai", 18)});
        portal.sign_in(1);
    }

    void add_scrutin(unsigned id, const char* code, const char* title, const char* instance, const char* level, unsigned seats) {
        db.execute(
            "INSERT INTO scrutin (id, election_id, code, uuid, title, instance, level, perimeter, seats, crypto_group, bureau, "
            "position, state) VALUES (?, 1, ?, ?, ?, ?, ?, '', ?, 'Ed25519', 'Bureau central', ?, 'open')",
            {id, code, "uuid" + std::string(code), title, instance, level, seats, id});
    }
    void enrol(unsigned voter, unsigned scrutin, const char* reason) {
        db.execute(
            "INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason) SELECT ?, id, CONCAT('electrice', id, ' zoe'), ? "
            "FROM voter WHERE id = ?",
            {scrutin, reason, voter});
    }
    void add_list(unsigned id, unsigned scrutin, unsigned position, const char* name, const std::vector<std::string>& candidates) {
        db.execute(
            "INSERT INTO candidate_list (id, scrutin_id, position, name, union_name) VALUES (?, ?, ?, ?, 'Union de l’Essai')",
            {id, scrutin, position, name});
        unsigned place = 0;
        for (const auto& last_name : candidates) {
            db.execute(
                "INSERT INTO candidate (candidate_list_id, position, civility, last_name, first_name, affectation) "
                "VALUES (?, ?, 'M.', ?, 'Noé', 'École du Port')",
                {id, ++place, last_name});
        }
    }
    void at(const char* paris) {
        portal.clock.set(*domain::from_paris(paris));
        portal.sign_in(1);
    }
    void set_state(unsigned scrutin, const char* state) {
        db.execute("UPDATE scrutin SET state = ? WHERE id = ?", {state, scrutin});
    }
};

// A page without the form keys, which are new on each page.
inline std::string same_page(const Page& page) {
    return std::regex_replace(page.body, std::regex("name=\"form_key\" value=\"[^\"]*\""), "name=\"form_key\"");
}

// How many times `part` stands in `text`.
inline std::size_t count_of(std::string_view text, std::string_view part) {
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

}  // namespace test
