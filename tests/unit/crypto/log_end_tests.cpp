// SPDX-License-Identifier: AGPL-3.0-or-later
// An archive with its last ballots left out verifies as well as the whole one: only the signed end of the public log tells them apart.
#include "crypto/log_end.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

#include "crypto/credential.hpp"
#include "crypto/hash.hpp"
#include "crypto/protocol.hpp"
#include "crypto/tlog.hpp"
#include "support/folder.hpp"
#include "util/signature.hpp"

namespace log_end_tests {

using crypto::LogEndFault;
namespace tlog = crypto::tlog;

namespace {

struct LoggedElection {
    test::Folder folder;
    util::SigningKeys keys = util::make_signing_keys();
    std::string uuid = crypto::make_uuid(), seal = "scrutin\tctm\t" + uuid + "\nkeys\tA\t" + keys.public_key + "\n";
    crypto::Ceremony ceremony = crypto::run_ceremony("Ed25519", 3, 2);
    std::vector<std::string> ballots;
    std::string creds, record;

    LoggedElection() { seal_with(crypto::sha_hex(seal)); }
    // An election whose record names this seal, and its ballots.
    void seal_with(const std::string& digest) {
        crypto::ElectionRules rules{.seal = digest, .final_vote = true};
        const auto election = *crypto::Election::parse(
            crypto::make_election_record(uuid, "Ed25519", *crypto::election_public_key("Ed25519", ceremony.record), "CTM",
                                         crypto::write_rules(rules), {"Choix", {"Liste 1"}}));
        record = election->record();
        std::vector<std::string> publics;
        ballots.clear();
        for (int i = 0; i < 6; ++i) {
            const auto code = crypto::make_full_code();
            publics.push_back(*crypto::derive_public_key("Ed25519", uuid, code.view()));
            ballots.push_back(*election->make_ballot(code.view(), 1));
        }
        creds = *crypto::make_public_creds(publics);
    }
    crypto::VerifyReport archive(const std::vector<std::string>& of) {
        const auto path = folder / "a.bel";
        {
            std::ofstream out(path, std::ios::binary);
            crypto::ArchiveWriter writer([&](std::string_view piece) { out << piece; }, 1'790'000'000);
            writer.setup(record, ceremony.record, creds);
            for (const auto& ballot : of) writer.ballot(ballot);
            writer.end_ballots();
        }
        auto report = crypto::verify_archive(path);
        BOOST_TEST_REQUIRE(report.all_passed());
        return report;
    }
    std::string note(std::size_t count, const std::string& after, const util::SigningKeys& by, const std::string& name) const {
        crypto::merkle::Frontier tree;
        for (std::size_t i = 0; i < count; ++i) tree.append(util::sha256(ballots[i]));
        const std::string origin = "elections.example.fr" + name,
                          text = tlog::Checkpoint{origin, count, tree.root()}.text() + after;
        return tlog::Note{text, {tlog::sign(by.secret_key.view(), origin, text)}}.write();
    }
    std::string note(std::size_t count, const std::string& after = "journal 3 AAAA\nfinal\n") const {
        return note(count, after, keys, "/urne/" + uuid);
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(log_end_tests, LoggedElection)

BOOST_AUTO_TEST_CASE(the_whole_archive_agrees_and_a_shorter_one_does_not) {
    const auto whole = archive(ballots);
    BOOST_TEST(!compare_log_end(whole, seal, note(6)).has_value());
    BOOST_TEST(!compare_log_end(whole, seal, note(6, "final\n")).has_value());
    const auto shorter = archive({ballots.begin(), ballots.end() - 1});
    BOOST_TEST((compare_log_end(shorter, seal, note(6)) == LogEndFault::other_count));
    // sceau signed that tree too, while the vote ran.
    BOOST_TEST((compare_log_end(shorter, seal, note(5, "journal 3 AAAA\n")) == LogEndFault::not_final));
    BOOST_TEST((compare_log_end(shorter, seal, note(5, "")) == LogEndFault::not_final));
    BOOST_TEST((compare_log_end(shorter, seal, note(5, "finally\nfinal2\n")) == LogEndFault::not_final));
}

BOOST_AUTO_TEST_CASE(other_ballots_or_another_order_are_told) {
    auto turned = ballots;
    std::swap(turned[1], turned[4]);
    BOOST_TEST((compare_log_end(archive(turned), seal, note(6)) == LogEndFault::other_ballots));
}

BOOST_AUTO_TEST_CASE(only_the_sealed_key_signs_and_only_for_this_scrutin) {
    const auto whole = archive(ballots);
    const auto others = util::make_signing_keys();
    BOOST_TEST((compare_log_end(whole, seal, note(6, "final\n", others, "/urne/" + uuid)) == LogEndFault::not_signed));
    BOOST_TEST((compare_log_end(whole, seal, note(6, "final\n", keys, "/urne/" + crypto::make_uuid())) == LogEndFault::not_signed));
    for (const std::string& wrong : {std::string(), std::string("\n"), note(6).substr(1), note(6) + "x"})
        BOOST_TEST((compare_log_end(whole, seal, wrong) == LogEndFault::not_signed));
    const std::string text = "scrutin\tctm\t" + uuid + "\nkeys\tA\t" + others.public_key + "\n";
    BOOST_TEST((compare_log_end(whole, text, note(6, "final\n", others, "/urne/" + uuid)) == LogEndFault::other_seal));
}

BOOST_AUTO_TEST_CASE(a_seal_without_a_key_or_no_seal_proves_nothing) {
    seal = "scrutin\tctm\n";
    seal_with(crypto::sha_hex(seal));
    BOOST_TEST((compare_log_end(archive(ballots), seal, note(6)) == LogEndFault::not_signed));
    seal_with("");
    BOOST_TEST((compare_log_end(archive(ballots), seal, note(6)) == LogEndFault::no_seal));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace log_end_tests
