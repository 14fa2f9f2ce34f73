// SPDX-License-Identifier: AGPL-3.0-or-later
// The second proof of a decryption (SPECIFICATION-2.md 14.2) and the agreement of all decryptions (14.5).
#include <boost/mpl/list.hpp>
#include <boost/test/unit_test.hpp>

#include "crypto/decryption_binding.hpp"
#include "crypto/forge.hpp"

namespace decryption_binding_tests {

namespace {

using Groups = boost::mpl::list<crypto::Belenios2048, crypto::Ed25519>;

template <class G>
const test::OwnElection& three_of_five() {
    static const test::OwnElection own(
        {.group = std::string(G::k_name), .holders = 5, .threshold = 3, .lists = 2, .votes = {1, 0, 2, 1}});
    return own;
}

std::string first_factor(const std::string& partial) {
    const std::size_t at = partial.find("[[\"") + 3;
    return partial.substr(at, partial.find('"', at) - at);
}

// The record with its first factor times g: a member, and not the key's.
template <class G>
std::string with_false_factor(const std::string& partial) {
    const std::string good = first_factor(partial);
    return test::replaced(partial, good, G::encode(G::multiply(*G::decode_var(good), G::generator())));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decryption_binding_tests)

BOOST_AUTO_TEST_CASE_TEMPLATE(a_second_proof_holds_for_its_statement_and_no_other, G, Groups) {
    const auto& own = three_of_five<G>();
    const std::string partial = own.partial_of(2), proof = own.second_proof_of(2, partial);
    const auto holds = [&](const std::string& setup, const std::string& tally, unsigned owner, const std::string& record,
                           const std::string& second) {
        return own.election->verify_binding(setup, own.trustees, tally, owner, record, second);
    };
    const std::string& tally = own.tally.encrypted_tally;
    BOOST_TEST(holds(own.setup(), tally, 2, partial, proof));
    // Another Setup event, total, holder; another factor, in any place.
    BOOST_TEST(!holds(std::string(64, '0'), tally, 2, partial, proof));
    const std::size_t second_half = tally.find("},{") + 3;
    BOOST_TEST(
        !holds(own.setup(),
               "[[{" + tally.substr(second_half, tally.size() - second_half - 2) + "," + tally.substr(2, second_half - 4) + "]]", 2,
               partial, proof));
    BOOST_TEST(!holds(own.setup(), tally, 1, partial, proof));
    BOOST_TEST(!holds(own.setup(), tally, 9, partial, proof));
    BOOST_TEST(!holds(own.setup(), tally, 2, own.partial_of(1), proof));
    BOOST_TEST(!holds(own.setup(), tally, 2, with_false_factor<G>(partial), proof));
    const std::string one = first_factor(partial), two = first_factor("[[\"" + partial.substr(partial.find("\",\"") + 3));
    BOOST_TEST(!holds(own.setup(), tally, 2, test::replaced(partial, one + "\",\"" + two, two + "\",\"" + one), proof));
    // Another proof, or another writing of it.
    BOOST_TEST(!holds(own.setup(), tally, 2, partial, own.second_proof_of(1, own.partial_of(1))));
    BOOST_TEST(!holds(own.setup(), tally, 2, partial, test::replaced(proof, "response\":\"", "response\":\"0")));
    BOOST_TEST(!holds(own.setup(), tally, 2, partial, test::replaced(proof, "response\":\"", "response\":\"1")));
    BOOST_TEST(!holds(own.setup(), tally, 2, partial, proof + " "));
    BOOST_TEST(!holds(own.setup(), tally, 2, partial, ""));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(the_two_proofs_of_a_decryption_do_not_serve_for_each_other, G, Groups) {
    const auto& own = three_of_five<G>();
    const std::string partial = own.partial_of(2);
    const std::size_t at = partial.find("{\"challenge\"");
    const std::string first = partial.substr(at, partial.find('}', at) + 1 - at);
    BOOST_TEST(!own.election->verify_binding(own.setup(), own.trustees, own.tally.encrypted_tally, 2, partial, first));
    BOOST_TEST(!own.election->verify_partial_decryption(own.trustees, own.tally.encrypted_tally, 2,
                                                        test::replaced(partial, first, own.second_proof_of(2, partial))));
}

BOOST_AUTO_TEST_CASE_TEMPLATE(nobody_makes_a_second_proof_of_a_decryption_that_is_not_his, G, Groups) {
    const auto& own = three_of_five<G>();
    const auto bind = [&](unsigned owner, unsigned key, const std::string& partial) {
        return own.election
            ->bind_decryption(own.setup(), own.trustees, own.tally.encrypted_tally, owner, own.trustee_keys[key - 1], partial)
            .has_value();
    };
    BOOST_TEST(bind(2, 2, own.partial_of(2)));
    BOOST_TEST(!bind(2, 1, own.partial_of(2)));
    BOOST_TEST(!bind(2, 2, own.partial_of(1)));
    BOOST_TEST(!bind(2, 2, with_false_factor<G>(own.partial_of(2))));
    BOOST_TEST(!bind(2, 2, "{}"));
}

// Section 14.5, on the factors themselves.
BOOST_AUTO_TEST_CASE_TEMPLATE(more_decryptions_than_enough_must_lie_on_one_polynomial, G, Groups) {
    const auto& own = three_of_five<G>();
    const auto trustees = test::need(crypto::read_trustees<G>(own.trustees));
    const auto election = test::need(crypto::read_election_record(own.election->record()));
    const auto rows = crypto::read_encrypted_tally<G>(own.tally.encrypted_tally, election).value();
    std::map<std::uint64_t, crypto::Factors<G>> all;
    std::string why;
    for (unsigned owner = 1; owner <= 5; ++owner)
        all.emplace(owner, crypto::read_partial<G>(rows, own.partial_of(owner), why)->factors);
    BOOST_TEST(crypto::disagreeing_owners<G>(trustees, all).empty());
    auto without = all;
    without.erase(2);
    BOOST_TEST(crypto::disagreeing_owners<G>(trustees, without).empty());
    for (const std::uint64_t false_one : {1, 3, 5}) {
        for (const std::size_t place : {0, 2}) {
            auto spoiled = all;
            auto& factor = spoiled.at(false_one)[0][place];
            factor = G::multiply(factor, G::generator());
            BOOST_TEST(!crypto::disagreeing_owners<G>(trustees, spoiled).empty());
            // Once the others are trusted, it alone is named.
            BOOST_TEST((crypto::disagreeing_owners<G>(trustees, spoiled, {false_one}) == std::vector<std::uint64_t>{false_one}));
        }
    }
    // With as many as are needed, and none more, there is nothing to compare.
    all.erase(4);
    all.erase(5);
    all.at(1)[0][0] = G::generator();
    BOOST_TEST(crypto::disagreeing_owners<G>(trustees, all).empty());
}

BOOST_AUTO_TEST_CASE_TEMPLATE(all_decryptions_are_combined_and_any_of_them_give_one_result, G, Groups) {
    const auto& own = three_of_five<G>();
    std::vector<std::pair<unsigned, std::string>> all;
    for (unsigned owner = 1; owner <= 5; ++owner) all.emplace_back(owner, own.partial_of(owner));
    BOOST_TEST(test::need(own.election->combine(own.trustees, own.tally, all)).result == own.counts.result);
    all.erase(all.begin());
    BOOST_TEST(test::need(own.election->combine(own.trustees, own.tally, all)).result == own.counts.result);
}

// In the smallest group a false factor's first proof is found by trying: then it is the agreement that stops the count.
BOOST_AUTO_TEST_CASE(a_false_decryption_with_a_first_proof_that_holds_is_stopped_by_the_others) {
    using G = crypto::Toy607;
    const test::OwnElection own({.group = "TOY-607", .holders = 3, .threshold = 2, .lists = 1, .votes = {1, 0, 1}});
    const auto trustees = test::need(crypto::read_trustees<G>(own.trustees));
    const auto election = test::need(crypto::read_election_record(own.election->record()));
    const auto rows = crypto::read_encrypted_tally<G>(own.tally.encrypted_tally, election).value();
    const auto& X = trustees.key_of(*trustees.find_owner(1));
    const std::string prefix = crypto::decryption_prefix<G>(election, X), good = own.partial_of(1);
    std::string why;
    auto partial = crypto::read_partial<G>(rows, good, why).value();
    partial.factors[0][0] = G::multiply(partial.factors[0][0], G::generator());
    crypto::Proof<G> tried;
    do tried = {G::Scalar::random(), G::Scalar::random()};
    while (!crypto::verify_decryption<G>(prefix, X.point, rows[0][0].a, partial.factors[0][0], tried));
    const std::string false_one =
        test::replaced(with_false_factor<G>(good), crypto::write_proof(partial.proofs[0][0]), crypto::write_proof(tried));
    BOOST_TEST(own.election->verify_partial_decryption(own.trustees, own.tally.encrypted_tally, 1, false_one));
    const auto combined =
        own.election->combine(own.trustees, own.tally, {{1, false_one}, {2, own.partial_of(2)}, {3, own.partial_of(3)}});
    BOOST_REQUIRE(!combined.has_value());
    BOOST_TEST((combined.error().fault == util::Fault::conflict));
}

// Section 14.6: a false statement has at most one challenge with a response, whatever the commitments.
BOOST_AUTO_TEST_CASE(a_false_statement_has_at_most_one_answerable_challenge) {
    using G = crypto::Toy607;
    using S = G::Scalar;
    const auto x = S::from(17);
    const auto X = G::power_var(G::generator(), x), alpha = G::power_var(G::generator(), S::from(5));
    const auto factor = G::multiply(G::power_var(alpha, x), G::generator());  // false
    for (std::uint64_t a = 0; a < 101; a += 7)
        for (std::uint64_t b = 0; b < 101; ++b) {
            const auto A = G::power_var(G::generator(), S::from(a)), B = G::power_var(G::generator(), S::from(b));
            unsigned answerable = 0;
            for (std::uint64_t c = 0; c < 101; ++c) {
                const auto e = S::from(a) - x * S::from(c);  // the one response that the first equation leaves
                answerable += G::equal(G::power2_var(alpha, e, factor, S::from(c)), B);
                BOOST_REQUIRE(G::equal(G::power2_var(G::generator(), e, X, S::from(c)), A));
            }
            BOOST_REQUIRE(answerable <= 1);
        }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace decryption_binding_tests
