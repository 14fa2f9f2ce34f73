// SPDX-License-Identifier: AGPL-3.0-or-later
// The hash of commitments and Schnorr's proof of knowledge (SPECIFICATION.md 2): trustee keys (`pok|`), ballot signatures
// (`sig|`), signed messages of the ceremony (`sigmsg|`).
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/group.hpp"
#include "crypto/json_text.hpp"
#include "util/bytes.hpp"

namespace crypto {

template <class G>
struct Proof {
    typename G::Scalar challenge, response;
};

// {"challenge":"…","response":"…"}
template <class G>
std::string write_proof(const Proof<G>& proof) {
    return R"({"challenge":")" + proof.challenge.text() + R"(","response":")" + proof.response.text() + "\"}";
}

template <class G>
typename G::Scalar read_scalar(Reader& in) {
    const auto scalar = G::Scalar::parse(in.plain_string());
    if (!scalar) in.fail();
    return scalar.value_or(typename G::Scalar{});
}

template <class G>
Proof<G> read_proof(Reader& in) {
    Proof<G> proof;
    in.literal(R"({"challenge":)");
    proof.challenge = read_scalar<G>(in);
    in.literal(R"(,"response":)");
    proof.response = read_scalar<G>(in);
    in.literal("}");
    return proof;
}

// H(prefix, e1..en), section 2, over the writings of the elements.
template <class G>
typename G::Scalar hash_writings(std::string_view prefix, std::span<const std::string> writings) {
    std::size_t size = prefix.size();
    for (const auto& writing : writings) size += writing.size() + 1;
    std::string text;
    text.reserve(size);
    text += prefix;
    for (std::size_t i = 0; i < writings.size(); ++i) {
        if (i != 0) text += ',';
        text += writings[i];
    }
    const auto hash = G::Scalar::reduce(util::sha256(text));
    sodium_memzero(text.data(), text.size());  // the prefix may be a secret message (trustees/pki.hpp)
    return hash;
}
template <class G>
typename G::Scalar hash_to_scalar(std::string_view prefix, const std::vector<typename G::Element>& elements) {
    return hash_writings<G>(prefix, G::encode_all(elements));
}

// Section 2: A = g^w, challenge = H(prefix, A), response = w - secret * challenge.
template <class G>
Proof<G> prove_knowledge(std::string_view prefix, const typename G::Scalar& secret) {
    const auto w = SecretScalar<typename G::Scalar>::random();
    const auto A = G::generator_power_secret(*w);
    const auto challenge = hash_to_scalar<G>(prefix, {A});
    const Proof<G> proof{challenge, *w - secret * challenge};
    mark_public(&proof, sizeof proof);
    return proof;
}

// Section 2: A = g^response * X^challenge, challenge = H(prefix, A). X: a member.
template <class G>
[[nodiscard]] bool verify_knowledge(std::string_view prefix, const typename G::Element& X, const Proof<G>& proof) {
    const auto A = G::power2_var(G::generator(), proof.response, X, proof.challenge);
    return hash_to_scalar<G>(prefix, {A}) == proof.challenge;
}

}  // namespace crypto
