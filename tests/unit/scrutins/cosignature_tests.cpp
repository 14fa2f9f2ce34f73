// SPDX-License-Identifier: AGPL-3.0-or-later
// What witnesses send: kept when a named one signed a head of ours, and nothing else.
#include "crypto/tlog.hpp"
#include "scrutins/witnesses.hpp"
#include "scrutins_fixture.hpp"
#include "util/bytes.hpp"
#include "util/signature.hpp"

namespace cosignature_tests {

namespace tlog = crypto::tlog;

namespace {

struct CosignatureFixture : test::ScrutinsFixture {
    util::SigningKeys log = util::make_signing_keys(), union_key = util::make_signing_keys(), stranger = util::make_signing_keys();
    const std::string union_name = "temoin.syndicat.example/urne";
    std::string origin = tlog::origin_of(portal.settings.base_url, "/urne/uuidctm");

    CosignatureFixture() {
        db.execute("INSERT INTO urne.setup VALUES (1, 'uuidctm', '{}', '[]', ?, ?, ?)",
                   {std::string(64, '0'), std::string(43, 'R'), log.public_key});
        portal.settings.log_witnesses = {verifier(union_name, union_key).text()};
        portal.cookie.clear();
        for (const unsigned size : {3U, 5U})
            db.execute("INSERT INTO urne.log_head VALUES (1, ?, ?, ?)", {size, util::to_hex(root(size)), std::string(86, 'S')});
    }
    static std::string root(unsigned size) { return util::sha256("root " + std::to_string(size)); }
    static tlog::Verifier verifier(const std::string& name, const util::SigningKeys& keys) {
        return {name, tlog::KeyKind::witness, *util::from_base64url(keys.public_key)};
    }
    // A checkpoint that the log signed, and a witness under it.
    std::string note(std::uint64_t size, const std::string& root, const util::SigningKeys& witness, std::uint64_t time) {
        const std::string text = tlog::Checkpoint{origin, size, root}.text();
        return tlog::Note{text,
                          {tlog::sign(log.secret_key.view(), origin, text),
                           tlog::cosign(witness.secret_key.view(), union_name, text, time)}}
            .write();
    }
    test::Page send(const std::string& text) { return portal.post("/urne/ctm/cosignature", {{"note", text}}); }
    std::int64_t kept() { return db.select_one("SELECT COUNT(*) FROM urne.cosignature")->number(0); }
    static constexpr std::uint64_t k_time = 1796289120;  // 2026-12-03 09:12 in Paris
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cosignature_tests, CosignatureFixture)

BOOST_AUTO_TEST_CASE(a_named_witness_is_shown_with_what_it_saw_and_when) {
    BOOST_TEST(portal.get("/urne/ctm").has("pas encore de signature"));
    const auto sent = send(note(3, root(3), union_key, k_time));
    BOOST_TEST(sent.status == 303);
    const auto page = portal.get("/urne/ctm");
    BOOST_TEST(page.has(union_name));
    BOOST_TEST(page.has("3 bulletins, "));
    BOOST_TEST(page.has(domain::paris_full(util::Instant{std::chrono::seconds{k_time}})));
    BOOST_TEST(page.has("le registre a grandi depuis"));
    // As a browser's form sends it, and without its last line end.
    std::string typed;
    for (const char c : note(5, root(5), union_key, k_time + 60)) typed += c == '\n' ? "\r\n" : std::string(1, c);
    typed.resize(typed.size() - 2);
    BOOST_TEST(send(typed).status == 303);
    BOOST_TEST(portal.get("/urne/ctm").has("5 bulletins, "));
    BOOST_TEST(!portal.get("/urne/ctm").has("a grandi depuis"));
    BOOST_TEST(kept() == 1);
}

BOOST_AUTO_TEST_CASE(an_older_one_sent_again_changes_nothing) {
    BOOST_TEST(send(note(5, root(5), union_key, k_time)).status == 303);
    BOOST_TEST(send(note(3, root(3), union_key, k_time - 600)).status == 303);
    BOOST_TEST(portal.get("/urne/ctm").has("5 bulletins, "));
    BOOST_TEST(db.select_one("SELECT text FROM urne.cosignature")->text(0) == (tlog::Checkpoint{origin, 5, root(5)}.text()));
}

BOOST_AUTO_TEST_CASE(nobody_else_signs_and_nothing_else_is_signed) {
    BOOST_TEST(send(note(3, root(3), stranger, k_time)).status == 403);
    BOOST_TEST(send("pas un point de contrôle").status == 400);
    std::string altered = note(3, root(3), union_key, k_time);
    altered.replace(altered.find("\n3\n"), 3, "\n4\n");
    BOOST_TEST(send(altered).status == 400);
    // The right key and another log's name.
    origin = tlog::origin_of(portal.settings.base_url, "/urne/uuidcapd-079");
    BOOST_TEST(send(note(3, root(3), union_key, k_time)).status == 400);
    BOOST_TEST(portal.post("/urne/inconnu/cosignature", {{"note", "x"}}).status == 404);
    BOOST_TEST(kept() == 0);
}

// The log signed it, and it is not the log that we have: somebody was shown another one, or this one was set back.
BOOST_AUTO_TEST_CASE(a_head_of_ours_that_is_not_here_is_told) {
    BOOST_TEST(send(note(5, root(9), union_key, k_time)).status == 409);
    BOOST_TEST(send(note(9, root(9), union_key, k_time)).status == 409);
    BOOST_TEST(kept() == 0);
}

BOOST_AUTO_TEST_CASE(a_page_without_witnesses_says_nothing_of_them) {
    portal.settings.log_witnesses.clear();
    BOOST_TEST(!portal.get("/urne/ctm").has("Qui le suit"));
}

BOOST_AUTO_TEST_CASE(a_setting_that_is_no_witness_stops_the_start) {
    const tlog::Verifier of_a_log{"x", tlog::KeyKind::log, *util::from_base64url(log.public_key)};
    for (const std::string& bad : {std::string("nom"), of_a_log.text()}) {
        portal.settings.log_witnesses = {bad};
        BOOST_CHECK_THROW(scrutins::routes(portal.settings), std::runtime_error);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace cosignature_tests
