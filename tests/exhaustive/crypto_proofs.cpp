// SPDX-License-Identifier: AGPL-3.0-or-later
// Every proof in TOY-607 (q = 101): completeness over all plaintexts, nonces and keys; soundness counted. A wrong proof passes
// with probability 1/q here, so a count is compared with what theory gives, exactly where it is exact.
#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

#include "crypto/ballot_maker.hpp"
#include "crypto/prime/group.hpp"
#include "crypto/tally.hpp"

BOOST_AUTO_TEST_SUITE(crypto_exhaustive)

using G = crypto::Toy607;
using S = G::Scalar;
using E = G::Element;
using Proof = crypto::Proof<G>;

namespace {

constexpr std::uint64_t q = 101;
S scalar(std::uint64_t n) { return S::from(n); }
E power(std::uint64_t n) { return G::power_var(G::generator(), scalar(n)); }

}  // namespace

BOOST_AUTO_TEST_CASE(encryption_opens_for_every_key_nonce_and_message) {
    const crypto::DiscreteLog<G> logs(100);
    for (std::uint64_t x = 1; x < q; x += 7)
        for (std::uint64_t r = 0; r < q; ++r)
            for (std::uint64_t m = 0; m < q; m += 5) {
                const auto c = crypto::encrypt<G>(power(x), scalar(r), scalar(m));
                const auto F = G::power_secret(c.alpha.point, scalar(x));
                BOOST_REQUIRE(logs.solve_var(G::multiply(c.beta.point, G::invert_var(F))).value() == m);
            }
}

// Of the q^2 pairs (challenge, response), exactly one per commitment passes: q in all, for every public key.
BOOST_AUTO_TEST_CASE(knowledge_passes_for_exactly_q_transcripts) {
    for (std::uint64_t x = 0; x < q; ++x) {
        const E X = power(x);
        for (int i = 0; i < 3; ++i)
            BOOST_REQUIRE(crypto::verify_knowledge<G>("p|", X, crypto::prove_knowledge<G>("p|", scalar(x))));
        std::uint64_t passed = 0;
        for (std::uint64_t c = 0; c < q; ++c)
            for (std::uint64_t e = 0; e < q; ++e) passed += crypto::verify_knowledge<G>("p|", X, {scalar(c), scalar(e)});
        BOOST_REQUIRE(passed == q);
    }
}

// For a right factor exactly q of q^2 transcripts pass; for a wrong one the hash decides, q on average.
BOOST_AUTO_TEST_CASE(decryption_proofs_complete_and_counted) {
    for (std::uint64_t x = 1; x < q; ++x)
        for (std::uint64_t a = 0; a < q; a += 3) {
            const auto proof = crypto::prove_decryption<G>("d|", power(a), scalar(x));
            BOOST_REQUIRE(crypto::verify_decryption<G>("d|", power(x), power(a), power(a * x % q), proof));
        }
    const auto count = [](std::uint64_t x, std::uint64_t a, std::uint64_t f) {
        std::uint64_t passed = 0;
        for (std::uint64_t c = 0; c < q; ++c)
            for (std::uint64_t e = 0; e < q; ++e)
                passed += crypto::verify_decryption<G>("d|", power(x), power(a), power(f), {scalar(c), scalar(e)});
        return passed;
    };
    BOOST_TEST(count(5, 7, 35) == q);
    std::uint64_t wrong = 0;
    for (std::uint64_t f = 36; f < 56; ++f) wrong += count(5, 7, f);
    // 20 wrong factors: mean 20 q, standard deviation below sqrt(20 q); five of them.
    BOOST_TEST(wrong > 20 * q - 5 * 45);
    BOOST_TEST(wrong < 20 * q + 5 * 45);
}

