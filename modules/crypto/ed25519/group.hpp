// SPDX-License-Identifier: AGPL-3.0-or-later
// The group of prime order l on Ed25519's curve, with Belenios' writing of points (SPECIFICATION.md 1.2): 64 hex digits,
// big-endian, that is the bytes of RFC 8032 in reverse order.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/ed25519/engine.hpp"
#include "crypto/group.hpp"
#include "crypto/scalar.hpp"

namespace crypto {

struct Ed25519Order {
    static constexpr Limbs k_q = ed25519::k_l;
};

class Ed25519 {
public:
    using Scalar = crypto::Scalar<Ed25519Order>;
    using Element = ed25519::Point;
    static constexpr std::string_view k_name = "Ed25519";

    static std::optional<Element> decode_var(std::string_view text);
    static std::vector<std::optional<Element>> decode_many_var(const std::vector<std::string_view>& texts);
    static bool is_member_var(const Element& a) { return ed25519::is_in_subgroup_var(a); }
    static std::string encode(const Element& a);
    static std::vector<std::string> encode_all(const std::vector<Element>& many);
    static Element identity() { return {}; }
    static const Element& generator();
    static const Element& inverse_generator();
    static bool equal(const Element& a, const Element& b) { return ed25519::equal(a, b); }
    static Element multiply(const Element& a, const Element& b) { return a + b; }
    static Element invert_var(const Element& a) { return ed25519::negate(a); }
    static Element power_var(const Element& a, const Scalar& s) { return ed25519::multiply_var(s.limbs(), a); }
    static Element power2_var(const Element& a, const Scalar& s, const Element& b, const Scalar& t) {
        return ed25519::multiply2_var(s.limbs(), a, t.limbs(), b);
    }
    static Element generator_power_secret(const Scalar& s);
    static std::string generator_power_text_secret(const Scalar& s);
    static Element power_secret(const Element& a, const Scalar& s);
    static Element masked_power_secret(const Element& a, const Scalar& s, const Scalar& t);
    static util::SecretText product_text_secret(const Element& b, const Element& a, const Scalar& s);

    using FixedBase = ed25519::Comb;
    static FixedBase make_fixed_base(const Element& a, unsigned width) { return ed25519::make_comb(a, width); }
    static const FixedBase& fixed_generator();
    static std::vector<Element> multiply_fixed_many_var(const std::vector<FixedTask<Ed25519>>& tasks);
    static void power_many_var(std::vector<PowerTask<Ed25519>>& tasks);
};

}  // namespace crypto
