// SPDX-License-Identifier: AGPL-3.0-or-later
// The proofs of an answer (SPECIFICATION.md 6.1 and 6.2), prove beside verify, in the letters of that document. Provers are free of
// branches on r, m and the chosen branch: every branch is computed in the same way, and the true one is settled by masks.
#pragma once

#include <string>
#include <vector>

#include "crypto/elgamal.hpp"
#include "crypto/schnorr.hpp"

namespace crypto {

// "(a,b) encrypts M", one branch of an OR.
template <class G>
struct Branch {
    const typename G::Element& a;
    const typename G::Element& b;
    unsigned M;
};

// What the prover knows about a branch: (a,b) = encryption of m under r; `is_true` (0 or 1) marks the branch to answer for.
template <class G>
struct Witness {
    const typename G::Scalar& r;
    const typename G::Scalar& m;
    std::uint64_t is_true;
};

// b/g^M.
template <class G>
typename G::Element divide_by_generator_var(const typename G::Element& b, unsigned M) {
    if (M == 0) return b;
    if (M == 1) return G::multiply(b, G::inverse_generator());
    return G::multiply(b, G::power_var(G::inverse_generator(), G::Scalar::from(M)));
}

// Section 6.1, verifier: A = g^e a^c, B = y^e (b/g^M)^c.
template <class G>
void recompute_commitments(const typename G::Element& y, const Branch<G>& branch, const Proof<G>& proof,
                           std::vector<typename G::Element>& commitments) {
    const auto& [c, e] = proof;
    commitments.push_back(G::power2_var(G::generator(), e, branch.a, c));
    commitments.push_back(G::power2_var(y, e, divide_by_generator_var<G>(branch.b, branch.M), c));
}

// Section 6.1: the OR of the branches. Every challenge is drawn, with u = e + r c: A = g^u, B = y^u g^((m-M) c) is the
// simulation of a false branch, and in the true one (m = M) it is g^u, y^u whatever c is; so its challenge can be settled
// afterwards.
template <class G>
std::vector<Proof<G>> prove_or(const typename G::Element& y, std::string_view prefix, const std::vector<unsigned>& M,
                               const std::vector<Witness<G>>& witnesses) {
    using S = typename G::Scalar;
    std::vector<SecretScalar<S>> us;
    std::vector<S> challenges;
    std::vector<typename G::Element> commitments;
    S sum;
    for (std::size_t j = 0; j < witnesses.size(); ++j) {
        const auto& w = witnesses[j];
        us.push_back(SecretScalar<S>::random());
        challenges.push_back(S::random());
        const SecretScalar<S> shift((w.m - S::from(M[j])) * challenges[j]);
        commitments.push_back(G::generator_power_secret(*us[j]));
        commitments.push_back(G::masked_power_secret(y, *us[j], *shift));
        sum = sum + challenges[j];
    }
    const S missing = hash_to_scalar<G>(prefix, commitments) - sum;
    std::vector<Proof<G>> proofs;
    for (std::size_t j = 0; j < witnesses.size(); ++j) {
        const S c = challenges[j] + S::select(S{}, missing, witnesses[j].is_true);
        const SecretScalar<S> hidden(witnesses[j].r * c);
        proofs.push_back({c, *us[j] - *hidden});
        mark_public(&proofs.back(), sizeof(Proof<G>));
    }
    return proofs;
}

// Section 6.1: all commitments recomputed, H = sum of the challenges.
template <class G>
[[nodiscard]] bool verify_or(const typename G::Element& y, std::string_view prefix, const std::vector<Branch<G>>& branches,
                             const std::vector<Proof<G>>& proofs) {
    if (branches.size() != proofs.size()) return false;
    std::vector<typename G::Element> commitments;
    typename G::Scalar sum;
    for (std::size_t j = 0; j < branches.size(); ++j) {
        recompute_commitments(y, branches[j], proofs[j], commitments);
        sum = sum + proofs[j].challenge;
    }
    return hash_to_scalar<G>(prefix, commitments) == sum;
}

// --- Section 6.2: the hash prefixes ---------------------------------------------------------------------------------
template <class G>
std::string individual_prefix(const std::string& Z, const Ciphertext<G>& c) {
    return "prove|" + Z + "|" + c.alpha.text + "," + c.beta.text + "|";
}
// Z2: Z and every ciphertext of the answer.
template <class G>
std::string whole_answer(const std::string& Z, const std::vector<Ciphertext<G>>& choices) {
    std::string Z2 = Z + "|";
    for (std::size_t i = 0; i < choices.size(); ++i) {
        if (i != 0) Z2 += ',';
        Z2 += choices[i].alpha.text + "," + choices[i].beta.text;
    }
    return Z2;
}
template <class G>
std::string overall_prefix(const std::string& Z2, const PointPair<G>& sum) {
    return "prove|" + Z2 + "|" + G::encode(sum.a) + "," + G::encode(sum.b) + "|";
}
inline std::string blank_prefix(const std::string& Z2) { return "bproof0|" + Z2 + "|"; }
inline std::string overall_blank_prefix(const std::string& Z2) { return "bproof1|" + Z2 + "|"; }

// 1 when equal, else 0, without a branch. Both below 2^32.
inline std::uint64_t equal_small(std::uint64_t a, std::uint64_t b) { return ((a ^ b) - 1) >> 63; }

// --- Section 6.2, individual proof: m = 0 or m = 1 ------------------------------------------------------------------
template <class G>
std::vector<Proof<G>> prove_individual(const typename G::Element& y, const std::string& Z, const Ciphertext<G>& c,
                                       const typename G::Scalar& r, std::uint64_t m) {
    const auto plain = G::Scalar::from(m);
    return prove_or<G>(y, individual_prefix(Z, c), {0, 1}, {{r, plain, equal_small(m, 0)}, {r, plain, equal_small(m, 1)}});
}
template <class G>
[[nodiscard]] bool verify_individual(const typename G::Element& y, const std::string& Z, const Ciphertext<G>& c,
                                     const std::vector<Proof<G>>& proofs) {
    const auto &a = c.alpha.point, &b = c.beta.point;
    return verify_or<G>(y, individual_prefix(Z, c), {{a, b, 0}, {a, b, 1}}, proofs);
}

// --- Section 6.2, overall proof without blank: mS in min..max -------------------------------------------------------
template <class G>
std::vector<Proof<G>> prove_overall(const typename G::Element& y, const std::string& Z2, const PointPair<G>& sum, unsigned min,
                                    unsigned max, const typename G::Scalar& rS, std::uint64_t mS) {
    const auto plain = G::Scalar::from(mS);
    std::vector<unsigned> M;
    std::vector<Witness<G>> witnesses;
    for (unsigned value = min; value <= max; ++value) {
        M.push_back(value);
        witnesses.push_back({rS, plain, equal_small(mS, value)});
    }
    return prove_or<G>(y, overall_prefix(Z2, sum), M, witnesses);
}
template <class G>
[[nodiscard]] bool verify_overall(const typename G::Element& y, const std::string& Z2, const PointPair<G>& sum, unsigned min,
                                  unsigned max, const std::vector<Proof<G>>& proofs) {
    std::vector<Branch<G>> branches;
    for (unsigned value = min; value <= max; ++value) branches.push_back({sum.a, sum.b, value});
    return verify_or<G>(y, overall_prefix(Z2, sum), branches, proofs);
}

// --- Section 6.2, blank proof: m0 = 0 or mS = 0 ---------------------------------------------------------------------
// A voter who is not blank answers for the first branch, a blank one for the second.
template <class G>
std::vector<Proof<G>> prove_blank(const typename G::Element& y, const std::string& Z2, const typename G::Scalar& r0,
                                  std::uint64_t m0, const typename G::Scalar& rS, std::uint64_t mS) {
    const auto plain0 = G::Scalar::from(m0), plainS = G::Scalar::from(mS);
    return prove_or<G>(y, blank_prefix(Z2), {0, 0}, {{r0, plain0, m0 ^ 1}, {rS, plainS, m0}});
}
template <class G>
[[nodiscard]] bool verify_blank(const typename G::Element& y, const std::string& Z2, const Ciphertext<G>& first,
                                const PointPair<G>& sum, const std::vector<Proof<G>>& proofs) {
    return verify_or<G>(y, blank_prefix(Z2), {{first.alpha.point, first.beta.point, 0}, {sum.a, sum.b, 0}}, proofs);
}

// --- Section 6.2, overall proof with blank: m0 = 1 or mS in min..max ------------------------------------------------
template <class G>
std::vector<Proof<G>> prove_overall_blank(const typename G::Element& y, const std::string& Z2, unsigned min, unsigned max,
                                          const typename G::Scalar& r0, std::uint64_t m0, const typename G::Scalar& rS,
                                          std::uint64_t mS) {
    const auto plain0 = G::Scalar::from(m0), plainS = G::Scalar::from(mS);
    std::vector<unsigned> M{1};
    std::vector<Witness<G>> witnesses{{r0, plain0, m0}};
    for (unsigned value = min; value <= max; ++value) {
        M.push_back(value);
        witnesses.push_back({rS, plainS, (m0 ^ 1) & equal_small(mS, value)});
    }
    return prove_or<G>(y, overall_blank_prefix(Z2), M, witnesses);
}
template <class G>
[[nodiscard]] bool verify_overall_blank(const typename G::Element& y, const std::string& Z2, const Ciphertext<G>& first,
                                        const PointPair<G>& sum, unsigned min, unsigned max, const std::vector<Proof<G>>& proofs) {
    std::vector<Branch<G>> branches{{first.alpha.point, first.beta.point, 1}};
    for (unsigned value = min; value <= max; ++value) branches.push_back({sum.a, sum.b, value});
    return verify_or<G>(y, overall_blank_prefix(Z2), branches, proofs);
}

}  // namespace crypto
