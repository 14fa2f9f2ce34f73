// SPDX-License-Identifier: AGPL-3.0-or-later
// What a holder's machine keeps and takes for a count: notes of the sealing, archives, replies; small totals; one command at a time.
#include <boost/test/unit_test.hpp>

#include <fstream>
#include <utility>

#include "crypto/hash.hpp"
#include "support/folder.hpp"
#include "trustee/archives.hpp"
#include "trustee/key_lock.hpp"
#include "trustee/reply.hpp"
#include "trustee/seal_notes.hpp"
#include "trustee/total.hpp"

namespace count_tests {

using namespace trustee;

namespace {

OpenKey key_of(const char* secret) {
    return {"Bureau « central »", "Ed25519", 2, std::string(64, 'c'), std::string(64, 'd'), util::SecretText(secret)};
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    BOOST_REQUIRE_MESSAGE(at != std::string::npos, from);
    return text.replace(at, from.size(), to);
}

// An election of one bureau, its ballots in the urn or not.
struct SmallElection {
    crypto::Ceremony ceremony = crypto::run_ceremony("Ed25519", 3, 2);
    std::string uuid = crypto::make_uuid(), creds;
    util::SecretText code = crypto::make_full_code();
    std::shared_ptr<const crypto::Election> election;

    explicit SmallElection(const std::string& description) {
        const auto y = crypto::election_public_key("Ed25519", ceremony.record);
        election =
            *crypto::Election::parse(crypto::make_election_record(uuid, "Ed25519", *y, "CTM", description, {"Choix", {"Liste 1"}}));
        creds = *crypto::make_public_creds({*crypto::derive_public_key("Ed25519", uuid, code.view())});
    }
    void write(const std::filesystem::path& path, bool closed) const {
        std::filesystem::create_directories(path.parent_path());
        std::ofstream out(path, std::ios::binary);
        crypto::ArchiveWriter archive([&](std::string_view piece) { out << piece; }, 1'790'000'000);
        archive.setup(election->record(), ceremony.record, creds);
        if (!closed) return;
        archive.ballot(*election->make_ballot(code.view(), 1));
        archive.end_ballots();
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(count_of_holders)

BOOST_AUTO_TEST_CASE(notes_are_read_as_written_with_the_key_that_wrote_them) {
    test::Folder folder;
    const OpenKey key = key_of("secret"), other = key_of("autre secret");
    auto notes = SealNotes::read(folder / "k.cle", key);
    BOOST_REQUIRE(notes);
    BOOST_TEST(notes->all().empty());
    notes->add({"uuid-1", std::string(64, '1'), ""});
    notes->add({"uuid-2", std::string(64, '2'), ""});
    notes->set_total("uuid-2", std::string(64, 'f'));
    notes->save();
    const auto again = SealNotes::read(folder / "k.cle", key);
    BOOST_REQUIRE(again);
    BOOST_REQUIRE(again->find("uuid-2") != nullptr);
    BOOST_TEST(again->find("uuid-2")->total == std::string(64, 'f'));
    BOOST_TEST(again->find("uuid-1")->total == "");
    BOOST_TEST(again->find("uuid-3") == nullptr);
    BOOST_TEST(!SealNotes::read(folder / "k.cle", other).has_value());
    // Whoever can write the file can take out a total, or put in another sealing: each is seen.
    const std::string name = notes->path().filename().string(), good = folder.read(name);
    const std::vector<std::pair<std::string, std::string>> changes{{std::string(64, 'f'), ""},
                                                                   {std::string(64, '1'), std::string(64, '3')},
                                                                   {"uuid-1", "uuid-9"},
                                                                   {"\"holder\":2", "\"holder\":1"},
                                                                   {"\n", " \n"},
                                                                   {"]", ",]"}};
    for (const auto& [from, to] : changes) {
        folder.write(name, replaced(good, from, to));
        BOOST_TEST(!SealNotes::read(folder / "k.cle", key).has_value(), from);
    }
    folder.write(name, good.substr(0, 40));
    BOOST_TEST(!SealNotes::read(folder / "k.cle", key).has_value());
}

BOOST_AUTO_TEST_CASE(the_fingerprint_of_a_sealing_is_of_all_its_scrutins_in_any_order) {
    const SealNote one{"a", std::string(64, '1'), ""}, two{"b", std::string(64, '2'), ""};
    BOOST_TEST(sealing_fingerprint({one, two}) == sealing_fingerprint({two, one}));
    BOOST_TEST(sealing_fingerprint({one, two}) != sealing_fingerprint({one}));
    BOOST_TEST(sealing_fingerprint({{"a", two.setup, ""}, {"b", one.setup, ""}}) != sealing_fingerprint({one, two}));
    BOOST_TEST(sealing_fingerprint({one, two}).size() == 39U);
}

BOOST_AUTO_TEST_CASE(a_reply_is_read_as_written_and_nothing_else_is) {
    test::Folder folder;
    const HolderPartials reply{"Bureau « central »", "Ed25519", 3, {{"u", "s", "t", "{\"p\":1}", "{\"q\":2}"}}};
    folder.write("r.json", write_partials(reply));
    const auto read = read_partials(folder / "r.json");
    BOOST_REQUIRE(read);
    BOOST_TEST(write_partials(*read) == write_partials(reply));
    for (const char* const wrong : {"", "{}", "[]", R"({"portail":"depouillement"})", R"({"portail":"dechiffrements","version":1})",
                                    R"({"portail":"dechiffrements","version":2})"}) {
        folder.write("w.json", wrong);
        BOOST_TEST(!read_partials(folder / "w.json").has_value(), wrong);
    }
    // A reply without its second proof is of the program before this one.
    folder.write("w.json", replaced(write_partials(reply), R"(,"second_proof":"{\"q\":2}")", ""));
    BOOST_TEST(!read_partials(folder / "w.json").has_value());
}

BOOST_AUTO_TEST_CASE(archives_of_other_keys_are_left_aside_and_bad_ones_refused) {
    test::Folder folder;
    const SmallElection own("d"), other("d");
    const std::string record = crypto::sha_hex(own.ceremony.record);
    own.write(folder / "all/ctm" / (own.uuid + ".bel"), true);
    other.write(folder / "all/cap" / (other.uuid + ".bel"), true);
    const std::string all = (folder / "all").string();
    const auto read = read_archives({all}, record);
    BOOST_REQUIRE(read);
    BOOST_REQUIRE(read->size() == 1U);
    BOOST_TEST(read->at(0).report.uuid == own.uuid);
    BOOST_TEST(read->at(0).report.closed);
    BOOST_TEST(read->at(0).report.counted == 1U);
    BOOST_TEST(!read_archives({(folder / "all/cap").string()}, record).has_value());
    BOOST_TEST(!read_archives({(folder / "absent").string()}, record).has_value());
    own.write(folder / "all/earlier" / (own.uuid + ".bel"), false);
    const auto twice = read_archives({all}, record);
    BOOST_REQUIRE(!twice);
    BOOST_TEST(twice.error().detail.find("deux archives d’un même scrutin") != std::string::npos);
    const std::string name = "all/ctm/" + own.uuid + ".bel";
    folder.write(name, folder.read(name) + "x");
    BOOST_TEST(!read_archives({(folder / "all/ctm").string()}, record).has_value());
}

BOOST_AUTO_TEST_CASE(a_small_total_wants_the_sealed_rule) {
    for (const bool ruled : {false, true}) {
        const SmallElection own("Titre. " +
                                crypto::write_rules({.small_totals = ruled, .bound_decryption = true, .final_vote = true}));
        bool given = false;
        const auto ballot = own.election->make_ballot(own.code.view(), 1);
        const auto tally = *own.election->tally([&] { return std::exchange(given, true) ? std::nullopt : ballot; });
        const Total total{*own.election,
                          crypto::setup_event_hash(own.election->record(), own.ceremony.record, crypto::sha_hex(own.creds)),
                          own.ceremony.record, tally.encrypted_tally, tally.count};
        const auto done = decrypt_total(total, 1, own.ceremony.keys[0]);
        BOOST_TEST(done.has_value() == ruled);
        if (!ruled) BOOST_TEST(done.error().detail.find("moins de 5") != std::string::npos);
        BOOST_TEST(!decrypt_total(total, 2, own.ceremony.keys[0]).has_value());  // not its key
    }
}

BOOST_AUTO_TEST_CASE(two_commands_on_one_key_do_not_run_side_by_side) {
    test::Folder folder;
    folder.write("k.cle", "x");
    {
        const auto first = KeyLock::take(folder / "k.cle");
        BOOST_REQUIRE(first);
        const auto second = KeyLock::take(folder / "k.cle");
        BOOST_REQUIRE(!second);
        BOOST_TEST(second.error().detail.find("une autre commande emploie") != std::string::npos);
    }
    BOOST_TEST(KeyLock::take(folder / "k.cle").has_value());
    BOOST_TEST(!KeyLock::take(folder / "absent.cle").has_value());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace count_tests
