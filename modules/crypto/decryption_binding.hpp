// SPDX-License-Identifier: AGPL-3.0-or-later
// The second proof of a partial decryption (SPECIFICATION-2.md 14): one exponent, that of the holder's key, made every factor of
// the total; its challenge covers the whole statement. Prove beside verify.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "crypto/hash.hpp"
#include "crypto/tally.hpp"

namespace crypto {

template <class G>
struct BindingStatement {
    std::string_view setup;            // hash of the Setup event, 64 hexadecimal digits
    std::string_view encrypted_tally;  // the record
    std::uint64_t owner;
    const Encoded<G>& X;
    const TallyRows<G>& rows;   // of that record: members
    const Factors<G>& factors;  // members, of the same dimensions
};

// H over every alpha and its factor, then A, then every B, all in the total's order.
template <class G>
typename G::Scalar binding_challenge(const BindingStatement<G>& s, const std::vector<typename G::Element>& commitments) {
    std::vector<typename G::Element> elements;
    for (std::size_t q = 0; q < s.rows.size(); ++q)
        for (std::size_t i = 0; i < s.rows[q].size(); ++i) {
            elements.push_back(s.rows[q][i].a);
            elements.push_back(s.factors[q][i]);
        }
    elements.insert(elements.end(), commitments.begin(), commitments.end());
    return hash_to_scalar<G>("portail-decrypt|1|" + std::string(G::k_name) + "|" + std::string(s.setup) + "|" +
                                 sha_hex(s.encrypted_tally) + "|" + std::to_string(s.owner) + "|" + s.X.text + "|",
                             elements);
}

// Section 14.2: X = g^x and factor = alpha^x for every ciphertext: A = g^w, B = alpha^w, response w - x * challenge.
template <class G>
Proof<G> prove_binding(const BindingStatement<G>& s, const typename G::Scalar& x) {
    const auto w = SecretScalar<typename G::Scalar>::random();
    std::vector<typename G::Element> commitments{G::generator_power_secret(*w)};
    for (const auto& row : s.rows)
        for (const auto& c : row) commitments.push_back(G::power_secret(c.a, *w));
    const auto challenge = binding_challenge<G>(s, commitments);
    const SecretScalar<typename G::Scalar> hidden(x * challenge);
    const Proof<G> proof{challenge, *w - *hidden};
    mark_public(&proof, sizeof proof);
    return proof;
}

// Section 14.2: A = g^e X^c, B = alpha^e factor^c for every ciphertext.
template <class G>
[[nodiscard]] bool verify_binding(const BindingStatement<G>& s, const Proof<G>& proof) {
    const auto& [c, e] = proof;
    std::vector<typename G::Element> commitments{G::power2_var(G::generator(), e, s.X.point, c)};
    for (std::size_t q = 0; q < s.rows.size(); ++q)
        for (std::size_t i = 0; i < s.rows[q].size(); ++i)
            commitments.push_back(G::power2_var(s.rows[q][i].a, e, s.factors[q][i], c));
    return binding_challenge<G>(s, commitments) == c;
}

}  // namespace crypto
