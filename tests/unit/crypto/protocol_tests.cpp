// SPDX-License-Identifier: AGPL-3.0-or-later
// Elections of ours from keys to result, in every group; those in BELENIOS-2048 judged by Debian's belenios-tool.
#include "crypto/protocol.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <fstream>

#include "forge.hpp"

namespace protocol_tests {

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
    const auto report = test::verify(own.archive(), {.toy_group = true});
    BOOST_TEST(report.all_passed(), test::lines(report));
    BOOST_TEST((report.result == std::vector<std::vector<std::uint64_t>>{expected}));
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

// The question and its answers carry accents and quotes everywhere (own_election.hpp); here the rest of what JSON writes in its own way.
BOOST_AUTO_TEST_CASE(belenios_2048_with_accents_quotes_and_controls_in_texts_is_accepted_by_the_tool) {
    check_whole_election({.group = "BELENIOS-2048",
                          .lists = 2,
                          .votes = {1, 0},
                          .description = "« L’été à l’œuvre » \"cité\" \\ / <b>&amp;</b> \t\b\f\r\n\x01\x1f € 𝄞 日本"});
}

// A trustee key and ballots that belenios-tool 2.0 makes for an election of ours.
BOOST_AUTO_TEST_CASE(keys_and_ballots_of_the_tool_serve_in_an_election_of_ours) {
    if (!tool_is_here()) {
        BOOST_TEST_MESSAGE("belenios-tool is not installed: nothing to read");
        return;
    }
    const test::TemporaryDirectory directory;
    const auto run = [&](const std::string& command) {
        return std::system(("cd " + directory.path().string() + " && belenios-tool " + command).c_str()) == 0;
    };
    const std::string group = "BELENIOS-2048", uuid = crypto::make_uuid();
    BOOST_REQUIRE(run("setup generate-trustee-key --group BELENIOS-2048 >/dev/null 2>&1"));
    std::string public_key, private_key;
    for (const auto& file : std::filesystem::directory_iterator(directory.path())) {
        if (file.path().extension() == ".pubkey") public_key = test::read_text(file.path());
        if (file.path().extension() == ".privkey") private_key = test::read_raw(file.path());
    }
    const std::string trustees = test::need(crypto::make_trustees_record({public_key}));
    const auto election = test::need(
        crypto::Election::parse(crypto::make_election_record(uuid, group, test::need(crypto::election_public_key(group, trustees)),
                                                             "n", "d", {"Titulaires", {"A", "B", "C"}})));
    const auto code = crypto::make_old_code();
    const auto key = crypto::derive_public_key(group, uuid, code.view());
    {
        std::ofstream archive(directory.path() / (uuid + ".bel"), std::ios::binary);
        crypto::ArchiveWriter writer([&](std::string_view piece) { archive << piece; }, 1'790'000'000);
        writer.setup(election->record(), trustees, test::need(crypto::make_public_creds({*key})));
    }
    std::ofstream(directory.path() / "code.txt") << code.view();
    std::vector<std::string> ballots;
    for (const char* choice : {"[[0,0,1,0]]", "[[1,0,0,0]]"}) {
        std::ofstream(directory.path() / "choice.json") << choice;
        BOOST_REQUIRE(run("election generate-ballot --dir . --privcred code.txt --ballot choice.json > ballot.json 2>err"));
        ballots.push_back(test::read_text(directory.path() / "ballot.json"));
        const auto info = election->check_ballot(ballots.back());
        BOOST_REQUIRE_MESSAGE(info.has_value(), (info ? "" : info.error().detail));
        BOOST_TEST(info->credential == *key);
    }
    std::size_t at = 0;
    const auto tally = test::need(election->tally([&]() -> std::optional<std::string> {
        if (at == ballots.size()) return std::nullopt;
        return ballots[at++];
    }));
    const auto partial = test::need(election->partial_decrypt(trustees, tally.encrypted_tally, 1, util::SecretText(private_key)));
    const auto counts = test::need(election->combine(trustees, tally, {{1u, partial}}));
    BOOST_TEST((counts.votes == std::vector<std::uint64_t>{1, 0, 1, 0}));
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

}  // namespace protocol_tests
