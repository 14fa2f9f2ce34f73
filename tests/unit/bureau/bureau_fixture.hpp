// SPDX-License-Identifier: AGPL-3.0-or-later
// An invented election with two bureaux and two académies, and somebody in each seat of the desk: whoever must not see the other's.
#pragma once

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "bureau/factor_box.hpp"
#include "bureau/routes.hpp"
#include "bureau/store.hpp"
#include "bureau/totp.hpp"
#include "domain/desk.hpp"
#include "domain/local_time.hpp"
#include "domain/voting_code.hpp"
#include "support/portal.hpp"

namespace test {

struct BureauFixture {
    Portal portal{"bureau", bureau::routes};
    db::Connection& db = portal.database.admin();
    bureau::FactorBox box{portal.settings};

    // Voters by their seats. 9 is an elector who sits nowhere.
    static constexpr unsigned k_president = 1, k_secretaire = 2, k_delegue = 3, k_suppleant = 4, k_expert = 5, k_gestionnaire = 6,
                              k_assistance = 7, k_other = 8, k_nobody = 9;
    struct Seat {
        unsigned voter;
        const char *role, *place;
    };
    static const std::vector<Seat>& seats() {
        static const std::vector<Seat> all{
            {k_president, "president", "Bureau central"}, {k_secretaire, "secretaire", "Bureau central"},
            {k_delegue, "delegue", "Bureau central"},     {k_suppleant, "suppleant", "Bureau central"},
            {k_expert, "expert", "Bureau central"},       {k_gestionnaire, "gestionnaire", "poitiers"},
            {k_assistance, "assistance", "poitiers"},     {k_other, "president", "Bureau de Rouen"}};
        return all;
    }

    BureauFixture() {
        db.execute(
            "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, assistance_hours) "
            "VALUES ('rouen', 'Rouen', 2, '', '', '', '', '')");
        add_scrutin(1, "ctm", "Comité ministériel", "Bureau central");
        add_scrutin(2, "capd-079", "CAPD des Deux-Sèvres", "Bureau central");
        add_scrutin(3, "capd-076", "CAPD de la Seine-Maritime", "Bureau de Rouen");
        for (unsigned voter = 1; voter <= 9; ++voter) portal.add_voter(voter, address(voter));
        // The number of a member is that of the voter.
        for (const Seat& seat : seats()) add_member(seat.voter, seat.role, seat.place);
    }

    static std::string address(unsigned voter) { return "zoe" + std::to_string(voter) + "@ac-poitiers.example"; }

    void add_scrutin(unsigned id, const char* code, const char* title, const char* bureau) {
        db.execute(
            "INSERT INTO scrutin (id, election_id, code, uuid, title, instance, level, perimeter, seats, crypto_group, bureau, position, state) "
            "VALUES (?, 1, ?, ?, ?, 'CTM', 'national', '', 2, 'Ed25519', ?, ?, 'open')",
            {id, code, "uuid" + std::string(code), title, bureau, id});
    }
    void add_member(unsigned voter, const char* role, const char* place) { add_member_as(voter, voter, role, place); }
    void add_member_as(unsigned number, unsigned voter, const char* role, const char* place) {
        db.execute("INSERT INTO desk_member (id, email, role, place, added_at) VALUES (?, ?, ?, ?, ?)",
                   {number, address(voter), role, place, util::to_sql(portal.clock.now())});
    }
    void stand_on(unsigned voter, unsigned scrutin) {
        db.execute(
            "INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason) SELECT ?, id, CONCAT('electrice', id, ' zoe'), 'essai' FROM voter WHERE id = ?",
            {scrutin, voter});
    }
    void vote(unsigned voter, unsigned scrutin, util::Instant at) {
        db.execute("INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (?, ?, ?)", {scrutin, voter, util::to_sql(at)});
        db.execute("INSERT INTO urne.ballot (scrutin_id, ballot_hash, credential_hash, ballot) VALUES (?, ?, ?, '{}')",
                   {scrutin, util::sha256_hex("b" + std::to_string(voter)), util::sha256_hex("c" + std::to_string(voter))});
    }

    // The raw secret of somebody's second factor, once enrolled here.
    std::string secret_of(unsigned voter) const { return util::sha256("factor" + std::to_string(voter)).substr(0, 20); }
    void enrol(unsigned voter) {
        db.execute("INSERT INTO desk_factor (email, sealed, enrolled_at) VALUES (?, ?, ?)",
                   {address(voter), box.seal(address(voter), secret_of(voter)), util::to_sql(portal.clock.now())});
    }
    std::string code_of(unsigned voter, int steps = 0) const {
        return bureau::totp_code(secret_of(voter), bureau::totp_step(portal.clock.now()) + steps);
    }
    // Signed in and at the desk.
    void enter(unsigned voter) {
        if (!db.select_one("SELECT email FROM desk_factor WHERE email = ?", {address(voter)})) enrol(voter);
        portal.sign_in(voter);
        const auto page = portal.post("/bureau/code", {{"code", code_of(voter)}});
        BOOST_REQUIRE_EQUAL(page.header("Location"), "/bureau");
    }
    // What the office does: a code by hand.
    std::string hand_out(unsigned voter) {
        const std::string code(domain::make_voting_code().view());
        db.execute("REPLACE INTO desk_factor (email, enrol_hash, enrol_until) VALUES (?, ?, ?)",
                   {address(voter), domain::enrolment_hash(address(voter), domain::normalise_voting_code(code).value()),
                    util::to_sql(portal.clock.now() + std::chrono::hours{24})});
        return code;
    }
    void wait(std::chrono::seconds time) { portal.clock.set(portal.clock.now() + time); }
    long count(const char* sql) { return db.select_one(sql)->number(0); }
    std::string last_act() {
        const auto row = db.select_one("SELECT CONCAT(actor, ' ', action, ' ', detail) FROM audit ORDER BY id DESC LIMIT 1");
        return row ? row->text(0) : "";
    }
};

}  // namespace test
