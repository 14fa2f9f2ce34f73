// SPDX-License-Identifier: AGPL-3.0-or-later
// The file of second proofs beside an archive (SPECIFICATION-2.md 14.3 and 14.4), and thresholds of one (14.7).
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include "crypto/forge.hpp"

namespace second_proofs_tests {

namespace {

using Groups = boost::mpl::list<crypto::Belenios2048, crypto::Ed25519>;

std::string ours() { return "Titre. " + crypto::write_rules({.bound_decryption = true, .final_vote = true}); }

// Two of three, all three of whom decrypted.
template <class G>
const test::OwnElection& two_of_three() {
    static const test::OwnElection own = [] {
        test::OwnElection made({.group = std::string(G::k_name),
                                .holders = 3,
                                .threshold = 2,
                                .lists = 2,
                                .votes = {1, 0, 2, 1, 1},
                                .description = ours()});
        made.decrypt_by_all();
        return made;
    }();
    return own;
}

// The verdict on an archive with this file beside it; no file if it is empty.
crypto::VerifyReport judge(const test::OwnElection& own, const std::string& companion, const std::string& archive = "") {
    const test::TemporaryDirectory directory;
    std::ofstream(directory.path() / "renamed.bel", std::ios::binary) << (archive.empty() ? own.archive() : archive);
    if (!companion.empty()) std::ofstream(directory.path() / crypto::companion_name(own.uuid), std::ios::binary) << companion;
    return crypto::verify_archive(directory.path() / "renamed.bel", {.toy_group = true});
}
bool is_refused(const crypto::VerifyReport& report, const std::string& reason) {
    const bool found = test::lines(report).find(reason) != std::string::npos && !report.all_passed();
    if (!found) BOOST_TEST_MESSAGE("wanted: " + reason + "\ngot: " + test::lines(report));
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(second_proofs_tests)

BOOST_AUTO_TEST_CASE_TEMPLATE(an_archive_with_all_decryptions_and_their_second_proofs_is_accepted, G, Groups) {
    const auto& own = two_of_three<G>();
    const auto report = judge(own, crypto::write_companion(own.companion()));
    BOOST_TEST(report.all_passed(), test::lines(report));
    BOOST_TEST(report.second_proofs == 3u);
    BOOST_TEST(report.rules.bound_decryption);
    BOOST_TEST(report.setup == own.setup());
    BOOST_TEST(report.encrypted_tally == own.tally.encrypted_tally);
    BOOST_TEST(report.remarks.empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(it_is_refused_without_them, G, Groups) {
    BOOST_TEST(is_refused(judge(two_of_three<G>(), ""), "the record demands them, and their file is missing"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_vote_that_still_runs_or_is_not_decrypted_wants_none, G, Groups) {
    const auto& own = two_of_three<G>();
    test::Chain chain;
    chain.setup(own.election->record(), own.trustees, own.public_creds);
    BOOST_TEST(judge(own, "", chain.bytes).all_passed());
    for (const auto& ballot : own.ballots) chain.event("Ballot", {ballot});
    chain.event("EndBallots", {});
    chain.event("EncryptedTally", {own.tally.encrypted_tally, own.tally.sized});
    const auto report = judge(own, "", chain.bytes);
    BOOST_TEST(report.all_passed(), test::lines(report));
}

BOOST_AUTO_TEST_CASE(another_election_without_them_has_a_remark) {
    test::OwnElection foreign({.holders = 3, .threshold = 2, .votes = {1}});
    foreign.decrypt_by_all();
    const auto without = judge(foreign, "");
    BOOST_TEST(without.all_passed());
    BOOST_TEST(without.second_proofs == 0u);
    BOOST_REQUIRE(without.remarks.size() == 1u);
    BOOST_TEST(without.remarks[0] == "no file of second proofs, and the record demands none");
    // With them they are checked, and a false one counts.
    auto companion = foreign.companion();
    BOOST_TEST(judge(foreign, crypto::write_companion(companion)).second_proofs == 3u);
    std::swap(companion.decryptions[0].proof, companion.decryptions[1].proof);
    BOOST_TEST(is_refused(judge(foreign, crypto::write_companion(companion)), "second proof (decryption of trustee 1)"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(each_part_of_the_file_is_checked, G, Groups) {
    const auto& own = two_of_three<G>();
    const auto good = own.companion();
    const auto spoiled = [&](auto edit, const char* reason) {
        auto companion = good;
        edit(companion);
        return is_refused(judge(own, crypto::write_companion(companion)), reason);
    };
    BOOST_TEST(spoiled([](auto& c) { c.uuid = crypto::make_uuid(); }, "file of another election or Setup event"));
    BOOST_TEST(spoiled([](auto& c) { c.setup = std::string(64, '0'); }, "file of another election or Setup event"));
    BOOST_TEST(spoiled([](auto& c) { c.encrypted_tally = std::string(64, '0'); }, "file of another encrypted total"));
    BOOST_TEST(spoiled([](auto& c) { c.decryptions.pop_back(); }, "no second proof (decryption of trustee 3)"));
    BOOST_TEST(spoiled([](auto& c) { c.decryptions.clear(); }, "no second proof (decryption of trustee 1)"));
    BOOST_TEST(spoiled([](auto& c) { c.decryptions[2].owner = 4; }, "not of a decryption of the archive"));
    BOOST_TEST(spoiled([](auto& c) { std::swap(c.decryptions[0].owner, c.decryptions[1].owner); }, "file not in its one writing"));
    BOOST_TEST(spoiled([](auto& c) { std::swap(c.decryptions[0].partial, c.decryptions[1].partial); },
                       "not of a decryption of the archive"));
    BOOST_TEST(spoiled([](auto& c) { std::swap(c.decryptions[0].proof, c.decryptions[1].proof); },
                       "second proof (decryption of trustee 2)"));
    const std::string text = crypto::write_companion(good);
    for (const std::string& writing :
         {text + "\n", text.substr(0, text.size() - 1), " " + text, test::replaced(text, ":1,", ": 1,"),
          test::replaced(text, "\"version\":1", "\"version\":2"), std::string("{}")})
        BOOST_TEST(is_refused(judge(own, writing), "file not in its one writing"));
    BOOST_TEST(is_refused(judge(own, test::replaced(text, "challenge\":\"", "challenge\":\"0")), "second proof"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(second_proofs_made_for_another_setup_of_the_same_election_are_refused, G, Groups) {
    const auto& own = two_of_three<G>();
    // The office gives another list of electors to who checks: the archive is sound in itself, the second proofs are of the sealed one.
    test::Forge<G> forge(own);
    std::string why;
    const auto list = crypto::read_public_creds(own.public_creds, why).value();
    std::vector<std::string> keys;
    for (const auto& one : list) keys.emplace_back(one.key);
    keys.push_back(*crypto::derive_public_key(G::k_name, own.uuid, crypto::make_full_code().view()));
    forge.public_creds = test::need(crypto::make_public_creds(keys));
    BOOST_TEST(is_refused(judge(own, crypto::write_companion(own.companion()), forge.archive()),
                          "file of another election or Setup event"));
    auto companion = own.companion();
    companion.setup = crypto::setup_event_hash(forge.election, forge.trustees, crypto::sha_hex(forge.public_creds));
    BOOST_TEST(
        is_refused(judge(own, crypto::write_companion(companion), forge.archive()), "second proof (decryption of trustee 1)"));
}

BOOST_AUTO_TEST_CASE(a_named_file_is_read_in_the_place_of_the_one_beside) {
    const auto& own = two_of_three<crypto::Ed25519>();
    const test::TemporaryDirectory directory;
    std::ofstream(directory.path() / "x.bel", std::ios::binary) << own.archive();
    std::ofstream(directory.path() / "preuves", std::ios::binary) << crypto::write_companion(own.companion());
    BOOST_TEST(crypto::verify_archive(directory.path() / "x.bel", {.companion = directory.path() / "preuves"}).second_proofs == 3u);
    BOOST_TEST(
        crypto::verify_archive(directory.path() / "x.bel", {.companion = directory.path() / "absent"}).unreadable.has_value());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(a_threshold_of_one_is_a_remark_in_anothers_record_and_refused_in_ours, G, Groups) {
    test::OwnElection foreign({.group = std::string(G::k_name), .holders = 3, .threshold = 1, .lists = 1, .votes = {1, 0}});
    foreign.decrypt_by_all();
    const auto report = judge(foreign, "");
    BOOST_TEST(report.all_passed(), test::lines(report));
    BOOST_TEST(report.remarks.at(0) == "trustees: threshold of one: each holder decrypts alone");
    test::OwnElection own({.group = std::string(G::k_name), .holders = 3, .threshold = 1, .votes = {1}, .description = ours()});
    BOOST_TEST(is_refused(judge(own, crypto::write_companion(own.companion())), "threshold of one in an election of ours"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace second_proofs_tests
