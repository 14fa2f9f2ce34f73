// SPDX-License-Identifier: AGPL-3.0-or-later
// Whole elections of other programs, step by step through the protocol's face: every value they hold must come out of our
// formulas.
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "crypto/protocol.hpp"
#include "election_files.hpp"
#include "util/bytes.hpp"
#include "util/json.hpp"

namespace vectors_tests {

namespace {

struct Known {
    const char* archive;
    std::size_t ballots, counted;
    const char* result;
};
std::ostream& operator<<(std::ostream& out, const Known& known) { return out << known.archive; }

const Known k_known[] = {
    {"2048-single/LiFqt5fv83EqW4.bel", 11, 10, R"({"result":[[1,1,1,2,1,1,1,1,1]]})"},
    {"2048-threshold/pAXmvP4WG44v5g.bel", 1, 1, R"({"result":[[0,1,0,0,0,0,0,0,0]]})"},
    {"ed25519-single/yZDgMTHFpqM6TQ.bel", 29, 28, R"({"result":[[3,3,3,4,3,3,3,3,3]]})"},
    {"ed25519-threshold/Q45MnBjFQqPTM8.bel", 29, 28, R"({"result":[[3,3,3,4,3,3,3,3,3]]})"},
    {"ed25519-threshold-3x/VbB6Wrog85CNsP.bel", 0, 0, ""},
};

// An archive's records in the order of its events.
struct Election {
    std::map<std::string, std::string> record;  // hash -> bytes
    std::vector<util::Json> events;
    std::string setup(const char* what) const {
        const auto data = *util::parse_json(record.at(events.at(0).at("payload")));
        return record.at(data.at(what));
    }
    std::vector<std::string> payloads(const std::string& type) const {
        std::vector<std::string> list;
        for (const auto& event : events)
            if (event.at("type") == type) list.push_back(record.at(event.at("payload")));
        return list;
    }
};

Election load(const std::string& archive) {
    Election election;
    for (const auto& entry : test::read_tar(test::read_raw(test::vectors() / archive))) {
        if (entry.name.ends_with(".data.json")) election.record[entry.name.substr(0, 64)] = entry.body;
        if (entry.name.ends_with(".event.json")) election.events.push_back(*util::parse_json(entry.body));
    }
    return election;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(vectors_tests)

BOOST_DATA_TEST_CASE(every_record_is_accepted_and_recomputed, boost::unit_test::data::make(k_known), known) {
    const Election archive = load(known.archive);
    const auto election = crypto::Election::parse(archive.setup("election"));
    BOOST_REQUIRE(election.has_value());
    const auto& e = **election;
    const std::string trustees = archive.setup("trustees");
    const auto key = crypto::election_public_key(e.group(), trustees);
    BOOST_REQUIRE_MESSAGE(key.has_value(), (key ? "" : key.error().detail));
    BOOST_TEST(e.record().find("\"public_key\":\"" + *key + "\"") != std::string::npos);

    std::map<std::string, std::string> last;  // credential -> ballot
    std::size_t ballots = 0;
    for (const auto& ballot : archive.payloads("Ballot")) {
        const auto info = e.check_ballot(ballot);
        BOOST_REQUIRE_MESSAGE(info.has_value(), (info ? "" : info.error().detail));
        BOOST_TEST(info->hash_hex == crypto::sha_hex(ballot));
        last[info->credential] = ballot;
        ++ballots;
    }
    if (known.ballots != 0) {
        BOOST_TEST(ballots == known.ballots);
        BOOST_TEST(last.size() == known.counted);
    }
    BOOST_TEST(ballots > 0u);

    auto it = last.begin();
    const auto tally = e.tally([&]() -> std::optional<std::string> {
        if (it == last.end()) return std::nullopt;
        return (it++)->second;
    });
    BOOST_REQUIRE(tally.has_value());
    BOOST_TEST(tally->sized == archive.payloads("EncryptedTally").at(0));
    BOOST_TEST(archive.record.count(crypto::sha_hex(tally->encrypted_tally)) == 1u);

    std::vector<std::pair<unsigned, std::string>> partials;
    for (const auto& owned : archive.payloads("PartialDecryption")) {
        const auto json = *util::parse_json(owned);
        partials.emplace_back(json.at("owner").get<unsigned>(), archive.record.at(json.at("payload")));
        BOOST_TEST(crypto::make_owned(partials.back().first, partials.back().second) == owned);
        BOOST_TEST(e.verify_partial_decryption(trustees, tally->encrypted_tally, partials.back().first, partials.back().second));
        BOOST_TEST(!e.verify_partial_decryption(trustees, tally->encrypted_tally, partials.back().first == 1 ? 2 : 1,
                                                partials.back().second));
    }
    const auto counts = e.combine(trustees, *tally, partials);
    BOOST_REQUIRE(counts.has_value());
    BOOST_TEST(counts->result == archive.payloads("Result").at(0));
    if (*known.result != '\0') BOOST_TEST(counts->result == known.result);
    partials.pop_back();
    BOOST_TEST(!e.combine(trustees, *tally, partials).has_value());
}

// Keys made by the tool open the tallies of its elections through our decryption.
BOOST_AUTO_TEST_CASE(single_keys_of_the_tool_decrypt) {
    for (const char* name : {"2048-single/LiFqt5fv83EqW4", "ed25519-single/yZDgMTHFpqM6TQ"}) {
        const Election archive = load(std::string(name) + ".bel");
        const auto election = crypto::Election::parse(archive.setup("election"));
        const auto trustees = archive.setup("trustees");
        const auto tally = archive.record.at(util::parse_json(archive.payloads("EncryptedTally").at(0))->at("encrypted_tally"));
        std::size_t opened = 0;
        const auto keys = (test::vectors() / name).parent_path() / "private-trustee-keys";
        for (const auto& file : std::filesystem::directory_iterator(keys)) {
            if (file.path().extension() != ".privkey") continue;
            for (unsigned owner = 1; owner <= 2; ++owner) {
                const auto partial =
                    (*election)->partial_decrypt(trustees, tally, owner, util::SecretText(test::read_raw(file.path())));
                if (!partial) continue;
                ++opened;
                // The factors are the tool's own; the proofs are fresh.
                const auto theirs = test::read_lines(keys.parent_path() / ("pd-" + std::to_string(owner) + ".jsons")).at(0);
                const std::size_t factors = theirs.find("]],\"decryption_proofs\"");
                BOOST_TEST(partial->substr(0, factors) == theirs.substr(0, factors));
                BOOST_TEST(*partial != theirs);
                BOOST_TEST((*election)->verify_partial_decryption(trustees, tally, owner, *partial));
            }
        }
        BOOST_TEST(opened == 2u);
    }
}

// What the tools print about their elections: fingerprints of records, trackers of ballots.
BOOST_AUTO_TEST_CASE(fingerprints_and_trackers_of_the_tool_are_recomputed) {
    for (const char* name : {"2048-single/LiFqt5fv83EqW4", "ed25519-single/yZDgMTHFpqM6TQ", "ed25519-threshold/Q45MnBjFQqPTM8"}) {
        const Election archive = load(std::string(name) + ".bel");
        const auto folder = (test::vectors() / name).parent_path();
        const auto sums = *util::parse_json(test::read_text(folder / "checksums.json"));
        const auto election = crypto::Election::parse(archive.setup("election"));
        BOOST_TEST(sums.at("election") == crypto::sha_hex((*election)->record()));
        BOOST_TEST(sums.at("public_credentials") == crypto::sha_hex(archive.setup("credentials")));
        BOOST_TEST(sums.at("encrypted_tally") == util::parse_json(archive.payloads("EncryptedTally").at(0))->at("encrypted_tally"));
        std::map<std::string, std::string> last;  // credential -> tracker
        std::set<std::string> all;
        for (const auto& ballot : archive.payloads("Ballot")) {
            const auto info = (*election)->check_ballot(ballot);
            last[info->credential] = info->hash_hex;
            all.insert(info->hash_hex);
            BOOST_TEST(util::to_base64_unpadded(util::from_hex(info->hash_hex).value()) == info->tracker);
        }
        std::set<std::string> listed;
        const auto summary = *util::parse_json(test::read_text(folder / "ballot_summary.json"));
        for (const auto& line : summary) listed.insert(line.at("hash").get<std::string>());
        for (const auto& [credential, hash] : last) BOOST_TEST(listed.count(hash) == 1u);
        BOOST_TEST(std::includes(all.begin(), all.end(), listed.begin(), listed.end()));
    }
}

// Of the independent program: codes without voters, in another order than the list.
BOOST_AUTO_TEST_CASE(codes_of_the_independent_program_give_its_list) {
    const Election archive = load("ed25519-threshold-3x/VbB6Wrog85CNsP.bel");
    std::vector<std::string> keys;
    for (const auto& line : test::read_lines(test::vectors() / "ed25519-threshold-3x" / "private_creds.txt"))
        keys.push_back(*crypto::derive_public_key("Ed25519", "VbB6Wrog85CNsP", line.substr(line.rfind(' ') + 1)));
    auto listed = util::parse_json(archive.setup("credentials"))->get<std::vector<std::string>>();
    std::sort(listed.begin(), listed.end());
    std::sort(keys.begin(), keys.end());
    BOOST_TEST(keys == listed);
    BOOST_TEST(!keys.empty());
}

// Seeds (.key) and sealed decryption keys (.dkey) of the tool's ceremonies.
BOOST_AUTO_TEST_CASE(holder_keys_of_the_tool_decrypt) {
    const auto try_key = [](const Election& archive, unsigned owner, const std::string& seed, const std::string& dkey) {
        const auto election = crypto::Election::parse(archive.setup("election"));
        const auto trustees = archive.setup("trustees");
        const auto tally = archive.record.at(util::parse_json(archive.payloads("EncryptedTally").at(0))->at("encrypted_tally"));
        util::SecretText key("{\"seed\":\"" + seed + "\",\"private_key\":" + util::json_quote(dkey) + "}");
        const auto partial = (*election)->partial_decrypt(trustees, tally, owner, key);
        return partial && (*election)->verify_partial_decryption(trustees, tally, owner, *partial);
    };
    const auto ed = test::vectors() / "ed25519-threshold" / "private-trustee-keys";
    const Election archive = load("ed25519-threshold/Q45MnBjFQqPTM8.bel");
    for (unsigned i = 1; i <= 3; ++i) {
        const std::string id = test::read_text(ed / (std::to_string(i) + ".id"));
        const std::string seed = test::read_text(ed / (id + ".key")), dkey = test::read_text(ed / (id + ".dkey"));
        BOOST_TEST(try_key(archive, i, seed, dkey));
        BOOST_TEST(!try_key(archive, i % 3 + 1, seed, dkey));
    }
    const auto folder = test::vectors() / "2048-threshold";
    const Election large = load("2048-threshold/pAXmvP4WG44v5g.bel");
    const auto certs = test::read_lines(folder / "certs.jsons");
    for (unsigned i = 1; i <= 3; ++i) {
        const auto message = util::parse_json(certs.at(i - 1))->at("message").get<std::string>();
        const std::string seed = test::read_text(folder / (std::to_string(i) + ".key"));
        BOOST_TEST(try_key(large, i, seed, test::read_text(folder / (crypto::sha_hex(message) + ".dkey"))));
    }
}

// The writer puts the records of an archive back together to the same bytes.
BOOST_DATA_TEST_CASE(archives_are_rebuilt_byte_for_byte, boost::unit_test::data::make(k_known), known) {
    const std::string bytes = test::read_raw(test::vectors() / known.archive);
    const Election archive = load(known.archive);
    const auto header = *util::parse_json(test::read_tar(bytes).at(0).body);
    std::string rebuilt;
    crypto::ArchiveWriter writer([&](std::string_view piece) { rebuilt += piece; },
                                 std::stoll(header.at("timestamp").get<std::string>()));
    for (const auto& event : archive.events) {
        const std::string type = event.at("type");
        const std::string payload = event.contains("payload") ? archive.record.at(event.at("payload")) : "";
        if (type == "Setup") writer.setup(archive.setup("election"), archive.setup("trustees"), archive.setup("credentials"));
        if (type == "Ballot") writer.ballot(payload);
        if (type == "EndBallots") writer.end_ballots();
        if (type == "EncryptedTally")
            writer.encrypted_tally(archive.record.at(util::parse_json(payload)->at("encrypted_tally")), payload);
        if (type == "PartialDecryption")
            writer.partial_decryption(archive.record.at(util::parse_json(payload)->at("payload")), payload);
        if (type == "Result") writer.result(payload);
    }
    BOOST_TEST((rebuilt == bytes));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace vectors_tests
