// SPDX-License-Identifier: AGPL-3.0-or-later
// The verifier on the archives of other programs, on options, on broken files, and on forged trustees (SPECIFICATION.md 10).
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include "crypto/forge.hpp"
#include "util/json.hpp"

namespace verify_tests {

using crypto::Ed25519;
using test::Chain;
using test::Forge;
using test::refused;
using test::replaced;

namespace {

const char* const k_archives[] = {"2048-single/LiFqt5fv83EqW4.bel",
                                  "2048-single/earlier/LiFqt5fv83EqW4.bel",
                                  "2048-threshold/pAXmvP4WG44v5g.bel",
                                  "ed25519-single/yZDgMTHFpqM6TQ.bel",
                                  "ed25519-single/before-revote/yZDgMTHFpqM6TQ.bel",
                                  "ed25519-threshold/Q45MnBjFQqPTM8.bel",
                                  "ed25519-threshold/before-revote/Q45MnBjFQqPTM8.bel",
                                  "ed25519-threshold-3x/VbB6Wrog85CNsP.bel"};

bool has_remark(const crypto::VerifyReport& report, const char* part) {
    return std::any_of(report.remarks.begin(), report.remarks.end(),
                       [&](const auto& r) { return r.find(part) != std::string::npos; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(verify_tests)

BOOST_DATA_TEST_CASE(archives_of_other_programs_are_accepted, boost::unit_test::data::make(k_archives), name) {
    for (const unsigned jobs : {1u, 3u}) {
        const auto report = crypto::verify_archive(test::vectors() / name, {.jobs = jobs});
        BOOST_TEST(report.all_passed(), test::lines(report));
        BOOST_TEST(has_remark(report, "2.5.1 form") == (std::string(name).find("ed25519-threshold/") == 0));
        const bool running =
            std::string(name).find("earlier") != std::string::npos || std::string(name).find("before") != std::string::npos;
        BOOST_TEST(report.finished == !running);
        BOOST_TEST(has_remark(report, "running election") == running);
        BOOST_TEST(report.ballots > 0u);
    }
}

BOOST_AUTO_TEST_CASE(published_fingerprints_of_lists_are_found) {
    const auto folder = test::vectors() / "ed25519-single";
    crypto::VerifyOptions options;
    options.credentials_fingerprint = "MTpPkQCPo+whRw2CqzYv2qbhSeu5eGA90vRQFVp0cI8";
    options.attendance = 28;
    const auto report = crypto::verify_archive(folder / "yZDgMTHFpqM6TQ.bel", options);
    BOOST_TEST(report.all_passed(), test::lines(report));
    BOOST_TEST((report.result == std::vector<std::vector<std::uint64_t>>{{3, 3, 3, 4, 3, 3, 3, 3, 3}}));
    options.credentials_fingerprint = "k7lcKlQ92OzPgxwunaSeRCH8/cA104hW1wd92alb9GY";
    options.attendance = 29;
    const auto wrong = crypto::verify_archive(folder / "yZDgMTHFpqM6TQ.bel", options);
    BOOST_TEST(wrong.failures.size() == 2u);
}

BOOST_AUTO_TEST_CASE(trackers_are_found_in_both_writings) {
    const Forge<Ed25519> forge;
    const std::string& ballot = forge.ballots[1];
    BOOST_TEST(test::verify(forge.archive(), {.trackers = {crypto::sha_b64(ballot), crypto::sha_hex(ballot)}}).all_passed());
    BOOST_TEST(refused(forge.archive(), "no ballot of the archive has it", {.trackers = {crypto::sha_b64("other")}}));
    // Found is not counted.
    Forge<Ed25519> again;
    const std::string first = again.ballots[0];
    again.ballots.push_back(again.vote(0, 2));
    again.recount({again.ballots[1], again.ballots[2], again.ballots[3]});
    const auto report = test::verify(again.archive(), {.trackers = {crypto::sha_hex(first), crypto::sha_b64(again.ballots[3])}});
    BOOST_TEST(report.all_passed(), test::lines(report));
    BOOST_TEST(has_remark(report, "superseded by a later ballot"));
    BOOST_TEST(report.remarks.size() == 3u);
}

BOOST_AUTO_TEST_CASE(an_earlier_copy_spares_work_and_must_be_a_prefix) {
    const auto folder = test::vectors() / "ed25519-single";
    crypto::VerifyOptions options;
    options.since = folder / "before-revote" / "yZDgMTHFpqM6TQ.bel";
    const auto report = crypto::verify_archive(folder / "yZDgMTHFpqM6TQ.bel", options);
    BOOST_TEST(report.all_passed(), test::lines(report));
    BOOST_TEST(report.ballots_not_rechecked > 20u);
    BOOST_TEST(report.ballots_not_rechecked < report.ballots);
    // The other way round, and a copy with another ballot in it.
    options.since = folder / "yZDgMTHFpqM6TQ.bel";
    const auto reversed = crypto::verify_archive(folder / "before-revote" / "yZDgMTHFpqM6TQ.bel", options);
    BOOST_TEST(!reversed.all_passed());
    BOOST_TEST(reversed.ballots_not_rechecked == 0u);
    // A copy cut inside an entry or between a record and its event.
    const test::TemporaryDirectory directory;
    const std::string bytes = test::read_raw(folder / "yZDgMTHFpqM6TQ.bel");
    for (const std::size_t length : {std::size_t{1024 + 700}, std::size_t{1024 + 512 * 2}}) {
        std::ofstream(directory.path() / "cut.bel", std::ios::binary) << bytes.substr(0, length);
        options.since = directory.path() / "cut.bel";
        const auto cut = crypto::verify_archive(folder / "yZDgMTHFpqM6TQ.bel", options);
        BOOST_TEST(test::lines(cut).find("does not end with an event") != std::string::npos);
    }
    options.since = directory.path() / "none";
    BOOST_TEST(crypto::verify_archive(folder / "yZDgMTHFpqM6TQ.bel", options).unreadable.has_value());
}

BOOST_AUTO_TEST_CASE(files_that_are_no_archive_are_unreadable) {
    BOOST_TEST(crypto::verify_archive("/nonexistent/x.bel").unreadable.has_value());
    BOOST_TEST(crypto::verify_archive("/").unreadable.has_value());
    BOOST_TEST(test::verify("").unreadable.has_value());
    BOOST_TEST(test::verify("hello").unreadable.has_value());
}

// Every byte of a small archive matters: cut anywhere, or changed anywhere in a sample, it is refused.
BOOST_AUTO_TEST_CASE(any_cut_and_any_changed_byte_is_refused) {
    const Forge<Ed25519> forge;
    const std::string good = forge.archive();
    for (std::size_t at = 0; at < good.size(); at += 97) {
        std::string changed = good;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        BOOST_TEST(!test::verify(changed).all_passed(), at);
    }
    for (std::size_t length = 1; length < good.size(); length += 311) {
        if (length % 512 != 0) BOOST_TEST(!test::verify(good.substr(0, length)).all_passed(), length);
    }
}

BOOST_AUTO_TEST_CASE(hostile_sizes_do_not_ask_for_memory) {
    const Forge<Ed25519> forge;
    std::string bytes = forge.archive().substr(0, 1024);
    bytes += crypto::tar_header(std::string(64, 'a') + ".data.json", 0x1ffffffff, 1'790'000'000);
    BOOST_TEST(refused(bytes, "truncated entry"));
}

BOOST_AUTO_TEST_CASE(chain_of_events_is_checked) {
    const Forge<Ed25519> forge;
    Chain parent;
    forge.set_up(parent);
    parent.parent = crypto::sha_hex("other");
    parent.event("Ballot", {forge.ballots[0]});
    BOOST_TEST(refused(parent.bytes, "breaks the chain"));
    Chain height;
    forge.set_up(height);
    height.height = 7;
    height.event("Ballot", {forge.ballots[0]});
    BOOST_TEST(refused(height.bytes, "breaks the chain"));
    Chain unknown;
    forge.set_up(unknown);
    unknown.event("Shuffle", {"{}"});
    BOOST_TEST(refused(unknown.bytes, "unknown type"));
    Chain setup;
    setup.event("Setup", {forge.election, forge.trustees, forge.public_creds,
                          crypto::write_setup_data(forge.election, forge.trustees, "[]")});
    BOOST_TEST(refused(setup.bytes, "hashes of election, trustees and credentials"));
    BOOST_TEST(refused(Chain().bytes, "no Setup event"));
}

BOOST_AUTO_TEST_CASE(times_of_entries_must_agree) {
    const Forge<Ed25519> forge;
    const std::string good = forge.archive();
    std::string other = good;
    other.replace(0, 512, crypto::tar_header("BELENIOS", crypto::archive_header(1'790'000'000).size(), 1'790'000'001));
    BOOST_TEST(refused(other, "mtime of the archive header"));
    Chain chain(1'790'000'001);
    const std::string later = chain.bytes + good.substr(1024);
    BOOST_TEST(refused(later, "is not exact"));
}

BOOST_AUTO_TEST_CASE(partial_decryptions_are_checked) {
    Forge<Ed25519> missing;
    missing.partials.pop_back();
    BOOST_TEST(refused(missing.archive(), "not enough valid partial decryptions"));
    Forge<Ed25519> twice;
    twice.partials[1] = twice.partials[0];
    BOOST_TEST(refused(twice.archive(), "second one of an owner"));
    Forge<Ed25519> range;
    range.partials.emplace_back(3, range.partials[0].second);
    BOOST_TEST(refused(range.archive(), "owner out of range"));
    Forge<Ed25519> zero;
    zero.partials[0].first = 0;
    BOOST_TEST(refused(zero.archive(), "owner out of range"));
    Forge<Ed25519> swapped;
    std::swap(swapped.partials[0].second, swapped.partials[1].second);
    BOOST_TEST(refused(swapped.archive(), "decryption_proofs[0][0]"));
    Forge<Ed25519> factor;
    auto& record = factor.partials[0].second;
    const std::size_t at = record.find("[[\"") + 3;
    record.replace(at, 64, std::string(63, '0') + "1");
    BOOST_TEST(refused(factor.archive(), "decryption_proofs[0][0]"));
    record.replace(at, 64, std::string(64, '0'));  // order four
    BOOST_TEST(refused(factor.archive(), "membership of decryption_factors[0][0]"));
}

BOOST_AUTO_TEST_CASE(election_key_and_versions_are_checked) {
    Forge<Ed25519> version;
    version.election = replaced(version.election, "\"version\":1", "\"version\":2");
    BOOST_TEST(refused(version.archive(), "version is not 1"));
    Forge<Ed25519> group;
    group.election = replaced(group.election, "Ed25519", "RFC-3526-2048");
    BOOST_TEST(refused(group.archive(), "unknown group"));
    Forge<Ed25519> key;
    key.election = replaced(key.election, test::value_of(key.election, "public_key"), Ed25519::encode(Ed25519::generator()));
    BOOST_TEST(refused(key.archive(), "public_key is not that of the trustees"));
    key.election = replaced(key.election, test::value_of(key.election, "public_key"), std::string(63, '0') + "1");
    BOOST_TEST(refused(key.archive(), "public_key is not a key of the group"));
}

BOOST_AUTO_TEST_CASE(forged_single_trustees_are_refused) {
    const Forge<Ed25519> good;
    const auto with = [&](const std::string& trustees) {
        Forge<Ed25519> forge;
        forge.trustees = trustees;
        return forge.archive();
    };
    const std::string key = test::value_of(good.trustees, "public_key");
    BOOST_TEST(refused(with(replaced(good.trustees, test::value_of(good.trustees, "response"), "12345")), "proof of possession"));
    BOOST_TEST(refused(with(replaced(good.trustees, key, std::string(63, '0') + "1")), "identity as public key"));
    BOOST_TEST(refused(with(replaced(good.trustees, key, std::string(64, '0'))), "outside the group"));
    BOOST_TEST(refused(with("[]"), "nobody"));
    BOOST_TEST(refused(with(good.trustees + " "), "not canonical"));
    const std::size_t half = good.trustees.find(",[\"Single\"");
    BOOST_TEST(refused(with(good.trustees.substr(0, half) + "," + good.trustees.substr(1, half - 1) + "]"), "two equal keys"));
}

BOOST_AUTO_TEST_CASE(report_as_json_says_the_same) {
    Forge<Ed25519> forge;
    forge.ballots[0] += " ";
    const auto json = util::parse_json(crypto::to_json(test::verify(forge.archive())));
    BOOST_REQUIRE(json.has_value());
    BOOST_TEST(json->at("all_passed").get<bool>() == false);
    BOOST_TEST(json->at("failures").at(0).at("check").get<std::string>() == "canonical form");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace verify_tests
