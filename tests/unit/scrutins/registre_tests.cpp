// SPDX-License-Identifier: AGPL-3.0-or-later
// The public log's page, its head for programs, and the look-up of a reference.
#include "scrutins_fixture.hpp"

namespace registre_tests {

namespace {
struct LogFixture : test::ScrutinsFixture {
    std::string ballot = util::sha256("bulletin chiffré");
    LogFixture() {
        db.execute("INSERT INTO urne.setup VALUES (1, 'uuidctm', '{}', '[]', ?, ?, ?)",
                   {std::string(64, '0'), std::string(43, 'R'), std::string(43, 'L')});
        portal.cookie.clear();
    }
    void append() {
        db.execute("INSERT INTO urne.log VALUES (1, 0, ?), (1, 1, ?)", {util::sha256_hex("autre"), util::to_hex(ballot)});
        db.execute("INSERT INTO urne.log_head VALUES (1, 1, ?, ?), (1, 2, ?, ?)",
                   {std::string(64, 'a'), std::string(86, 'S'), std::string(64, 'b'), std::string(86, 'T')});
    }
    test::Page search(const std::string& reference) { return portal.post("/urne/ctm", {{"reference", reference}}); }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(registre_tests, LogFixture)

BOOST_AUTO_TEST_CASE(a_sealed_scrutin_without_ballot_has_an_empty_log) {
    const auto page = portal.get("/urne/ctm");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.has("le registre est vide"));
    BOOST_TEST(portal.get("/urne/ctm/tete").status == 404);
}

BOOST_AUTO_TEST_CASE(an_unsealed_or_unknown_scrutin_has_none) {
    BOOST_TEST(portal.get("/urne/capd-079").status == 404);
    BOOST_TEST(portal.get("/urne/inconnu").status == 404);
}

BOOST_AUTO_TEST_CASE(the_newest_head_is_shown_to_people_and_to_programs) {
    append();
    BOOST_TEST(portal.get("/urne/ctm").has(std::string(64, 'b')));
    const auto head = util::parse_json(portal.get("/urne/ctm/tete").body);
    BOOST_REQUIRE(head.has_value());
    BOOST_TEST((*head)["size"] == 2);
    BOOST_TEST((*head)["root"] == std::string(64, 'b'));
    BOOST_TEST((*head)["signature"] == std::string(86, 'T'));
    BOOST_TEST((*head)["log_key"] == std::string(43, 'L'));
    BOOST_TEST((*head)["uuid"] == "uuidctm");
}

BOOST_AUTO_TEST_CASE(the_sealed_election_is_given_byte_for_byte) {
    db.execute("UPDATE urne.setup SET election = ? WHERE scrutin_id = 1", {R"({"version":1,"name":"Été \u2019"})"});
    const auto page = portal.get("/urne/ctm/election.json");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.body == R"({"version":1,"name":"Été \u2019"})");
    BOOST_TEST(page.header("Content-Type").starts_with("application/json"));
    BOOST_TEST(portal.get("/urne/capd-079/election.json").status == 404);
}

BOOST_AUTO_TEST_CASE(a_reference_is_found_or_not) {
    append();
    const auto found = search(util::to_base64_unpadded(ballot));
    BOOST_TEST(found.status == 200);
    BOOST_TEST(found.has("Votre bulletin est dans l’urne"));
    BOOST_TEST(found.has("numéro 2 du registre"));
    const auto absent = search(util::to_base64_unpadded(util::sha256("jamais déposé")));
    BOOST_TEST(absent.status == 200);
    BOOST_TEST(absent.has("n’est pas au registre"));
    BOOST_TEST(absent.has("ils entrent au registre par groupes d’au moins 10, toutes les 10 minutes"));
}

BOOST_AUTO_TEST_CASE(what_is_no_reference_is_told_and_kept) {
    append();
    const auto page = search("pas une référence");
    BOOST_TEST(page.status == 400);
    BOOST_TEST(page.has("value=\"pas une référence\""));
    BOOST_TEST(page.has("Saisissez les 43 caractères"));
}

BOOST_AUTO_TEST_CASE(a_reference_never_travels_in_an_address) { BOOST_TEST(portal.get("/urne/ctm?reference=x").status == 400); }

BOOST_AUTO_TEST_CASE(the_worker_cannot_read_ballots) {
    db::Connection worker(portal.database.settings("scrutins"));
    BOOST_CHECK_THROW(worker.select("SELECT ballot_hash FROM urne.ballot"), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace registre_tests
