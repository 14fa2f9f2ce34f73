// SPDX-License-Identifier: AGPL-3.0-or-later
// A portal with the account worker, an elector whose space exists, and one whose does not.
#pragma once

#include <boost/test/unit_test.hpp>

#include <string>

#include "account/routes.hpp"
#include "domain/secret_hash.hpp"
#include "support/portal.hpp"

namespace test {

struct AccountFixture {
    explicit AccountFixture(const std::string& edition = "2026", const std::string& extra_settings = "")
        : portal{"account", account::routes, edition, extra_settings} {
        portal.add_voter(7, k_address);
        portal.add_voter(8, "bob@ac-poitiers.example");
        const auto pepper = portal.settings.secret("password_pepper");
        admin().execute(
            "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) VALUES (7, ?, '2026-10-12 09:00:00', "
            "'2026-10-12 09:00:00')",
            {domain::hash_secret(pepper.view(), k_password)});
    }
    static constexpr const char* k_address = "zoe@ac-poitiers.example";
    static constexpr const char* k_password = "Élève-92";

    Portal portal;

    db::Connection& admin() { return portal.database.admin(); }
    std::int64_t count(const std::string& table) { return admin().select_one("SELECT COUNT(*) FROM " + table)->number(0); }
    std::string mail() { return admin().select_one("SELECT body FROM outbox ORDER BY id DESC LIMIT 1")->text(0); }
    Page enter(const std::string& address, const std::string& password, const std::string& next = "") {
        return portal.post("/connexion", {{"adresse", address}, {"mot_de_passe", password}, {"suite", next}});
    }
    void wait(std::chrono::seconds time) { portal.clock.set(portal.clock.now() + time); }
};

}  // namespace test
