// SPDX-License-Identifier: AGPL-3.0-or-later
// Electors with a real envelope and a real escrow, as the office makes them, and the worker that replaces the first.
#pragma once

#include <boost/test/unit_test.hpp>

#include <string>

#include "domain/envelope.hpp"
#include "domain/escrow.hpp"
#include "domain/identity.hpp"
#include "domain/secret_hash.hpp"
#include "domain/voting_code.hpp"
#include "reassort/routes.hpp"
#include "support/portal.hpp"

namespace test {

inline constexpr const char* k_numen = "13E7654321ABC";
inline constexpr const char* k_credential = "credential-of-elector-1-abc";

struct ReassortFixture {
    Portal portal;
    db::Connection& db = portal.database.admin();
    std::string first_code{domain::make_voting_code().view()};

    explicit ReassortFixture(const std::string& edition = "2026") : portal("reassort", reassort::routes, edition) {
        add_elector(1);
        portal.sign_in(1);
    }

    void add_elector(unsigned id) {
        const auto pepper = portal.settings.secret("numen_pepper");
        portal.add_voter(id, "zoe." + std::to_string(id) + "@ac-poitiers.example",
                         domain::identity_check(pepper.view(), k_numen, "1971-02-28"));
        const auto envelope =
            domain::seal_envelope(*domain::normalise_voting_code(first_code), k_credential, util::random_token(16), 1);
        db.execute("INSERT INTO envelope VALUES (?, ?, ?, ?, ?, ?)",
                   {id, envelope.voter_ref, envelope.generation, envelope.salt, envelope.nonce, envelope.ciphertext});
        db.execute("INSERT INTO escrow VALUES (?, ?)",
                   {id, domain::seal_escrow(portal.settings.secret("escrow_public_key").view(), k_credential)});
    }
    // His space, opened with this question and answer, in an election that asks it.
    void add_defi(unsigned id, const char* question, const char* answer) {
        db.execute("UPDATE election SET asks_defi = TRUE");
        db.execute(
            "INSERT INTO account (voter_id, password_hash, defi_question, defi_answer_hash, activated_at, password_changed_at) "
            "VALUES (?, '', ?, ?, '2026-11-20 10:00:00', '2026-11-20 10:00:00')",
            {id, question,
             domain::hash_secret(portal.settings.secret("password_pepper").view(), domain::normalise_defi_answer(answer))});
    }
    domain::Envelope envelope(unsigned voter = 1) {
        const auto row =
            db.select_one("SELECT voter_ref, generation, salt, nonce, ciphertext FROM envelope WHERE voter_id = ?", {voter});
        domain::Envelope envelope;
        envelope.voter_ref = row->text(0);
        envelope.generation = static_cast<unsigned>(row->number(1));
        envelope.salt = row->text(2);
        envelope.nonce = row->text(3);
        envelope.ciphertext = row->text(4);
        return envelope;
    }
    // Does this code open the elector's envelope to his credential?
    bool opens(const std::string& code, unsigned voter = 1) {
        const auto symbols = domain::normalise_voting_code(code);
        if (!symbols) return false;
        const auto opened = domain::open_envelope(envelope(voter), *symbols);
        return opened && opened->view() == k_credential;
    }
    // The code in the newest SMS.
    std::string code_in_sms() {
        const auto row = db.select_one("SELECT body FROM outbox WHERE channel = 'sms' ORDER BY id DESC LIMIT 1");
        return row ? row->text(0).substr(0, 19) : std::string();
    }
    long count(const std::string& what) { return db.select_one("SELECT COUNT(*) FROM " + what)->number(0); }

    static Portal::Fields typed(const char* phone = "06 12 34 56 78", const char* numen = "13e 7654321 abc",
                                const char* birth = "28/02/1971") {
        return {{"telephone", phone}, {"numen", numen}, {"naissance", birth}};
    }
    static Portal::Fields with(Portal::Fields fields, const char* name, const char* value) {
        fields.emplace_back(name, value);
        return fields;
    }
};

}  // namespace test
