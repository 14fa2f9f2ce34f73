// SPDX-License-Identifier: AGPL-3.0-or-later
// `--since`, an earlier copy: whatever is done to it or behind it, nothing forged is let through, and it is never trusted where it is
// not a copy. Threads too: any number of them gives one verdict.
#include <boost/test/unit_test.hpp>

#include "crypto/forge.hpp"

namespace since_tests {

using crypto::Ed25519;
using test::Forge;
using test::replaced;

namespace {

class Pair {
public:
    bool passes(const std::string& newer, const std::string& older, const char* reason = nullptr) {
        std::ofstream(new_, std::ios::binary) << newer;
        std::ofstream(old_, std::ios::binary) << older;
        report = crypto::verify_archive(new_, {.jobs = 2, .since = old_});
        const std::string text = test::lines(report);
        if (reason != nullptr) BOOST_TEST(text.find(reason) != std::string::npos, "wanted: " << reason << "\ngot: " << text);
        return report.all_passed();
    }
    std::filesystem::path newer() const { return new_; }
    crypto::VerifyReport report;

private:
    test::TemporaryDirectory directory_;
    std::filesystem::path new_ = directory_.path() / "new.bel", old_ = directory_.path() / "old.bel";
};

// The archive up to and with its n-th event.
std::string up_to(const std::string& archive, std::size_t events) {
    std::size_t at = 0;
    for (const auto& entry : test::read_tar(archive)) {
        at += 512 + (entry.body.size() + 511) / 512 * 512;
        if (entry.name.ends_with(".event.json") && --events == 0) return archive.substr(0, at);
    }
    throw std::runtime_error("fewer events");
}

const Forge<Ed25519>& good() {
    static const Forge<Ed25519> forge;
    return forge;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(since_tests)

BOOST_AUTO_TEST_CASE(a_true_copy_of_any_age_is_taken) {
    Pair pair;
    const std::string archive = good().archive();
    for (std::size_t events = 1; events <= 8; ++events) {
        BOOST_TEST(pair.passes(archive, up_to(archive, events)), test::lines(pair.report));
        BOOST_TEST(pair.report.ballots_not_rechecked == std::min<std::size_t>(events - 1, 3));
    }
}

BOOST_AUTO_TEST_CASE(a_copy_that_is_none_is_refused_and_not_trusted) {
    Pair pair;
    const std::string archive = good().archive(), copy = up_to(archive, 3);
    for (std::size_t at = 40; at < copy.size(); at += 1009) {
        std::string altered = copy;
        altered[at] = static_cast<char>(altered[at] ^ 1);
        BOOST_TEST(!pair.passes(archive, altered, "not a prefix"));
        BOOST_TEST(pair.report.failures.at(0).record == "byte " + std::to_string(at));
        BOOST_TEST(pair.report.ballots_not_rechecked == 0u);
    }
    BOOST_TEST(!pair.passes(copy, archive, "not a prefix"));               // longer
    BOOST_TEST(!pair.passes(archive, archive + archive, "not a prefix"));  // longer
    const test::OwnElection other({.votes = {1, 0, 2}});
    BOOST_TEST(!pair.passes(archive, other.archive(), "not a prefix"));
    BOOST_TEST(!pair.passes(archive, archive.substr(0, 1024), "does not end with an event"));
    BOOST_TEST(!pair.passes(archive, copy + archive.substr(copy.size(), 512), "does not end with an event"));
    Forge<Ed25519> reordered;
    std::swap(reordered.ballots[0], reordered.ballots[1]);
    BOOST_TEST(!pair.passes(reordered.archive(), copy, "not a prefix"));
}

BOOST_AUTO_TEST_CASE(a_forged_tail_is_refused) {
    Pair pair;
    const std::string copy = up_to(good().archive(), 3);  // two ballots
    const auto passes = [&](const Forge<Ed25519>& forge, const char* reason) { return pair.passes(forge.archive(), copy, reason); };
    Forge<Ed25519> proof;
    const std::size_t start = proof.ballots[2].find("individual_proofs");
    proof.ballots[2] =
        proof.sign_again(replaced(proof.ballots[2], test::value_of(proof.ballots[2], "challenge", start), "12345", 0, start), 2);
    BOOST_TEST(!passes(proof, "individual proof"));
    Forge<Ed25519> tally;
    tally.recount({tally.ballots[1], tally.ballots[2]});  // the first is left out
    BOOST_TEST(!passes(tally, "differs from the product"));
    Forge<Ed25519> result;
    result.result = R"({"result":[[0,2,1]]})";
    BOOST_TEST(!passes(result, "differs from the decryption"));
    Forge<Ed25519> again;
    again.ballots.push_back(again.ballots[0]);
    BOOST_TEST(!passes(again, "the same ballot twice"));
    Forge<Ed25519> stranger;
    const auto election = crypto::read_election_record(stranger.election);
    const auto y = crypto::parse_key<Ed25519>(election->public_key);
    stranger.ballots.push_back(crypto::make_ballot<Ed25519>({*election, y->point}, Ed25519::Scalar::from(7), {{1, 0, 0}}));
    stranger.recount(stranger.ballots);
    BOOST_TEST(!passes(stranger, "credential is not in the list"));
}

// What a copy holds is not proved again; what costs little is looked at all the same.
BOOST_AUTO_TEST_CASE(a_forged_copy_is_refused_for_all_but_its_proofs) {
    Pair pair;
    const auto passes = [&](const Forge<Ed25519>& forge, const char* reason) {
        const std::string archive = forge.archive();
        return pair.passes(archive, up_to(archive, 4), reason);
    };
    Forge<Ed25519> hash;
    hash.ballots[0] = hash.sign_again(replaced(hash.ballots[0], hash.own().election->fingerprint(), crypto::sha_b64("other")), 0);
    BOOST_TEST(!passes(hash, "election hash"));
    Forge<Ed25519> uuid;
    uuid.ballots[0] = uuid.sign_again(replaced(uuid.ballots[0], uuid.own().uuid, "11111111111111"), 0);
    BOOST_TEST(!passes(uuid, "election uuid"));
    Forge<Ed25519> text;
    const std::size_t last = text.ballots[0].find("individual_proofs");
    text.ballots[0] =
        replaced(text.ballots[0], test::value_of(text.ballots[0], "challenge", last), "12345", 0, last);  // not signed again
    BOOST_TEST(!passes(text, "signature hash"));
    Forge<Ed25519> twice;
    twice.ballots[1] = twice.ballots[0];
    BOOST_TEST(!passes(twice, "the same ballot twice"));
    Forge<Ed25519> trustees;
    trustees.trustees = replaced(trustees.trustees, test::value_of(trustees.trustees, "response"), "12345");
    BOOST_TEST(!passes(trustees, "proof of possession"));
}

BOOST_AUTO_TEST_CASE(a_file_is_no_earlier_copy_of_itself) {
    Pair pair;
    Forge<Ed25519> forge;
    const std::size_t start = forge.ballots[0].find("individual_proofs");
    forge.ballots[0] =
        forge.sign_again(replaced(forge.ballots[0], test::value_of(forge.ballots[0], "challenge", start), "12345", 0, start), 0);
    BOOST_TEST(!pair.passes(forge.archive(), forge.archive() + "x", "not a prefix"));
    const auto link = pair.newer().parent_path() / "link", hard = pair.newer().parent_path() / "hard";
    std::filesystem::create_symlink(pair.newer(), link);
    std::filesystem::create_hard_link(pair.newer(), hard);
    for (const auto& name : {pair.newer(), link, hard}) {
        const std::string text = test::lines(crypto::verify_archive(pair.newer(), {.since = name}));
        BOOST_TEST(text.find("this very file") != std::string::npos);
        BOOST_TEST(text.find("individual proof") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(any_number_of_threads_gives_one_verdict) {
    Forge<Ed25519> spoiled;
    spoiled.ballots[1] = spoiled.sign_again(spoiled.ballots[1], 0);
    for (const unsigned jobs : {0u, 1u, 2u, 3u, 7u, 255u, 256u, 257u, 1000u, ~0u}) {
        BOOST_TEST(test::verify(good().archive(), {.jobs = jobs}).all_passed(), jobs);
        BOOST_TEST(test::lines(test::verify(spoiled.archive(), {.jobs = jobs})).find("signature (signature.proof)") !=
                       std::string::npos,
                   jobs);
    }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace since_tests
