// SPDX-License-Identifier: AGPL-3.0-or-later
// Subgroups of order q of the integers modulo a prime p, over OpenSSL's big numbers: BELENIOS-2048 and its small sister for
// exhaustive tests (SPECIFICATION.md 1.1, 1.3). One class, so that the toy group tests the code of the real one.
#pragma once

#include <openssl/bn.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/group.hpp"
#include "crypto/prime/engine.hpp"
#include "crypto/scalar.hpp"

namespace crypto {

// A BIGNUM with the manners of a value.
class BigNumber {
public:
    BigNumber();
    BigNumber(const BigNumber& other);
    BigNumber(BigNumber&& other) noexcept = default;
    BigNumber& operator=(const BigNumber& other);
    BigNumber& operator=(BigNumber&& other) noexcept = default;
    ~BigNumber() = default;

    BIGNUM* get() { return number_.get(); }
    const BIGNUM* get() const { return number_.get(); }

private:
    struct Free {
        void operator()(BIGNUM* number) const { BN_clear_free(number); }
    };
    std::unique_ptr<BIGNUM, Free> number_;
};

// Params: k_name, k_p and k_g (decimal), k_q (Limbs). Elements are kept in 1..p-1, in plain form.
template <class Params>
class PrimeGroup {
public:
    using Scalar = crypto::Scalar<Params>;
    using Element = BigNumber;
    static constexpr std::string_view k_name = Params::k_name;

    static std::optional<Element> decode_var(std::string_view text);
    static std::vector<std::optional<Element>> decode_many_var(const std::vector<std::string_view>& texts);
    static bool is_member_var(const Element& a);
    static std::string encode(const Element& a);
    static std::vector<std::string> encode_all(const std::vector<Element>& many);
    static const Element& identity();
    static const Element& generator();
    static const Element& inverse_generator();
    static bool equal(const Element& a, const Element& b) { return BN_cmp(a.get(), b.get()) == 0; }
    static Element multiply(const Element& a, const Element& b);
    static Element invert_var(const Element& a);
    static Element power_var(const Element& a, const Scalar& s);
    static Element power2_var(const Element& a, const Scalar& s, const Element& b, const Scalar& t);
    static Element generator_power_secret(const Scalar& s);
    static std::string generator_power_text_secret(const Scalar& s) { return encode(generator_power_secret(s)); }
    static Element power_secret(const Element& a, const Scalar& s);
    static Element masked_power_secret(const Element& a, const Scalar& s, const Scalar& t);
    static util::SecretText product_text_secret(const Element& b, const Element& a, const Scalar& s);

    // The powers base^(d 2^(width i)), d = 1 .. 2^width - 1, in Montgomery form: the engine's, or OpenSSL's without one.
    struct FixedBase {
        unsigned width = 0;
        std::vector<BigNumber> table;
        std::vector<prime::Entry> entries;
    };
    static FixedBase make_fixed_base(const Element& a, unsigned width);
    static const FixedBase& fixed_generator();
    static std::vector<Element> multiply_fixed_many_var(const std::vector<FixedTask<PrimeGroup>>& tasks);
    static void power_many_var(std::vector<PowerTask<PrimeGroup>>& tasks);
};

struct Toy607Params {
    static constexpr std::string_view k_name = "TOY-607";
    static constexpr std::string_view k_p = "607";
    static constexpr std::string_view k_g = "64";
    static constexpr Limbs k_q = limbs_from_decimal("101");
};

struct Belenios2048Params {
    static constexpr std::string_view k_name = "BELENIOS-2048";
    static const std::string_view k_p;
    static const std::string_view k_g;
    static constexpr Limbs k_q =
        limbs_from_decimal("78571733251071885079927659812671450121821421258408794611510081919805623223441");
};

extern template class PrimeGroup<Toy607Params>;
extern template class PrimeGroup<Belenios2048Params>;

using Toy607 = PrimeGroup<Toy607Params>;
using Belenios2048 = PrimeGroup<Belenios2048Params>;

}  // namespace crypto
