// SPDX-License-Identifier: AGPL-3.0-or-later
// Import and sealing over a real database: what is stored, what is refused, and a sealing that was interrupted.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <set>

#include "crypto/protocol.hpp"
#include "domain/credential_binding.hpp"
#include "domain/envelope.hpp"
#include "scrutinctl/csv.hpp"
#include "scrutinctl/election_fixture.hpp"

namespace seal_tests {

using namespace scrutinctl;

namespace {

struct SealFixture : test::ElectionFixture {
    // Every line of the notices opens its elector's envelope, and the credential inside gives the sealed public keys.
    void check_notices() {
        ImportFaults faults;
        CsvReader notices(folder / "notices/notices.csv",
                          {{"courriel", 190, true},
                           {"civilite", 8, false},
                           {"nom", 80, true},
                           {"prenom", 80, true},
                           {"lieu_notice", 160, true},
                           {"code_de_vote", 19, true}},
                          faults);
        const util::SecretText binding_key = office->secret("binding_key");
        std::set<std::string> seen;
        while (notices.read()) {
            BOOST_TEST(seen.insert(notices.field(0)).second);
            const auto row = database.admin().select_one(
                "SELECT v.id, e.voter_ref, e.generation, e.salt, e.nonce, e.ciphertext FROM voter v JOIN envelope e ON e.voter_id = v.id WHERE v.email = ?",
                {notices.field(0)});
            BOOST_REQUIRE(row);
            const auto credential = domain::open_envelope({row->text(1), static_cast<unsigned>(row->number(2)), row->text(3),
                                                           row->text(4), row->text(5)},
                                                          notices.field(5));
            BOOST_REQUIRE(credential);
            for (
                const auto& scrutin : database.admin().select(
                    "SELECT s.id, s.uuid, s.crypto_group FROM scrutin s JOIN voter_scrutin r ON r.scrutin_id = s.id WHERE r.voter_id = ?",
                    {row->number(0)})) {
                const auto listed =
                    database.admin().select_one("SELECT public_key FROM urne.credential WHERE scrutin_id = ? AND binding = ?",
                                                {scrutin.number(0),
                                                 domain::credential_binding(binding_key.view(), scrutin.text(1),
                                                                            static_cast<unsigned>(row->number(0)))});
                BOOST_REQUIRE(listed);
                BOOST_TEST(listed->text(0) ==
                           crypto::derive_public_key(scrutin.text(2), scrutin.text(1), credential->view()).value());
            }
        }
        BOOST_TEST(faults.count() == 0U);
        BOOST_TEST(static_cast<std::int64_t>(seen.size()) == count("SELECT COUNT(*) FROM voter"));
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sealing, SealFixture)

BOOST_AUTO_TEST_CASE(an_import_stores_what_it_read_and_may_be_repeated) {
    import_demo("80");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter") == 80);
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'draft'") == 19);
    BOOST_TEST(count("SELECT COUNT(*) FROM profession_de_foi WHERE LEFT(pdf, 5) = '%PDF-'") ==
               count("SELECT COUNT(*) FROM candidate_list"));
    BOOST_TEST(count("SELECT COUNT(*) FROM voter_scrutin WHERE reason = ''") == 0);
    BOOST_TEST(count("SELECT COUNT(*) FROM list_delegate d JOIN candidate_list l ON l.id = d.candidate_list_id "
                     "WHERE d.voter_id = 1 AND l.scrutin_id = 1 AND l.position = 1") == 1);
    BOOST_TEST(count("SELECT COUNT(*) FROM list_delegate") == 1);
    const auto uuid = database.admin().select_one("SELECT uuid FROM scrutin WHERE code = 'ctm'")->text(0);
    must("import", {path("demo")});
    BOOST_TEST(database.admin().select_one("SELECT uuid FROM scrutin WHERE code = 'ctm'")->text(0) == uuid);
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'import'") == 1);
    // Another folder replaces it, and the version of shared pages goes up.
    must("demo", {path("other"), "--electors", "30", "--seed", "8"});
    must("import", {path("other")});
    BOOST_TEST(count("SELECT COUNT(*) FROM voter") == 30);
    BOOST_TEST(count("SELECT data_version FROM election") > 1);
}

BOOST_AUTO_TEST_CASE(one_error_imports_nothing) {
    must("demo", {path("demo"), "--electors", "20"});
    test::Folder copy;
    std::filesystem::copy(folder / "demo", copy / "demo", std::filesystem::copy_options::recursive);
    copy.replace("demo/electeurs.csv", "19E8642097AXZ", "short");
    must_not("import", {(copy / "demo").string()}, "1 erreur : rien n’est importé.\n  electeurs.csv, ligne 2, colonne numen");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter") + count("SELECT COUNT(*) FROM scrutin") + count("SELECT COUNT(*) FROM audit") ==
               0);
    must("import", {path("demo"), "--dry-run"});
    BOOST_TEST(count("SELECT COUNT(*) FROM voter") == 0);
}

BOOST_AUTO_TEST_CASE(a_roll_in_use_is_not_replaced) {
    import_demo("20");
    database.admin().run(
        "INSERT INTO account (voter_id, password_hash, activated_at, password_changed_at) VALUES (1, 'x', NOW(), NOW())");
    must("demo", {path("other"), "--electors", "10"});
    must_not("import", {path("other")}, "des électeurs ont déjà ouvert leur espace");
    BOOST_TEST(count("SELECT COUNT(*) FROM voter") == 20);
}

BOOST_AUTO_TEST_CASE(sealing_gives_every_elector_codes_that_open_and_fit) {
    seal("120");
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'sealed'") == 19);
    BOOST_TEST(count("SELECT COUNT(*) FROM urne.credential") == count("SELECT COUNT(*) FROM voter_scrutin"));
    BOOST_TEST(count("SELECT COUNT(*) FROM escrow") == 120);
    check_notices();
    BOOST_TEST(!std::filesystem::exists(folder / "notices/credentials.new"));
    BOOST_TEST(!std::filesystem::exists(folder / "notices/notices.csv.new"));
    const auto mode = std::filesystem::status(folder / "notices/notices.csv").permissions();
    BOOST_TEST(
        ((mode & ~(std::filesystem::perms::owner_read | std::filesystem::perms::owner_write)) == std::filesystem::perms::none));
    // Again: nothing moves.
    const std::string notices = folder.read("notices/notices.csv");
    must("seal", seal_words());
    BOOST_TEST(folder.read("notices/notices.csv") == notices);
    must_not("import", {path("demo") + "/../demo2"}, "n’existe pas");
    must("demo", {path("other"), "--electors", "10"});
    must_not("import", {path("other")}, "le scellement fige les listes électorales");
}

BOOST_AUTO_TEST_CASE(sealing_wants_every_bureaus_key) {
    import_demo("20");
    must_not("seal", seal_words(), "il manque la clé du bureau « Bureau de vote électronique national »");
    must("trustee demo-ceremony", {path("trustees")});
    test::Folder& here = folder;
    const std::string record = "trustees/bureau-de-vote-electronique-national.Ed25519.trustees.json";
    std::string changed = here.read(record);
    const std::size_t at = changed.find("\"public_key\":\"") + 20;
    changed[at] = changed[at] == '0' ? '1' : '0';
    here.write(record, changed);
    must_not("seal", seal_words(), "clé refusée");
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope") == 0);
}

BOOST_AUTO_TEST_CASE(half_of_the_holders_is_not_enough) {
    import_demo("10");
    must("trustee demo-ceremony", {path("trustees"), "--holders", "4", "--threshold", "2"});
    must_not("seal", seal_words(), "il faut plus de la moitié des porteurs");
    BOOST_TEST(count("SELECT COUNT(*) FROM envelope") == 0);
}

BOOST_AUTO_TEST_CASE(an_interrupted_sealing_is_taken_up_again) {
    import_demo("60");
    must("trustee demo-ceremony", {path("trustees")});
    database.admin().run(
        "CREATE TRIGGER power_cut BEFORE INSERT ON seal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'power cut'");
    BOOST_CHECK_THROW(run("seal", seal_words()), std::exception);
    database.admin().run("DROP TRIGGER power_cut");
    // The state a kill leaves: codes of some electors stored, later ones only in the file, and the last line torn.
    for (const char* table : {"voter_code", "envelope", "escrow"})
        database.admin().run("DELETE FROM " + std::string(table) + " WHERE voter_id > 25");
    const std::string notices = folder.read("notices/notices.csv.new");
    folder.write("notices/notices.csv.new", "");

    // The file has lost its lines: its owner is told, and nothing is made up.
    must_not("seal", seal_words(), "25 électeurs ont une enveloppe dont le code n’est pas dans");
    must_not("codes", {"--notices", path("elsewhere")}, "25 électeurs ont une enveloppe dont le code n’est pas dans");

    // With the file as it was, only the missing codes are made; the kept ones stay what they were.
    folder.write("notices/notices.csv.new", notices.substr(0, notices.size() - 30));
    must("seal", seal_words());
    BOOST_TEST(count("SELECT COUNT(*) FROM scrutin WHERE state = 'sealed'") == 19);
    BOOST_TEST(folder.read("notices/notices.csv").substr(0, 1000) == notices.substr(0, 1000));
    check_notices();
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace seal_tests
