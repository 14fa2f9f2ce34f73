// SPDX-License-Identifier: AGPL-3.0-or-later
// What the protocol asks of a group of prime order q, written multiplicatively (SPECIFICATION.md 1). The protocol is
// generic over this concept; the instances are Toy607, Belenios2048 (prime/group.hpp) and Ed25519 (ed25519/group.hpp).
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "crypto/scalar.hpp"

namespace crypto {

// `_var`: time depends on the values, public data only. `_secret`: constant time in the exponents; the base is public.
template <class G>
concept Group = requires(const typename G::Element& a, const typename G::Scalar& s, std::string_view text,
                         const std::vector<typename G::Element>& many, const std::vector<std::string_view>& texts) {
    { G::k_name } -> std::convertible_to<std::string_view>;
    // Canonical writing of something in the larger set (1..p-1, or on the curve). NOT yet a member of the group.
    { G::decode_var(text) } -> std::same_as<std::optional<typename G::Element>>;
    { G::decode_many_var(texts) } -> std::same_as<std::vector<std::optional<typename G::Element>>>;
    // In the subgroup of order q. The identity is a member.
    { G::is_member_var(a) } -> std::same_as<bool>;
    { G::encode(a) } -> std::same_as<std::string>;
    { G::encode_all(many) } -> std::same_as<std::vector<std::string>>;
    { G::identity() } -> std::convertible_to<typename G::Element>;
    { G::generator() } -> std::convertible_to<typename G::Element>;
    { G::inverse_generator() } -> std::convertible_to<typename G::Element>;
    { G::equal(a, a) } -> std::same_as<bool>;
    { G::multiply(a, a) } -> std::same_as<typename G::Element>;
    { G::invert_var(a) } -> std::same_as<typename G::Element>;
    { G::power_var(a, s) } -> std::same_as<typename G::Element>;
    { G::power2_var(a, s, a, s) } -> std::same_as<typename G::Element>;  // a^s b^t
    { G::generator_power_secret(s) } -> std::same_as<typename G::Element>;
    { G::generator_power_text_secret(s) } -> std::same_as<std::string>;        // enc(g^s)
    { G::power_secret(a, s) } -> std::same_as<typename G::Element>;            // a: a member
    { G::masked_power_secret(a, s, s) } -> std::same_as<typename G::Element>;  // a^s g^t; a: a member
    // enc(b a^s); a, b: members. Unlike the results above, which are published, this one stays a secret.
    { G::product_text_secret(a, a, s) } -> std::same_as<util::SecretText>;
};

// One base and several exponents, for the verifier's fast path: powers[k] = base^exponents[k], and membership if asked. The base
// need not be a member.
template <class G>
struct PowerTask {
    typename G::Element base;
    std::vector<typename G::Scalar> exponents;
    bool test_membership = false;

    std::vector<typename G::Element> powers = {};
    bool is_member = false;
};

// start * product of base^exponent.
template <class G>
struct FixedTask {
    const typename G::Element* start;
    std::vector<std::pair<const typename G::FixedBase*, typename G::Scalar>> terms;
};

// The fast path of a group: precomputed bases and shared chains; the same values as power_var and is_member_var.
template <class G>
concept FastGroup = Group<G> &&
    requires(const typename G::Element& a, const std::vector<FixedTask<G>>& products, std::vector<PowerTask<G>>& tasks) {
    { G::make_fixed_base(a, 4u) } -> std::same_as<typename G::FixedBase>;
    { G::fixed_generator() } -> std::same_as<const typename G::FixedBase&>;
    { G::multiply_fixed_many_var(products) } -> std::same_as<std::vector<typename G::Element>>;
    {G::power_many_var(tasks)};
};

// An element beside its writing, so that nothing is written or hashed twice.
template <class G>
struct Encoded {
    typename G::Element point;
    std::string text;
};

template <class G>
Encoded<G> encoded(typename G::Element point) {
    std::string text = G::encode(point);
    return {std::move(point), std::move(text)};
}

// Canonical writing and membership (sections 1.1, 1.2).
template <class G>
std::optional<Encoded<G>> parse_member(std::string_view text) {
    auto point = G::decode_var(text);
    if (!point || !G::is_member_var(*point)) return std::nullopt;
    return Encoded<G>{std::move(*point), std::string(text)};
}

template <class G>
bool is_identity(const typename G::Element& a) {
    return G::equal(a, G::identity());
}

// The same, and not the identity: keys and credentials (section 1.4).
template <class G>
std::optional<Encoded<G>> parse_key(std::string_view text) {
    auto key = parse_member<G>(text);
    if (key && is_identity<G>(key->point)) return std::nullopt;
    return key;
}

}  // namespace crypto
