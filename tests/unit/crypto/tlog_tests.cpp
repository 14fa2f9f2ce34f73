// SPDX-License-Identifier: AGPL-3.0-or-later
// The common form of transparency logs: keys and a note that others published, what must be refused, tiles of every size of tree
// against the tree itself.
#include "crypto/tlog.hpp"

#include <boost/test/unit_test.hpp>

#include "util/bytes.hpp"
#include "util/signature.hpp"

namespace tlog_tests {

namespace {

using namespace crypto::tlog;
using crypto::merkle::Tree;

// Published with the Go checksum database's note package and with a witness.
const std::string k_key = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const std::string k_witness_key = "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2";
const std::string k_text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const std::string k_note =
    k_text + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";

Tree tree_of(std::size_t size) {
    Tree tree;
    for (std::size_t i = 0; i < size; ++i) tree.append(util::sha256("ballot " + std::to_string(i)));
    return tree;
}

using Files = std::map<std::string, std::string>;

TileTree::Fetch from(const Files& files) {
    return [&files](const std::string& path) {
        const auto found = files.find(path);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    };
}

void put(Files& files, const std::vector<File>& more) {
    for (const File& file : more) files[file.path] = file.content;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(tlog_tests)

BOOST_AUTO_TEST_CASE(a_note_that_others_published_is_read_verified_and_written_again) {
    const auto key = Verifier::parse(k_key);
    BOOST_TEST_REQUIRE(key.has_value());
    BOOST_TEST(key->name == "PeterNeumann");
    BOOST_TEST(key->id() == 0xc74f20a3U);
    BOOST_TEST(key->text() == k_key);
    const auto note = Note::parse(k_note);
    BOOST_TEST_REQUIRE(note.has_value());
    BOOST_TEST(note->text == k_text);
    BOOST_TEST(note->write() == k_note);
    BOOST_TEST(note->signature_by(*key).has_value());
    for (std::size_t i = 0; i < k_note.size(); ++i) {
        std::string wrong = k_note;
        wrong[i] = static_cast<char>(wrong[i] ^ 1);
        const auto altered = Note::parse(wrong);
        BOOST_TEST((!altered || !altered->signature_by(*key)), wrong);
    }
}

BOOST_AUTO_TEST_CASE(keys_have_one_writing) {
    BOOST_TEST(Verifier::parse(k_witness_key)->text() == k_witness_key);
    BOOST_TEST((Verifier::parse(k_witness_key)->kind == KeyKind::witness));
    for (const std::string& bad : {k_key + "=", std::string("PeterNeumann+c74f20a4") + k_key.substr(21),
                                   "Peter Neumann" + k_key.substr(12), std::string("PeterNeumann+C74F20A3") + k_key.substr(21),
                                   k_key.substr(0, 21), k_key.substr(12), std::string("++"), std::string()})
        BOOST_TEST(!Verifier::parse(bad).has_value(), bad);
}

BOOST_AUTO_TEST_CASE(a_note_that_is_not_one_is_refused) {
    const std::string line = k_note.substr(k_text.size() + 1);
    for (const std::string& bad :
         {k_text, k_text + "\n", k_text + line, k_note + "\n", k_note + "x", k_note.substr(0, k_note.size() - 1), "\t" + k_note,
          "\xff" + k_note, k_text + "\n- PeterNeumann " + line.substr(17), k_text + "\n— " + line, std::string("\n\n") + line,
          std::string()})
        BOOST_TEST(!Note::parse(bad).has_value(), bad);
    std::string many = k_text + "\n";
    for (int i = 0; i < 64; ++i) many += line;
    BOOST_TEST(Note::parse(many).has_value());
    BOOST_TEST(!Note::parse(many + line).has_value());
}

BOOST_AUTO_TEST_CASE(a_checkpoint_is_signed_cosigned_and_opened) {
    const auto log = util::make_signing_keys(), witness = util::make_signing_keys();
    const Checkpoint checkpoint{"elections.example.fr/urne/abc", 20852163, util::sha256("root")};
    BOOST_TEST((Checkpoint::parse(checkpoint.text()) == checkpoint));
    Note note{checkpoint.text(), {sign(log.secret_key.view(), checkpoint.origin, checkpoint.text())}};
    note.signatures.push_back(cosign(witness.secret_key.view(), "union.example.org/w1", note.text, 1'796'000'000));
    const Verifier log_key{checkpoint.origin, KeyKind::log, *util::from_base64url(log.public_key)};
    const Verifier witness_key{"union.example.org/w1", KeyKind::witness, *util::from_base64url(witness.public_key)};
    const auto opened = open_checkpoint(note.write(), log_key);
    BOOST_TEST_REQUIRE(opened.has_value());
    BOOST_TEST((opened->checkpoint == checkpoint));
    const auto cosignature = opened->note.signature_by(witness_key);
    BOOST_TEST_REQUIRE(cosignature.has_value());
    BOOST_TEST(time_of(*cosignature) == 1'796'000'000U);

    // A time that was changed, a cosignature taken for a log's, another's key, another log's name.
    auto later = *cosignature;
    later.bytes[7] = static_cast<char>(later.bytes[7] ^ 1);
    BOOST_TEST(!verify(witness_key, note.text, later));
    BOOST_TEST(!verify({witness_key.name, KeyKind::log, witness_key.public_key}, note.text, *cosignature));
    BOOST_TEST(!open_checkpoint(note.write(), {checkpoint.origin, KeyKind::log, witness_key.public_key}).has_value());
    const Checkpoint other{"elections.example.fr/urne/abd", 5, util::sha256("root")};
    const Note renamed{other.text(), {sign(log.secret_key.view(), checkpoint.origin, other.text())}};
    BOOST_TEST(!open_checkpoint(renamed.write(), log_key).has_value());
}

BOOST_AUTO_TEST_CASE(a_checkpoint_that_is_not_one_is_refused) {
    const std::string root = Checkpoint{"o", 0, util::sha256("")}.text().substr(4);
    BOOST_TEST(Checkpoint::parse("o\n0\n" + root).has_value());
    BOOST_TEST(Checkpoint::parse("o\n0\n" + root + "extension\n").has_value());
    for (const std::string& bad : {"o\n00\n" + root, "o\n01\n" + root, "o\n-1\n" + root, "o\n\n" + root, "\n0\n" + root,
                                   "o\n0\n" + root.substr(4), "o\n0\n" + root + "\n", "o\n0\n" + root.substr(0, root.size() - 1),
                                   std::string("o\n0\n"), "o\n99999999999999999999\n" + root})
        BOOST_TEST(!Checkpoint::parse(bad).has_value(), bad);
    BOOST_TEST(origin_of("https://elections.example.fr", "/urne/x") == "elections.example.fr/urne/x");
}

BOOST_AUTO_TEST_CASE(paths_and_widths_are_those_of_the_specification) {
    BOOST_TEST(tile_path(0, 1234067, 256) == "tile/0/x001/x234/067");
    BOOST_TEST(tile_path(2, 0, 17) == "tile/2/000.p/17");
    BOOST_TEST(entries_path(1000, 1) == "tile/entries/x001/000.p/1");
    // Its example: a tree of 70,000.
    BOOST_TEST(tile_width(0, 272, 70000) == 256U);
    BOOST_TEST(tile_width(0, 273, 70000) == 112U);
    BOOST_TEST(tile_width(0, 274, 70000) == 0U);
    BOOST_TEST(tile_width(1, 0, 70000) == 256U);
    BOOST_TEST(tile_width(1, 1, 70000) == 17U);
    BOOST_TEST(tile_width(2, 0, 70000) == 1U);
    BOOST_TEST(tile_width(3, 0, 70000) == 0U);
    BOOST_TEST(tile_width(0, 0, 256) == 256U);
    BOOST_TEST(tile_width(0, 1, 256) == 0U);
    BOOST_TEST(tile_width(1, 0, 256) == 1U);
}

BOOST_AUTO_TEST_CASE(from_tiles_come_the_roots_and_proofs_of_the_tree) {
    constexpr std::size_t k_size = 66'100;
    const Tree tree = tree_of(k_size);
    // As a log that grows by uneven batches leaves them.
    Files files;
    std::uint64_t before = 0;
    const std::vector<std::uint64_t> sizes{1, 2, 10, 255, 256, 257, 511, 1000, 65'535, 65'536, 65'537, k_size};
    for (const std::uint64_t size : sizes) {
        put(files, tiles_between(tree, before, size));
        TileTree tiles(size, from(files));
        BOOST_TEST(tiles.root().value() == tree.root(size));
        for (const std::uint64_t index : {std::uint64_t{0}, size / 3, size / 2, size - 1})
            BOOST_TEST((tiles.prove_inclusion(index).value() == tree.prove_inclusion(index, size)));
        for (const std::uint64_t old : {std::uint64_t{0}, std::uint64_t{1}, before, size / 2, size})
            BOOST_TEST((tiles.prove_consistency(old).value() == tree.prove_consistency(old, size)));
        before = size;
    }
    BOOST_TEST(tiles_between(tree, k_size, k_size).empty());
}

BOOST_AUTO_TEST_CASE(every_small_growth_writes_the_tiles_that_it_needs) {
    const Tree tree = tree_of(600);
    for (std::uint64_t step = 1; step < 300; step += 37) {
        Files files;
        for (std::uint64_t size = 0; size + step <= 600; size += step) {
            put(files, tiles_between(tree, size, size + step));
            BOOST_TEST(TileTree(size + step, from(files)).root().value() == tree.root(size + step));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_tile_that_is_missing_or_short_is_named_and_a_full_one_serves_for_a_narrow_one) {
    const Tree tree = tree_of(300);
    Files files;
    put(files, tiles_between(tree, 0, 300));
    BOOST_TEST(TileTree(200, from(files)).root().value() == tree.root(200));
    files["tile/0/001.p/44"].pop_back();
    const auto root = TileTree(300, from(files)).root();
    BOOST_TEST(!root.has_value());
    BOOST_TEST(root.error().detail == "tile/0/001.p/44");
    files.erase("tile/0/000");
    BOOST_TEST(!TileTree(200, from(files)).root().has_value());
}

BOOST_AUTO_TEST_CASE(entries_come_back) {
    const std::vector<std::string> entries{util::sha256("a"), "", std::string(65'535, 'x')};
    BOOST_TEST((parse_entries(write_entries(entries)) == entries));
    BOOST_TEST(write_entries({"ab"}) == std::string("\0\2ab", 4));
    const std::string bundle = write_entries(entries);
    BOOST_TEST(!parse_entries(bundle.substr(0, bundle.size() - 1)).has_value());
    BOOST_TEST(!parse_entries(bundle + '\0').has_value());
    BOOST_TEST(!parse_entries(write_entries(std::vector<std::string>(257, "x"))).has_value());
}

BOOST_AUTO_TEST_CASE(a_witness_s_request_comes_back) {
    const AddCheckpoint request{20852014, {util::sha256("1"), util::sha256("2")}, k_note};
    const std::string body = request.write();
    BOOST_TEST(body.starts_with("old 20852014\n"));
    const auto parsed = AddCheckpoint::parse(body);
    BOOST_TEST_REQUIRE(parsed.has_value());
    BOOST_TEST((parsed->old_size == request.old_size && parsed->proof == request.proof && parsed->note == k_note));
    for (const std::string& bad : {std::string("old 1"), std::string("old 01\n\n"), std::string("new 1\n\n"),
                                   std::string("old 1\nnot base64\n\n"), std::string("old 1\nAAAA\n\n")})
        BOOST_TEST(!AddCheckpoint::parse(bad).has_value(), bad);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace tlog_tests