// Every nonce and both messages: the proof holds. Every other message: of q^2 transcripts with one branch fixed, about q pass.
BOOST_AUTO_TEST_CASE(individual_proofs_complete_and_counted) {
    const E y = power(17);
    for (std::uint64_t m : {0u, 1u})
        for (std::uint64_t r = 0; r < q; ++r) {
            const auto c = crypto::encrypt<G>(y, scalar(r), scalar(m));
            BOOST_REQUIRE(crypto::verify_individual<G>(y, "Z", c, crypto::prove_individual<G>(y, "Z", c, scalar(r), m)));
        }
    std::uint64_t wrong = 0;
    for (std::uint64_t m = 2; m < 12; ++m) {
        const auto c = crypto::encrypt<G>(y, scalar(33), scalar(m));
        for (std::uint64_t c0 = 0; c0 < q; ++c0)
            for (std::uint64_t c1 = 0; c1 < q; ++c1)
                wrong += crypto::verify_individual<G>(y, "Z", c, {{scalar(c0), scalar(3)}, {scalar(c1), scalar(4)}});
    }
    BOOST_TEST(wrong > 10 * q - 5 * 32);
    BOOST_TEST(wrong < 10 * q + 5 * 32);
}

// Every plaintext vector over three lists and a blank: the whole answer passes exactly when the vector is allowed, up to the
// chance 1/q that a hash falls right: a refused vector is tried many times.
BOOST_AUTO_TEST_CASE(answers_pass_exactly_when_the_vector_is_allowed) {
    crypto::ElectionRecord election;
    election.fingerprint = "phi";
    for (const bool blank : {true, false})
        for (unsigned min = 0; min <= 2; ++min)
            for (unsigned max = min; max <= 3; ++max) {
                const crypto::QuestionRecord question{"?", {"a", "b", "c"}, blank, min, max};
                const crypto::BallotContext<G> context{election, power(17)};
                const std::size_t n = question.choices();
                for (std::uint64_t bits = 0; bits < (1u << n); ++bits) {
                    std::vector<std::uint64_t> plain;
                    std::uint64_t sum = 0;
                    for (std::size_t i = 0; i < n; ++i) {
                        plain.push_back(bits >> i & 1);
                        if (i > 0 || !blank) sum += plain.back();
                    }
                    const bool allowed = blank && plain[0] == 1 ? sum == 0 : sum >= min && sum <= max;
                    int passed = 0;
                    constexpr int k_tries = 12;
                    for (int i = 0; i < k_tries; ++i) {
                        const auto answer = crypto::make_answer<G>(context, question, "Z", plain);
                        passed += !crypto::check_answer<G>(context, question, "Z", answer, "answers[0]").has_value();
                    }
                    if (allowed) BOOST_REQUIRE(passed == k_tries);
                    else BOOST_REQUIRE(passed <= 4);  // 5 of 12 at 1/101 each: below 10^-7
                }
            }
}

// Shamir in the exponent: every subset of t holders gives the same factor.
BOOST_AUTO_TEST_CASE(every_threshold_subset_combines_to_the_same_factor) {
    const std::uint64_t polynomial[] = {42, 7, 99};
    crypto::Trustees<G> trustees;
    auto& item = trustees.items.emplace_back();
    item.threshold = 3;
    std::vector<S> share;
    for (std::uint64_t j = 1; j <= 6; ++j) {
        share.push_back(scalar(polynomial[0]) + scalar(polynomial[1]) * scalar(j) + scalar(polynomial[2]) * scalar(j) * scalar(j));
        item.keys.emplace_back().key = crypto::encoded<G>(G::power_var(G::generator(), share.back()));
    }
    const E alpha = power(13);
    for (unsigned subset = 0; subset < 64; ++subset) {
        std::map<std::uint64_t, crypto::Factors<G>> by_owner;
        for (std::uint64_t j = 1; j <= 6; ++j)
            if (subset >> (j - 1) & 1) by_owner[j] = {{G::power_var(alpha, share[j - 1])}};
        const auto F = crypto::combine_factors(trustees, by_owner);
        BOOST_REQUIRE(F.has_value() == (by_owner.size() >= 3));
        if (F) BOOST_REQUIRE(G::equal((*F)[0][0], G::power_var(alpha, scalar(42))));
    }
}

BOOST_AUTO_TEST_SUITE_END()
