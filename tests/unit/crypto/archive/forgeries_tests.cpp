// SPDX-License-Identifier: AGPL-3.0-or-later
// SPECIFICATION.md 10, lists and ballots: one named test per kind of forgery, each forged from a good archive and signed again
// where the row says so. The reason is compared too, so that no row is refused for another row's fault. Events and count:
// forgeries_count_tests.cpp.
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include "crypto/forge.hpp"

namespace forgeries_tests {

namespace {

using crypto::Belenios2048;
using crypto::Ed25519;
using Groups = boost::mpl::list<Belenios2048, Ed25519>;
using test::Forge;
using test::refused;
using test::replaced;
using test::value_of;

std::string upper(std::string text) {
    for (auto& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    return text;
}

// A writing with a letter in it, and the same in upper case.
std::string with_letter(const std::string& ballot, const char* key) {
    const std::string text = value_of(ballot, key);
    BOOST_REQUIRE(upper(text) != text);
    return text;
}

// decimal text + q
template <class G>
std::string plus_q(const std::string& decimal) {
    std::string q = (-G::Scalar::from(1)).text();  // q - 1
    std::string sum;
    int carry = 1;
    for (std::size_t i = 0; i < std::max(q.size(), decimal.size()) || carry != 0; ++i) {
        int digit = carry;
        if (i < q.size()) digit += q[q.size() - 1 - i] - '0';
        if (i < decimal.size()) digit += decimal[decimal.size() - 1 - i] - '0';
        sum.insert(sum.begin(), static_cast<char>('0' + digit % 10));
        carry = digit / 10;
    }
    return sum;
}

// An element that decodes and lies outside the subgroup.
template <class G>
std::string outsider() {
    if constexpr (std::is_same_v<G, Ed25519>) return G::encode(G::multiply(*G::decode_var(std::string(64, '0')), G::generator()));
    else {
        std::string p(crypto::Belenios2048Params::k_p);
        p.back() = '8';
        return p;
    }
}

// Exchanges the challenge of the first proof after `place` for another number, then signs again.
template <class G>
std::string spoil_proof(const Forge<G>& forge, std::size_t voter, const char* place) {
    const std::string& ballot = forge.ballots[voter];
    const std::size_t start = ballot.find(place);
    const std::string challenge = value_of(ballot, "challenge", start);
    return forge.sign_again(replaced(ballot, challenge, "12345", 0, start), voter);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(forgeries_tests)

BOOST_AUTO_TEST_CASE_TEMPLATE(good_archive_with_spare_credentials_is_accepted, G, Groups) {
    const Forge<G> forge;
    const auto report = test::verify(forge.archive());
    BOOST_TEST(report.all_passed(), test::lines(report));
    BOOST_TEST(report.credentials == 4u);
    BOOST_TEST(report.counted == 3u);
    BOOST_TEST(report.finished);
    BOOST_TEST((report.result == std::vector<std::vector<std::uint64_t>>{{1, 1, 1}}));
    BOOST_TEST((forge.archive() == forge.own().archive()));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(credential_of_a_cast_ballot_not_in_the_list, G, Groups) {
    Forge<G> forge;
    const std::string key = value_of(forge.ballots[0], "credential");
    forge.public_creds =
        replaced(forge.public_creds, key, *crypto::derive_public_key(G::k_name, forge.own().uuid, crypto::make_full_code().view()));
    BOOST_TEST(refused(forge.archive(), "credential is not in the list"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(duplicate_credential, G, Groups) {
    Forge<G> forge;
    const std::string key = value_of(forge.ballots[0], "credential");
    const std::string good = forge.public_creds;
    forge.public_creds = replaced(good, "[", "[\"" + key + "\",");
    BOOST_TEST(refused(forge.archive(), "repeated key"));
    // The same key with another weight.
    std::string weighted = "[\"" + key + ",2\"";
    for (const auto& ballot : forge.ballots) weighted += ",\"" + value_of(ballot, "credential") + ",1\"";
    forge.public_creds = weighted + "]";
    BOOST_TEST(refused(forge.archive(), "repeated key"));
}

BOOST_AUTO_TEST_CASE(duplicate_credential_in_upper_case) {
    Forge<Ed25519> forge;
    forge.public_creds = replaced(forge.public_creds, "[", "[\"" + upper(with_letter(forge.ballots[0], "credential")) + "\",");
    BOOST_TEST(refused(forge.archive(), "not a key of the group"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(credential_outside_the_subgroup, G, Groups) {
    Forge<G> forge;
    forge.public_creds = replaced(forge.public_creds, "[", "[\"" + outsider<G>() + "\",");
    BOOST_TEST(refused(forge.archive(), "not a key of the group"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(identity_as_credential_with_a_ballot_under_it, G, Groups) {
    Forge<G> forge;
    const auto election = crypto::read_election_record(forge.election);
    const auto y = crypto::parse_key<G>(election->public_key);
    const std::string ballot = crypto::make_ballot<G>({*election, y->point}, typename G::Scalar{}, {{1, 0, 0}});
    forge.public_creds = replaced(forge.public_creds, "[", "[\"" + G::encode(G::identity()) + "\",");
    BOOST_TEST(refused(forge.archive(), "not a key of the group"));
    forge.ballots.push_back(ballot);
    forge.recount(forge.ballots);
    BOOST_TEST(refused(forge.archive(), "identity as credential"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(bad_individual_proof_signed_again, G, Groups) {
    Forge<G> forge;
    forge.ballots[0] = spoil_proof(forge, 0, "individual_proofs");
    BOOST_TEST(refused(forge.archive(), "individual proof (answers[0].individual_proofs[0])"));
}
BOOST_AUTO_TEST_CASE_TEMPLATE(bad_overall_proof_signed_again, G, Groups) {
    Forge<G> forge;
    forge.ballots[1] = spoil_proof(forge, 1, "overall_proof");
    BOOST_TEST(refused(forge.archive(), "overall proof (answers[0].overall_proof)"));
}
BOOST_AUTO_TEST_CASE_TEMPLATE(bad_blank_proof_signed_again, G, Groups) {
    Forge<G> forge;
    forge.ballots[2] = spoil_proof(forge, 2, "blank_proof");
    BOOST_TEST(refused(forge.archive(), "blank proof (answers[0].blank_proof)"));
}

// Plaintexts that no honest proof covers: two lists at once, twice a list, blank and a list; proofs made by our prover all the same.
BOOST_AUTO_TEST_CASE_TEMPLATE(dishonest_plaintexts_with_proofs_of_our_prover, G, Groups) {
    const Forge<G> good;
    const auto election = crypto::read_election_record(good.election);
    const auto y = crypto::parse_key<G>(election->public_key);
    const auto sk = crypto::derive_secret<typename G::Scalar>(good.own().uuid, good.own().codes[0].view());
    const struct {
        std::vector<std::uint64_t> plain;
        const char* reason;
    } k_cases[] = {{{0, 1, 1}, "overall proof"},
                   {{0, 2, 0}, "individual proof"},
                   {{1, 1, 0}, "blank proof"},
                   {{0, 0, 0}, "overall proof"}};
    for (const auto& one : k_cases) {
        Forge<G> forge;
        forge.ballots[0] = crypto::make_ballot<G>({*election, y->point}, **sk, {one.plain});
        BOOST_TEST(refused(forge.archive(), one.reason));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(bad_signature, G, Groups) {
    Forge<G> forge;
    const std::size_t start = forge.ballots[0].find("\"signature\"");
    forge.ballots[0] = replaced(forge.ballots[0], value_of(forge.ballots[0], "response", start), "12345", 0, start);
    BOOST_TEST(refused(forge.archive(), "signature (signature.proof)"));
    Forge<G> other;
    other.ballots[0] = other.sign_again(other.ballots[0], 1);  // by another elector
    BOOST_TEST(refused(other.archive(), "signature (signature.proof)"));
    Forge<G> hash;
    const std::string old = value_of(hash.ballots[0], "hash", hash.ballots[0].find("\"signature\""));
    hash.ballots[0] = replaced(hash.ballots[0], "\"hash\":\"" + old, "\"hash\":\"" + crypto::sha_b64("other"));
    BOOST_TEST(refused(hash.archive(), "signature hash"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(other_election_hash, G, Groups) {
    Forge<G> forge;
    forge.ballots[0] =
        forge.sign_again(replaced(forge.ballots[0], forge.own().election->fingerprint(), crypto::sha_b64("other")), 0);
    BOOST_TEST(refused(forge.archive(), "election hash"));
    Forge<G> uuid;
    uuid.ballots[0] = uuid.sign_again(replaced(uuid.ballots[0], uuid.own().uuid, crypto::make_uuid()), 0);
    BOOST_TEST(refused(uuid.archive(), "election uuid"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(bad_proof_in_a_superseded_ballot, G, Groups) {
    Forge<G> forge;
    const std::string again = forge.vote(0, 2);
    forge.recount({forge.ballots[1], forge.ballots[2], again});
    forge.ballots[0] = spoil_proof(forge, 0, "individual_proofs");
    forge.ballots.push_back(again);
    BOOST_TEST(refused(forge.archive(), "individual proof (answers[0].individual_proofs[0])"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(weight_zero_set_on_a_cast_ballot, G, Groups) {
    Forge<G> forge;
    const std::string key = value_of(forge.ballots[0], "credential");
    std::string weighted;
    for (std::size_t i = 0; i < 4; ++i) {
        const auto own = *crypto::derive_public_key(G::k_name, forge.own().uuid, forge.own().codes[i].view());
        weighted += (i == 0 ? "[\"" : ",\"") + own + (own == key ? ",0\"" : ",1\"");
    }
    forge.public_creds = weighted + "]";
    BOOST_TEST(refused(forge.archive(), "differs from the product of the ballots"));
}

BOOST_AUTO_TEST_CASE(upper_case_inside_answers_signed_again) {
    Forge<Ed25519> forge;
    const std::string alpha = with_letter(forge.ballots[0], "alpha");
    forge.ballots[0] = forge.sign_again(replaced(forge.ballots[0], alpha, upper(alpha)), 0);
    BOOST_TEST(refused(forge.archive(), "canonical form"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(other_writings_inside_answers_signed_again, G, Groups) {
    const Forge<G> good;
    const std::size_t proofs = good.ballots[0].find("individual_proofs");
    const std::string challenge = value_of(good.ballots[0], "challenge", proofs), alpha = value_of(good.ballots[0], "alpha");
    const auto check = [&](const std::string& from, const std::string& to) {
        Forge<G> forge;
        forge.ballots[0] = forge.sign_again(replaced(forge.ballots[0], from, to), 0);
        return refused(forge.archive(), "canonical form");
    };
    for (const char* prefix : {"0", "+", "0x", " ", "-"})
        BOOST_TEST(check("\"" + challenge + "\"", "\"" + (prefix + challenge) + "\""), prefix);
    BOOST_TEST(check("\"" + alpha + "\"", "\"0" + alpha + "\""));
    BOOST_TEST(check("\"" + challenge + "\"", challenge));  // a JSON number
    BOOST_TEST(check("{\"choices\"", "{\"extra\":1,\"choices\""));
    BOOST_TEST(check("{\"choices\"", "{\"choices\":[],\"choices\""));
    BOOST_TEST(check(",\"blank_proof\"", ",\"extra\":1,\"blank_proof\""));
    BOOST_TEST(check("\"alpha\"", "\"\\u0061lpha\""));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(challenge_or_response_plus_q, G, Groups) {
    const Forge<G> good;
    const std::size_t places[] = {good.ballots[0].find("individual_proofs"), good.ballots[0].find("\"signature\"")};
    for (const auto start : places)
        for (const char* key : {"challenge", "response"}) {
            Forge<G> forge;
            const std::string number = value_of(forge.ballots[0], key, start);
            std::string ballot = replaced(forge.ballots[0], number, plus_q<G>(number), 0, start);
            if (start == places[0]) ballot = forge.sign_again(ballot, 0);
            forge.ballots[0] = ballot;
            BOOST_TEST(refused(forge.archive(), "canonical form"));
        }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ballot_with_a_space, G, Groups) {
    for (const char* space : {" ", "\n", "\t"}) {
        Forge<G> forge;
        forge.ballots[0] = replaced(forge.ballots[0], ",\"answers\"", space + std::string(",\"answers\""));
        BOOST_TEST(refused(forge.archive(), "canonical form"));
        Forge<G> end;
        end.ballots[0] += space;
        BOOST_TEST(refused(end.archive(), "canonical form"));
    }
}

BOOST_AUTO_TEST_CASE(upper_case_credential_in_a_ballot) {
    Forge<Ed25519> forge;
    const std::string key = with_letter(forge.ballots[0], "credential");
    forge.ballots[0] = forge.sign_again(replaced(forge.ballots[0], key, upper(key)), 0);
    BOOST_TEST(refused(forge.archive(), "canonical form"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(ciphertext_outside_the_group_signed_again, G, Groups) {
    for (const char* key : {"alpha", "beta"}) {
        Forge<G> forge;
        forge.ballots[0] = forge.sign_again(replaced(forge.ballots[0], value_of(forge.ballots[0], key), outsider<G>()), 0);
        BOOST_TEST(refused(forge.archive(), std::string("membership (answers[0].choices[0].") + key));
    }
}

BOOST_AUTO_TEST_CASE_TEMPLATE(same_ballot_twice, G, Groups) {
    Forge<G> forge;
    forge.ballots.push_back(forge.ballots[0]);
    BOOST_TEST(refused(forge.archive(), "the same ballot twice"));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(real_revote_follows_the_policy, G, Groups) {
    Forge<G> forge;
    const std::string again = forge.vote(0, 2);
    forge.recount({forge.ballots[1], forge.ballots[2], again});
    forge.ballots.push_back(again);
    const auto report = test::verify(forge.archive());
    BOOST_TEST(report.all_passed(), test::lines(report));
    BOOST_TEST(report.revotes == 1u);
    BOOST_TEST(report.remarks.size() == 2u);
    BOOST_TEST(report.counted == 3u);
    BOOST_TEST(refused(forge.archive(), "second ballot of a credential", {.revotes = crypto::Revotes::refused}));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(real_revote_is_refused_where_the_sealed_record_says_that_a_vote_is_final, G, Groups) {
    const test::OwnElection own(
        {.group = std::string(G::k_name), .votes = {1, 2}, .description = "Titre. " + std::string(crypto::k_vote_is_final)});
    Forge<G> forge(own);
    BOOST_TEST(test::verify(forge.archive()).all_passed());
    const std::string again = forge.vote(0, 2);
    forge.recount({forge.ballots[1], again});
    forge.ballots.push_back(again);
    BOOST_TEST(refused(forge.archive(), "second ballot of a credential"));
    BOOST_TEST(test::verify(forge.archive(), {.revotes = crypto::Revotes::allowed}).all_passed());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace forgeries_tests
