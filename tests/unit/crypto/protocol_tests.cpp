// SPDX-License-Identifier: AGPL-3.0-or-later
// Elections of ours from keys to result, in every group; those in BELENIOS-2048 judged by Debian's belenios-tool.
#include "crypto/protocol.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>

#include "election_files.hpp"
#include "own_election.hpp"

BOOST_AUTO_TEST_SUITE(protocol_tests)

namespace {

bool tool_is_here() { return std::system("command -v belenios-tool >/dev/null 2>&1") == 0; }

// `belenios-tool election verify` on the archive alone.
bool tool_accepts(const test::OwnElection& own) {
    const test::TemporaryDirectory directory;
    std::ofstream(directory.path() / (own.uuid + ".bel"), std::ios::binary) << own.archive();
    const std::string command = "cd " + directory.path().string() + " && belenios-tool election verify --dir . > out 2>&1";
    const int status = std::system(command.c_str());
    const std::string out = test::read_raw(directory.path() / "out");
    BOOST_TEST_MESSAGE(out);
    return status == 0 && out.find("all checks passed") != std::string::npos;
}

void check_whole_election(const test::Shape& shape) {
    const test::OwnElection own(shape);
    std::vector<std::uint64_t> expected(shape.lists + 1);
    for (const auto choice : shape.votes) ++expected[choice];
    BOOST_TEST(own.counts.votes == expected);
    if (shape.group != "BELENIOS-2048") return;
    if (!tool_is_here()) {
        BOOST_TEST_MESSAGE("belenios-tool is not installed: archive not judged");
        return;
    }
    BOOST_TEST(tool_accepts(own));
}

}  // namespace

BOOST_AUTO_TEST_CASE(toy_single_and_threshold) {
    check_whole_election({.group = "TOY-607", .lists = 3, .votes = {0, 1, 1, 3}});
    check_whole_election({.group = "TOY-607", .holders = 5, .threshold = 3, .lists = 3, .votes = {0, 1, 1, 3, 2, 2, 2}});
}
BOOST_AUTO_TEST_CASE(ed25519_single) { check_whole_election({.group = "Ed25519", .lists = 8, .votes = {0, 1, 8, 8, 3}}); }
BOOST_AUTO_TEST_CASE(ed25519_threshold) {
    check_whole_election({.group = "Ed25519", .holders = 3, .threshold = 2, .lists = 2, .votes = {0, 1, 2, 2}});
}
BOOST_AUTO_TEST_CASE(ed25519_thirteen_holders) {
    check_whole_election({.group = "Ed25519", .holders = 13, .threshold = 7, .lists = 1, .votes = {1, 0, 1}});
}
BOOST_AUTO_TEST_CASE(belenios_2048_single_is_accepted_by_the_tool) {
    check_whole_election({.group = "BELENIOS-2048", .lists = 8, .votes = {0, 1, 2, 8, 0}});
}
BOOST_AUTO_TEST_CASE(belenios_2048_two_of_three_is_accepted_by_the_tool) {
    check_whole_election({.group = "BELENIOS-2048", .holders = 3, .threshold = 2, .lists = 2, .votes = {0, 1, 2}});
}
BOOST_AUTO_TEST_CASE(belenios_2048_four_of_seven_is_accepted_by_the_tool) {
    check_whole_election({.group = "BELENIOS-2048", .holders = 7, .threshold = 4, .lists = 1, .votes = {1, 0}});
}
BOOST_AUTO_TEST_CASE(belenios_2048_without_ballots_is_accepted_by_the_tool) {
    check_whole_election({.group = "BELENIOS-2048", .lists = 2, .votes = {}});
    check_whole_election({.group = "BELENIOS-2048", .holders = 3, .threshold = 2, .lists = 2, .votes = {}});
}
BOOST_AUTO_TEST_CASE(belenios_2048_with_twenty_one_lists_is_accepted_by_the_tool) {
    check_whole_election({.group = "BELENIOS-2048", .lists = 21, .votes = {21, 7}});
}

BOOST_AUTO_TEST_CASE(bad_codes_and_foreign_keys_are_refused) {
    const test::OwnElection own({.group = "Ed25519", .lists = 1, .votes = {1}});
    BOOST_TEST(!own.election->make_ballot("not a code", 0).has_value());
    const auto stranger = crypto::make_single_trustee("Ed25519");
    BOOST_TEST(!own.election->partial_decrypt(own.trustees, own.tally.encrypted_tally, 1, stranger.private_key).has_value());
    BOOST_TEST(!own.election->partial_decrypt(own.trustees, own.tally.encrypted_tally, 9, stranger.private_key).has_value());
}

BOOST_AUTO_TEST_CASE(election_records_are_read_strictly) {
    const test::OwnElection own({.group = "Ed25519", .lists = 1, .votes = {}});
    const std::string good = own.election->record();
    const auto refused = [&](std::string_view from, std::string_view to) {
        std::string record = good;
        record.replace(record.find(from), from.size(), to);
        return !crypto::Election::parse(record).has_value();
    };
    BOOST_TEST(crypto::Election::parse(good).has_value());
    BOOST_TEST(refused("\"version\":1", "\"version\":2"));
    BOOST_TEST(refused("\"version\":1", "\"version\": 1"));
    BOOST_TEST(refused("\"version\":1", "\"version\":1,\"version\":1"));
    BOOST_TEST(refused("Ed25519", "RFC-3526-2048"));
    BOOST_TEST(refused("\"min\":1", "\"min\":2"));
    BOOST_TEST(refused("\"max\":1", "\"max\":99"));
    BOOST_TEST(refused("\"max\":1", "\"max\":-1"));
    BOOST_TEST(!crypto::Election::parse(good + "\n").has_value());
    BOOST_TEST(!crypto::Election::parse("").has_value());
    // A point of the curve outside the group, and the identity, as election key.
    const auto key = good.find("public_key\":\"") + 13;
    for (const std::string& y : {std::string(64, '0'), std::string(63, '0') + "1"}) {
        std::string record = good;
        record.replace(key, 64, y);
        BOOST_TEST(!crypto::Election::parse(record).has_value());
    }
}

BOOST_AUTO_TEST_SUITE_END()
