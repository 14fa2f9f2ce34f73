// SPDX-License-Identifier: AGPL-3.0-or-later
// The public log's page, its head for programs, and the look-up of a reference.
#include "crypto/tlog_proof.hpp"
#include "scrutins_fixture.hpp"
#include "support/folder.hpp"
#include "util/signature.hpp"

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

// A log of 300 ballots as sceau publishes it; the last one is ours, and another waits for its batch.
BOOST_AUTO_TEST_CASE(the_proof_of_an_inclusion_is_a_file_that_needs_no_portal) {
    namespace tlog = crypto::tlog;
    const auto keys = util::make_signing_keys();
    const std::string origin = "localhost:8080/urne/uuidctm";
    db.execute("UPDATE urne.setup SET log_key = ? WHERE scrutin_id = 1", {keys.public_key});
    crypto::merkle::Tree tree;
    for (unsigned i = 0; i < 300; ++i) {
        const std::string hash = i == 299 ? ballot : util::sha256("bulletin " + std::to_string(i));
        tree.append(hash);
        db.execute("INSERT INTO urne.log VALUES (1, ?, ?)", {i, util::to_hex(hash)});
    }
    const std::string waiting = util::sha256("en attente");
    db.execute("INSERT INTO urne.log VALUES (1, 300, ?)", {util::to_hex(waiting)});
    const test::Folder folder;
    portal.settings.log_folder = folder.path();
    const auto ask = [&](const std::string& reference) { return portal.post("/urne/ctm/inscription", {{"reference", reference}}); };
    BOOST_TEST(ask(util::to_base64_unpadded(ballot)).status == 404);  // nothing is published yet

    const auto put = [&](const std::string& path, const std::string& content) {
        std::filesystem::create_directories((folder / ("public/uuidctm/" + path)).parent_path());
        folder.write("public/uuidctm/" + path, content);
    };
    const tlog::Checkpoint checkpoint{origin, 300, tree.root(300)};
    put("checkpoint", tlog::Note{checkpoint.text(), {tlog::sign(keys.secret_key.view(), origin, checkpoint.text())}}.write());
    BOOST_TEST(ask(util::to_base64_unpadded(ballot)).status == 503);  // its tiles are not there
    for (const auto& file : tlog::tiles_between(tree, 0, 300)) put(file.path, file.content);

    BOOST_TEST(search(util::to_base64_unpadded(ballot)).has("action=\"/urne/ctm/inscription\""));
    const auto page = ask(util::to_base64_unpadded(ballot));
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.header("Content-Disposition").find("inscription-ctm.tlog-proof") != std::string::npos);
    const auto proof = tlog::InclusionProof::parse(page.body);
    BOOST_TEST_REQUIRE(proof.has_value());
    const tlog::Verifier key{origin, tlog::KeyKind::log, *util::from_base64url(keys.public_key)};
    const auto opened = tlog::open_checkpoint(proof->note, key);
    BOOST_TEST_REQUIRE(opened.has_value());
    BOOST_TEST(proof->index == 299u);
    BOOST_TEST(proof->shows(ballot, opened->checkpoint));
    BOOST_TEST(!proof->shows(waiting, opened->checkpoint));

    BOOST_TEST(ask(util::to_base64_unpadded(waiting)).status == 404);
    BOOST_TEST(ask(util::to_base64_unpadded(util::sha256("jamais"))).status == 404);
    BOOST_TEST(ask("pas une référence").status == 400);
    put("tile/1/000.p/1", std::string(32, 'x'));  // damaged: a proof that proves nothing is not given
    BOOST_TEST(ask(util::to_base64_unpadded(ballot)).status == 503);
}

BOOST_AUTO_TEST_CASE(a_reference_never_travels_in_an_address) { BOOST_TEST(portal.get("/urne/ctm?reference=x").status == 400); }

BOOST_AUTO_TEST_CASE(the_worker_cannot_read_ballots) {
    db::Connection worker(portal.database.settings("scrutins"));
    BOOST_CHECK_THROW(worker.select("SELECT ballot_hash FROM urne.ballot"), db::Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace registre_tests
