// SPDX-License-Identifier: AGPL-3.0-or-later
// An elector of 2022 with a question défi, and the steps of a code on screen.
#pragma once

#include <algorithm>
#include <chrono>
#include <string>

#include "reassort_fixture.hpp"

namespace test {

struct ScreenFixture : ReassortFixture {
    const std::string form_key = std::string(32, 'a');

    ScreenFixture() : ReassortFixture("2022") { add_defi(1, "Dans quelle rue ?", "Rue Élisée Reclus"); }

    static Portal::Fields proofs(const char* destination = "06 12 34 56 78", const char* answer = "rue elisee reclus",
                                 const char* numen = k_numen, const char* birth = "28/02/1971") {
        return {{"reponse", answer}, {"numen", numen}, {"naissance", birth}, {"destination", destination}};
    }
    Page ask(const char* destination = "06 12 34 56 78") { return portal.post("/reassort/temporaire", proofs(destination)); }
    // The newest temporary code that left.
    std::string temporary() {
        const auto row = db.select_one(
            "SELECT body FROM outbox WHERE body LIKE '%temporaire%' AND body REGEXP '[0-9]{4} [0-9]{4}' ORDER BY id DESC LIMIT 1");
        BOOST_TEST_REQUIRE(row.has_value());
        const std::string body = row->text(0);
        for (std::size_t i = 0; i + 9 <= body.size(); ++i) {
            const auto part = body.substr(i, 9);
            if (part[4] == ' ' && std::count_if(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; }) == 8)
                return part;
        }
        return {};
    }
    Page type(const std::string& code) { return portal.post("/reassort/code", {{"temporaire", code}}); }
    Page type(const std::string& code, const std::string& key) {
        return portal.post("/reassort/code", {{"temporaire", code}, {"form_key", key}});
    }
    // The code de vote that a page shows, or nothing.
    static std::string shown(const Page& page) {
        const std::string before = "id=\"nouveau-code\">";
        const auto at = page.body.find(before);
        return at == std::string::npos ? std::string() : page.body.substr(at + before.size(), 19);
    }
    static std::string wrong_for(const std::string& code) { return code == "0000 0000" ? "0000 0001" : "0000 0000"; }
    void later(std::chrono::seconds by) { portal.clock.set(portal.clock.now() + by); }
};

}  // namespace test
