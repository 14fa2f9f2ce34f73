// SPDX-License-Identifier: AGPL-3.0-or-later
// What the two source files of PrimeGroup share: the constants of a group in OpenSSL's form, conversions, a context per thread.
// For these files only.
#pragma once

#include <openssl/bn.h>

#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "crypto/prime/engine.hpp"
#include "crypto/prime/group.hpp"
#include "util/ensure.hpp"

namespace crypto {

// Running out of memory is the only way these calls fail on checked arguments.
inline void must(int ok) {
    if (ok != 1) throw std::bad_alloc();
}

inline BN_CTX* context() {
    struct Free {
        void operator()(BN_CTX* c) const { BN_CTX_free(c); }
    };
    thread_local const std::unique_ptr<BN_CTX, Free> own(BN_CTX_secure_new());
    ENSURE(own != nullptr);
    return own.get();
}

inline BigNumber from_decimal(std::string_view digits) {
    BigNumber number;
    BIGNUM* raw = number.get();
    ENSURE(BN_dec2bn(&raw, std::string(digits).c_str()) == static_cast<int>(digits.size()));
    return number;
}

// Little-endian words, as all processors of the engines have them.
inline BigNumber from_words(const std::uint64_t* words, std::size_t count) {
    BigNumber number;
    ENSURE(BN_lebin2bn(reinterpret_cast<const unsigned char*>(words), static_cast<int>(count * 8), number.get()) != nullptr);
    return number;
}
inline void to_words(const BigNumber& number, std::uint64_t* words, std::size_t count) {
    ENSURE(BN_bn2lebinpad(number.get(), reinterpret_cast<unsigned char*>(words), static_cast<int>(count * 8)) >= 0);
}

// Montgomery's constants for an engine of prime/engine.hpp.
prime::Modulus make_modulus(const BigNumber& p, const prime::Engine& engine);

template <class Params>
struct PrimeConstants {
    BigNumber p = from_decimal(Params::k_p), g = from_decimal(Params::k_g), one, inverse_g;
    BN_MONT_CTX* montgomery = BN_MONT_CTX_new();
    std::size_t words = static_cast<std::size_t>(BN_num_bits(p.get()) + 63) / 64;
    prime::Modulus modulus = prime::engine() == nullptr ? prime::Modulus{} : make_modulus(p, *prime::engine());

    PrimeConstants() {
        must(BN_one(one.get()));
        ENSURE(montgomery != nullptr);
        must(BN_MONT_CTX_set(montgomery, p.get(), context()));
        ENSURE(BN_mod_inverse(inverse_g.get(), g.get(), p.get(), context()) != nullptr);
    }
    PrimeConstants(const PrimeConstants&) = delete;
    PrimeConstants& operator=(const PrimeConstants&) = delete;
    ~PrimeConstants() { BN_MONT_CTX_free(montgomery); }
};

template <class Params>
const PrimeConstants<Params>& constants() {
    static const PrimeConstants<Params> own;
    return own;
}

}  // namespace crypto
