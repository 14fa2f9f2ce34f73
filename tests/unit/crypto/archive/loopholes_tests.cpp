// SPDX-License-Identifier: AGPL-3.0-or-later
// Archives that are consistent in themselves and were let through once: another writing of the election record, a group in which
// anyone can forge, weights that overflow, half-signed keys. Each is whole again behind the change: hashes, ballots, count.
#include <boost/test/unit_test.hpp>

#include "crypto/trustees/ceremony.hpp"
#include "crypto/trustees/ceremony_steps.hpp"
#include "crypto/forge.hpp"

namespace loopholes_tests {

using crypto::Belenios2048;
using crypto::Ed25519;
using test::Forge;
using test::refused;
using test::replaced;

namespace {

const Forge<Ed25519>& good() {
    static const Forge<Ed25519> forge;
    return forge;
}

// A running election under this record, with one ballot made for it.
std::string archive_under(const std::string& election, bool with_ballot = true) {
    test::Chain chain;
    chain.setup(election, good().trustees, good().public_creds);
    if (with_ballot)
        if (const auto parsed = crypto::Election::parse(election))
            chain.event("Ballot", {*(*parsed)->make_ballot(good().own().codes[0].view(), 1)});
    return chain.bytes;
}

// A list with these weights on the good one's keys.
template <class G>
std::string weighted(const Forge<G>& forge, const std::vector<std::string>& weights) {
    std::string list;
    for (std::size_t i = 0; i < weights.size(); ++i)
        list += (i == 0 ? "[\"" : ",\"") + *crypto::derive_public_key(G::k_name, forge.own().uuid, forge.own().codes[i].view()) +
                "," + weights[i] + "\"";
    return list + "]";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(loopholes_tests)

BOOST_AUTO_TEST_CASE(election_record_followed_by_nul_and_anything) {
    BOOST_TEST(test::verify(archive_under(good().election)).all_passed());
    const std::string nul(1, '\0');
    BOOST_TEST(refused(archive_under(good().election + nul), "not compact"));
    BOOST_TEST(refused(archive_under(good().election + nul + R"({"version":2})"), "not compact"));
    BOOST_TEST(refused(archive_under(good().election + nul + "\"}"), "not compact"));
}

BOOST_AUTO_TEST_CASE(election_record_with_a_byte_order_mark) {
    BOOST_TEST(refused(archive_under("\xEF\xBB\xBF" + good().election), "not compact"));
}

// Another reader may take `blan\u006b` for a key of its own.
BOOST_AUTO_TEST_CASE(election_record_with_an_escaped_key) {
    for (const char* key : {"blank", "min", "uuid", "version"}) {
        std::string escaped = key;
        escaped.replace(1, 1, std::string("\\u00") + (key[1] == 'l' ? "6c" : key[1] == 'i' ? "69" : key[1] == 'u' ? "75" : "65"));
        BOOST_TEST(refused(archive_under(replaced(good().election, "\"" + std::string(key) + "\":", "\"" + escaped + "\":")),
                           "escape in a key"),
                   key);
    }
    // Texts may hold escapes, even before a colon.
    BOOST_TEST(test::verify(archive_under(replaced(good().election, "\"name\":\"", "\"name\":\"\\u0061\\\":"))).all_passed());
}

BOOST_AUTO_TEST_CASE(election_record_whose_optional_names_are_no_texts) {
    for (const char* extra : {R"("administrator":5)", R"("credential_authority":null)", R"("administrator":["x"])"})
        BOOST_TEST(refused(archive_under(replaced(good().election, "\"name\":", std::string(extra) + ",\"name\":")), "not a text"),
                   extra);
    for (const char* extra : {R"("administrator":"x")", R"("credential_authority":"")"})
        BOOST_TEST(
            test::verify(archive_under(replaced(good().election, "\"name\":", std::string(extra) + ",\"name\":"))).all_passed(),
            extra);
}

// Discrete logarithms modulo 607 are found by counting on one's fingers: an archive in that group proves nothing.
BOOST_AUTO_TEST_CASE(group_of_the_tests) {
    const test::OwnElection own({.group = "TOY-607", .lists = 2, .votes = {1, 0}});
    BOOST_TEST(refused(own.archive(), "unknown group (TOY-607)"));
    BOOST_TEST(test::verify(own.archive(), {.toy_group = true}).all_passed());
}

// 2^64 is a multiple of 1024: with 1024 times the same weight, a sum in 64 bits comes round to anything small.
BOOST_AUTO_TEST_CASE(weights_whose_sum_overflows) {
    constexpr std::size_t k_voters = 19'000;
    std::string list = "[";
    for (std::size_t i = 0; i < k_voters; ++i) list += "\"" + std::to_string(i + 1) + ",999999999999999\",";
    list.back() = ']';
    std::string why;
    BOOST_TEST(!crypto::read_public_creds(list, why).has_value());
    BOOST_TEST(why == "weights out of range");
    BOOST_TEST(crypto::read_public_creds(R"(["1,999999999999998","2,1"])", why).has_value());
    BOOST_TEST(!crypto::read_public_creds(R"(["1,999999999999999","2,1"])", why).has_value());
    BOOST_TEST(!crypto::read_public_creds(R"(["1,1000000000000000"])", why).has_value());
    Forge<Belenios2048> forge;
    forge.public_creds = weighted(forge, {"999999999999999", "1", "1", "1"});
    BOOST_TEST(refused(forge.archive(), "weights out of range"));
}

BOOST_AUTO_TEST_CASE(verification_keys_of_which_some_are_signed) {
    const test::OwnElection own({.holders = 3, .threshold = 2, .lists = 1, .votes = {1}});
    const auto archive = [&](const std::string& trustees) {
        test::Chain chain;
        chain.setup(own.election->record(), trustees, own.public_creds);
        return chain.bytes;
    };
    const auto without = [](std::string record, std::size_t n) {
        std::size_t at = record.find("\"verification_keys\"");
        for (std::size_t i = 0; i <= n; ++i) at = record.find(",\"signature\":", at + 1);
        return record.erase(at, record.find('}', at) + 1 - at);
    };
    BOOST_TEST(test::verify(archive(own.trustees)).all_passed());
    const std::string first = without(own.trustees, 0);
    BOOST_TEST(refused(archive(first), "verification keys with and without signature"));
    BOOST_TEST(refused(archive(without(own.trustees, 2)), "verification keys with and without signature"));
    // All without: the form of version 2.5.1.
    BOOST_TEST(test::verify(archive(without(without(first, 0), 0))).all_passed());
}

// Names and labels that turn what follows them round on a terminal: « Liste A : 12 » would read « Liste A 21 : ».
BOOST_AUTO_TEST_CASE(texts_that_change_the_direction_of_writing) {
    for (const char* sign : {"\u202e", "\u202a", "\u2066", "\u2069", "\u200f", "\u061c", "\u2028", "\u2029"}) {
        const auto report =
            test::verify(archive_under(replaced(replaced(good().election, "\"name\":\"", "\"name\":\"" + std::string(sign)),
                                                "Liste é 1", "Liste 1" + std::string(sign))));
        BOOST_TEST(report.all_passed());
        BOOST_TEST(report.name.find(sign) == std::string::npos);
        BOOST_TEST(report.name.starts_with("?Élection « test »"), report.name);
        BOOST_TEST(report.answers.at(0).at(1) == "Liste 1?");
    }
    const auto report = test::verify(archive_under(replaced(good().election, "\"name\":\"", "\"name\":\"日本 €’ ")));
    BOOST_TEST(report.name.starts_with("日本 €’ "));
}

// « Vote blanc » is what a screen writes for the blank vote alone.
BOOST_AUTO_TEST_CASE(an_answer_without_a_text) {
    const auto report = test::verify(archive_under(replaced(good().election, "Liste é 1", "")));
    BOOST_TEST(report.all_passed());
    BOOST_TEST(report.answers.at(0).at(0) == "");
    BOOST_TEST(report.answers.at(0).at(1) == "-");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace loopholes_tests
