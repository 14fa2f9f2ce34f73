// SPDX-License-Identifier: AGPL-3.0-or-later
// A public log followed by an outsider: what extends is kept, what does not is refused and kept as evidence; a witness signs no other.
#include "auditor/kept_log.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

#include "support/folder.hpp"
#include "util/bytes.hpp"
#include "util/file.hpp"
#include "util/signature.hpp"

namespace kept_log_cases {

using namespace auditor;
namespace tlog = crypto::tlog;
namespace fs = std::filesystem;

namespace {

constexpr const char* k_origin = "vote.example/urne/uuid";

std::string leaf(std::uint64_t index, const std::string& salt = "") { return util::sha256(salt + std::to_string(index)); }

// A log as a portal serves it, below a folder.
struct LogFixture {
    test::Folder work;
    fs::path served = work.path() / "served", kept = work.path() / "kept";
    util::SigningKeys keys = util::make_signing_keys();
    tlog::Verifier key{k_origin, tlog::KeyKind::log, *util::from_base64url(keys.public_key)};

    LogFixture() { fs::create_directories(served); }

    std::string note(const crypto::merkle::Tree& tree, std::uint64_t size) const {
        const tlog::Checkpoint checkpoint{k_origin, size, tree.root(size)};
        return tlog::Note{checkpoint.text(), {tlog::sign(keys.secret_key.view(), k_origin, checkpoint.text())}}.write();
    }
    void put(const std::string& path, const std::string& content) const {
        fs::create_directories((served / path).parent_path());
        std::ofstream(served / path, std::ios::binary) << content;
    }
    void serve(const crypto::merkle::Tree& tree, std::uint64_t size) const {
        for (const auto& file : tlog::tiles_between(tree, 0, size)) put(file.path, file.content);
        put("checkpoint", note(tree, size));
    }
    util::Result<KeptLog::Round> follow() const {
        auto log = KeptLog::open(kept, key.text());
        BOOST_REQUIRE(log.has_value());
        return log->follow(*Source::of(served.string()));
    }
    std::size_t evidence() const {
        std::size_t count = 0;
        for (const auto& entry : fs::directory_iterator(kept))
            if (entry.path().filename().string().starts_with("refus-")) ++count;
        return count;
    }
};

crypto::merkle::Tree tree_of(std::uint64_t size, std::uint64_t salted_from = ~std::uint64_t{0}) {
    crypto::merkle::Tree tree;
    for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf(i, i >= salted_from ? "other" : ""));
    return tree;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(kept_log_tests, LogFixture)

BOOST_AUTO_TEST_CASE(a_log_that_only_grows_is_followed_at_every_size) {
    const auto tree = tree_of(70'000);
    std::optional<std::uint64_t> before;
    for (const std::uint64_t size : {0u, 1u, 2u, 255u, 256u, 257u, 511u, 65'535u, 65'536u, 65'537u, 70'000u}) {
        serve(tree, size);
        const auto round = follow();
        BOOST_TEST_REQUIRE(round.has_value(), (round ? "" : round.error().detail) << " at " << size);
        BOOST_TEST(round->now.checkpoint.size == size);
        BOOST_TEST((round->before == before));
        before = size;
    }
    const auto again = follow();
    BOOST_TEST_REQUIRE(again.has_value());
    BOOST_TEST((again->before == before));
    BOOST_TEST(evidence() == 0u);
}

BOOST_AUTO_TEST_CASE(a_log_that_shrank_is_refused_and_what_it_served_is_kept) {
    const auto tree = tree_of(300);
    serve(tree, 300);
    BOOST_TEST_REQUIRE(follow().has_value());
    serve(tree, 299);
    for (int time = 0; time < 2; ++time) {
        const auto round = follow();
        BOOST_TEST_REQUIRE(!round.has_value());
        BOOST_CHECK(round.error().fault == util::Fault::forbidden);
        BOOST_TEST(round.error().detail.find("a rétréci") != std::string::npos);
        BOOST_TEST(evidence() == 1u);
    }
    serve(tree, 300);
    BOOST_TEST(follow().has_value());
}

BOOST_AUTO_TEST_CASE(another_tree_is_refused_be_it_as_large_or_larger) {
    serve(tree_of(300), 300);
    BOOST_TEST_REQUIRE(follow().has_value());
    serve(tree_of(300, 299), 300);
    auto round = follow();
    BOOST_TEST_REQUIRE(!round.has_value());
    BOOST_TEST(round.error().detail.find("deux registres différents") != std::string::npos);
    serve(tree_of(400, 17), 400);
    round = follow();
    BOOST_TEST_REQUIRE(!round.has_value());
    BOOST_CHECK(round.error().fault == util::Fault::forbidden);
    BOOST_TEST(round.error().detail.find("ne prolonge pas") != std::string::npos);
    BOOST_TEST(evidence() == 2u);
}

BOOST_AUTO_TEST_CASE(tiles_that_are_not_those_of_the_signed_checkpoint_are_refused) {
    serve(tree_of(300), 300);
    put("checkpoint", note(tree_of(300, 5), 300));
    const auto round = follow();
    BOOST_TEST_REQUIRE(!round.has_value());
    BOOST_CHECK(round.error().fault == util::Fault::forbidden);
}

BOOST_AUTO_TEST_CASE(a_log_that_cannot_be_read_decides_nothing) {
    const auto tree = tree_of(300);
    serve(tree, 200);
    BOOST_TEST_REQUIRE(follow().has_value());
    serve(tree, 300);
    fs::remove_all(served / "tile/0");
    auto round = follow();
    BOOST_TEST_REQUIRE(!round.has_value());
    BOOST_CHECK(round.error().fault == util::Fault::unavailable);
    fs::remove(served / "checkpoint");
    round = follow();
    BOOST_CHECK(!round.has_value() && round.error().fault == util::Fault::not_found);
    BOOST_TEST(evidence() == 0u);
    serve(tree, 300);
    round = follow();
    BOOST_TEST((round.has_value() && round->before == 200u));
}

BOOST_AUTO_TEST_CASE(another_key_is_refused) {
    const auto tree = tree_of(3);
    serve(tree, 3);
    BOOST_TEST_REQUIRE(follow().has_value());
    const util::SigningKeys others = util::make_signing_keys();
    const tlog::Checkpoint checkpoint{k_origin, 3, tree.root(3)};
    put("checkpoint", tlog::Note{checkpoint.text(), {tlog::sign(others.secret_key.view(), k_origin, checkpoint.text())}}.write());
    const auto round = follow();
    BOOST_CHECK(!round.has_value() && round.error().fault == util::Fault::forbidden);
    const tlog::Verifier other_key{k_origin, tlog::KeyKind::log, *util::from_base64url(others.public_key)};
    BOOST_CHECK(KeptLog::open(kept, other_key.text()).error().fault == util::Fault::invalid);
    BOOST_CHECK(KeptLog::open(work.path() / "new", std::nullopt).error().fault == util::Fault::invalid);
}

BOOST_AUTO_TEST_CASE(a_folder_that_somebody_changed_is_not_believed) {
    serve(tree_of(3), 3);
    BOOST_TEST_REQUIRE(follow().has_value());
    fs::rename(kept / "00000000000000000003.checkpoint", kept / "00000000000000000009.checkpoint");
    BOOST_CHECK(KeptLog::open(kept, std::nullopt).error().fault == util::Fault::forbidden);
}

BOOST_AUTO_TEST_CASE(two_at_once_do_not_work_in_one_folder) {
    const auto first = KeptLog::open(kept, key.text());
    BOOST_TEST_REQUIRE(first.has_value());
    BOOST_CHECK(KeptLog::open(kept, key.text()).error().fault == util::Fault::unavailable);
}

BOOST_AUTO_TEST_CASE(a_witness_takes_what_extends_and_tells_the_size_that_it_has) {
    const auto tree = tree_of(900);
    auto log = KeptLog::open(kept, key.text());
    BOOST_TEST_REQUIRE(log.has_value());
    BOOST_TEST(log->take({0, {}, note(tree, 300)}).has_value());
    const auto stale = log->take({0, {}, note(tree, 300)});
    BOOST_TEST_REQUIRE(!stale.has_value());
    BOOST_CHECK(stale.error().fault == util::Fault::conflict);
    BOOST_TEST(stale.error().detail == "300");
    BOOST_TEST(log->take({300, {}, note(tree, 300)}).has_value());
    const auto wrong = log->take({300, tree.prove_consistency(299, 900), note(tree, 900)});
    BOOST_CHECK(!wrong.has_value() && wrong.error().fault == util::Fault::forbidden);
    const auto other = tree_of(900, 17);
    BOOST_TEST(!log->take({300, other.prove_consistency(300, 900), note(other, 900)}).has_value());
    BOOST_TEST(log->take({300, tree.prove_consistency(300, 900), note(tree, 900)}).has_value());
    BOOST_CHECK(log->take({901, {}, note(tree, 900)}).error().fault == util::Fault::invalid);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_CASE(a_source_is_an_address_or_a_folder) {
    for (const char* wrong : {"", "/nowhere/at/all", "https://a b", "https://a/?x", "ftp://a", "https://a\"b"})
        BOOST_TEST(!Source::of(wrong).has_value(), wrong);
    BOOST_TEST(Source::of("https://vote.example/urne/csa/journal/")->place() == "https://vote.example/urne/csa/journal");
    // Nobody listens there: said, and not taken for an empty file.
    const auto answer = Source::of("http://127.0.0.1:1")->read("checkpoint", 100);
    BOOST_CHECK(!answer.has_value() && answer.error().fault == util::Fault::unavailable);
}

}  // namespace kept_log_cases
