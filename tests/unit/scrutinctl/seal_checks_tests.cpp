// SPDX-License-Identifier: AGPL-3.0-or-later
// What a real sealing asks before it: a rehearsal counted under the same keys, as its archives show it. Answers of the holders' media:
// tests/cli/ceremony_count.sh, with real keys.
#include <boost/test/unit_test.hpp>

#include "scrutinctl/election_fixture.hpp"
#include "scrutinctl/seal_checks.hpp"
#include "trustee/trustee_file.hpp"

namespace seal_checks_tests {

namespace {

struct Rehearsal : test::ElectionFixture {
    // A whole small election, counted and exported, as a rehearsal's office does; its archives.
    void count_one(const std::string& title) {
        import_demo("20");
        must("trustee demo-ceremony", {path("trustees")});
        database.admin().execute("UPDATE election SET title = ?", {title});
        must("seal", seal_words());
        must("open");
        vote("60");
        must("close");
        fill_urne();
        decrypt_all();
        must("tally");
        must("export", {path("archives"), "--scrutin", "ctm"});
        const auto scrutin = store_of("ctm");
        const auto record =
            util::read_file(trustee::trustees_path(folder / "trustees", scrutin.bureau, scrutin.crypto_group)).value();
        keys = {{scrutin.bureau, scrutin.crypto_group, std::string(util::trim(record))}};
    }
    scrutinctl::store::Scrutin store_of(std::string_view code) {
        for (const auto& scrutin : scrutinctl::store::scrutins(office->db()))
            if (scrutin.code == code) return scrutin;
        throw std::runtime_error("no such scrutin");
    }
    // The election to be sealed is another one.
    void be_another_election() { database.admin().run("UPDATE scrutin SET uuid = REVERSE(uuid)"); }
    std::string refusal(const Words& words) {
        for (const cli::Command& command : scrutinctl::commands(*office)) {
            if (command.name != "seal") continue;
            const auto arguments = cli::read_arguments(command, words).value();
            const util::Status done = scrutinctl::require_rehearsal(*office, arguments, keys);
            return done ? "" : done.error().detail;
        }
        return "no seal";
    }
    bool refuses(const Words& words, std::string_view because) {
        const std::string why = refusal(words);
        BOOST_TEST_INFO(why);
        return why.find(because) != std::string::npos;
    }
    std::vector<scrutinctl::KeyOfBureau> keys;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(seal_checks, Rehearsal)

BOOST_AUTO_TEST_CASE(a_rehearsal_counted_under_the_same_keys_lets_the_sealing_go_on) {
    count_one("Élections 2026 – ESSAI");
    BOOST_TEST(refuses({"--rehearsal", path("archives")}, "c’est l’archive d’un scrutin de cette élection"));
    be_another_election();
    BOOST_TEST(refusal({"--rehearsal", path("archives")}) == "");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'rehearsal' AND detail LIKE '%dépouillé, bulletins=%archive=%'") ==
               1);
    BOOST_TEST(refuses({}, "--rehearsal DOSSIER est attendu"));
    BOOST_TEST(refuses({"--without-rehearsal", ""}, "--without-rehearsal MOTIF"));
    BOOST_TEST(refusal({"--without-rehearsal", "salle indisponible"}) == "");
    BOOST_TEST(count("SELECT COUNT(*) FROM audit WHERE action = 'without-rehearsal' AND detail LIKE '%salle indisponible'") == 1);
    // Other keys than these have rehearsed nothing.
    keys.front().record += " ";
    BOOST_TEST(!refusal({"--rehearsal", path("archives")}).empty());
}

BOOST_AUTO_TEST_CASE(an_election_that_is_not_marked_as_a_rehearsal_is_none) {
    count_one("Élections 2025");
    be_another_election();
    BOOST_TEST(refuses({"--rehearsal", path("archives")}, "ne porte pas « essai » dans son titre"));
}

BOOST_AUTO_TEST_CASE(a_rehearsal_that_was_not_counted_is_none) {
    count_one("Élections 2026 – ESSAI");
    be_another_election();
    std::filesystem::remove_all(folder / "archives");
    database.admin().run("UPDATE scrutin SET uuid = REVERSE(uuid)");
    database.admin().run("UPDATE scrutin SET state = 'closed'");
    database.admin().run("UPDATE urne.tally SET result = NULL");
    must("export", {path("archives"), "--scrutin", "ctm"});
    be_another_election();
    BOOST_TEST(refuses({"--rehearsal", path("archives")}, "aucune de ses archives n’a de bulletin dépouillé"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace seal_checks_tests
