// SPDX-License-Identifier: AGPL-3.0-or-later
// A portal with the activation worker and one elector, and the steps of his journey, done as a browser does them.
#pragma once

#include <boost/test/unit_test.hpp>

#include <string>

#include "activation/routes.hpp"
#include "support/portal.hpp"

namespace test {

struct ActivationFixture {
    explicit ActivationFixture(const std::string& edition = "2026") : portal{"activation", activation::routes, edition} {
        portal.add_voter(7, k_address);
    }
    static constexpr const char* k_address = "zoe@ac-poitiers.example";
    static constexpr const char* k_password = "Élève-92";

    Portal portal;

    db::Connection& admin() { return portal.database.admin(); }
    std::int64_t count(const std::string& table) { return admin().select_one("SELECT COUNT(*) FROM " + table)->number(0); }

    Page ask(const std::string& address, const std::string& page = "/portail/identification.htm") {
        return portal.post(page, {{"adresse", address}});
    }
    // The newest mail, and the token in its link.
    std::string mail() { return admin().select_one("SELECT body FROM outbox ORDER BY id DESC LIMIT 1")->text(0); }
    std::string token() {
        const std::string body = mail();
        const auto at = body.find("token=");
        BOOST_REQUIRE(at != std::string::npos);
        return body.substr(at + 6, 22);
    }
    // Opens a link and keeps its cookie; the page after the redirect.
    Page open(const std::string& link) {
        const auto taken = portal.get(link);
        BOOST_TEST(taken.status == 303);
        BOOST_TEST(taken.header("Location") == "/portail/lien.htm");
        keep_link_cookie(taken);
        return portal.get("/portail/lien.htm");
    }
    void keep_link_cookie(const Page& page) {
        for (const auto& [name, value] : page.headers)
            if (name == "Set-Cookie" && value.starts_with("__Host-lien="))
                portal.next_request.cookie = value.substr(0, value.find(';'));
    }
    Page spend() {
        const auto page = portal.post("/portail/lien.htm", {});
        keep_link_cookie(page);
        return page;
    }
    // From nothing to the password page.
    void reach_password() {
        ask(k_address);
        open("/portail/creation-compte-etape2.htm?token=" + token());
        BOOST_TEST(spend().header("Location") == "/portail/mot-de-passe.htm");
    }
    Page choose(const std::string& password, const std::string& confirmation) {
        return portal.post("/portail/mot-de-passe.htm", {{"mot_de_passe", password}, {"confirmation", confirmation}});
    }
    // Signed in as: nobody is 0.
    std::int64_t signed_in_as() {
        const auto row =
            admin().select_one("SELECT COALESCE(voter_id, 0) FROM session WHERE id_hash = ?", {util::sha256_hex(portal.cookie)});
        return row ? row->number(0) : 0;
    }
};

}  // namespace test
