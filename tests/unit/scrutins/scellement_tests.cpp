// SPDX-License-Identifier: AGPL-3.0-or-later
// The page of what was sealed, and the texts that its fingerprints are of.
#include "domain/seal.hpp"
#include "scrutins_fixture.hpp"
#include "util/bytes.hpp"

namespace scellement_tests {

namespace {
struct SealFixture : test::ScrutinsFixture {
    const std::string election = R"({"version":1,"name":"CTM"})";
    std::string text;
    SealFixture() {
        db.execute("INSERT INTO urne.setup VALUES (1, 'uuidctm', ?, '[]', ?, ?, ?)",
                   {election, std::string(64, '0'), std::string(43, 'R'), std::string(43, 'L')});
        domain::Seal seal;
        seal.code = "ctm", seal.title = "Comité technique ministériel", seal.bureau = "Bureau <central>";
        seal.seats = 15, seal.electors = 1023211, seal.holders = 3, seal.threshold = 2;
        seal.opens = "2026-12-03T09:00:00Z", seal.closes = "2026-12-10T16:00:00Z";
        seal.public_creds = std::string(64, 'c'), seal.programs = util::sha256_hex("schema 4\n");
        seal.lists = {{"Union des Tilleuls", "Union", "", {{"Mme", "A", "B", ""}}}};
        text = domain::write_seal(seal);
        db.execute("INSERT INTO seal VALUES (1, ?, ?)", {util::sha256_hex(text), text});
        db.execute("INSERT INTO seal_programs VALUES (1, ?, 'schema 4\n', '2026-11-20 10:00:00', '')", {seal.programs});
        portal.cookie.clear();
    }
};
}  // namespace

BOOST_FIXTURE_TEST_SUITE(scellement_tests, SealFixture)

BOOST_AUTO_TEST_CASE(anybody_reads_what_was_sealed_and_its_fingerprints) {
    const auto page = portal.get("/scellement/ctm");
    BOOST_TEST(page.status == 200);
    const std::string fingerprint = util::sha256_hex(election);
    for (const std::string& part : {domain::short_fingerprint(fingerprint), fingerprint, util::sha256_hex(text),
                                    std::string(64, 'c'), std::string("1\u202f023\u202f211"), std::string("Bureau &lt;central&gt;"),
                                    std::string("Union des Tilleuls"), std::string("jeudi 3 décembre 2026")})
        BOOST_TEST(page.has(part), part);
    BOOST_TEST(!page.has("Interventions"));
}

BOOST_AUTO_TEST_CASE(each_text_has_the_fingerprint_that_the_page_shows) {
    const auto page = portal.get("/scellement/ctm");
    for (const char* which : {"texte", "election", "programmes"}) {
        const auto given = portal.get("/scellement/ctm/" + std::string(which));
        BOOST_TEST(given.status == 200);
        BOOST_TEST(page.has(util::sha256_hex(given.body)), which);
    }
    BOOST_TEST(portal.get("/scellement/ctm/texte").body == text);
}

BOOST_AUTO_TEST_CASE(an_intervention_is_told_with_its_reason) {
    db.execute("INSERT INTO seal_programs VALUES (2, ?, 'x', '2026-12-04 10:00:00', 'correctif <urgent>')", {std::string(64, 'e')});
    const auto page = portal.get("/scellement/ctm");
    BOOST_TEST(page.has("correctif &lt;urgent&gt;"));
    BOOST_TEST(page.has(std::string(64, 'e')));
}

BOOST_AUTO_TEST_CASE(a_seal_that_does_not_hold_is_not_shown) {
    db.execute("UPDATE seal SET text = REPLACE(text, '15', '16')");
    const auto page = portal.get("/scellement/ctm");
    BOOST_TEST(page.status == 503);
    BOOST_TEST(!page.has("Empreinte"));
}

BOOST_AUTO_TEST_CASE(what_is_not_sealed_is_not_found) {
    for (const char* path :
         {"/scellement/capd-079", "/scellement/inconnu", "/scellement/inconnu/texte", "/scellement/capd-079/election"})
        BOOST_TEST(portal.get(path).status == 404, path);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace scellement_tests
