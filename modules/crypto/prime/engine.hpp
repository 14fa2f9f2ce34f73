// SPDX-License-Identifier: AGPL-3.0-or-later
// Many powers and products of public numbers modulo one prime at once, four or eight to a register: what the fast path of
// prime/fast.cpp is made of where the processor has AVX2 or the 52-bit multiply-add instructions of AVX-512. Variable time; memory
// comes from the caller. Knows nothing of OpenSSL, of groups and of tasks.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "crypto/limbs.hpp"

namespace crypto::prime {

constexpr std::size_t k_words = 32;      // a plain number: 64-bit words, low first
constexpr std::size_t k_lanes = 8;       // numbers treated together, at most
constexpr std::size_t k_max_limbs = 40;  // of an entry
constexpr std::size_t k_max_digits = 80;
constexpr std::size_t k_powers = 256;  // of one base: base^(2^i)

using Words = std::array<std::uint64_t, k_words>;
// A number in Montgomery form with radix R = 2^(bits of all digits), below 4p: limbs of one or two of the engine's digits.
struct alignas(64) Entry {
    std::uint64_t limb[k_max_limbs];
};

// The prime p as an engine needs it. `digits` is 8 for small primes; p has at least 32 bits less than R.
struct Modulus {
    std::size_t digits = 0;
    std::uint64_t negative_inverse = 0;  // -1/p modulo a digit's radix
    std::uint64_t p_digits[k_max_digits] = {};
    // (p' + 1) / radix^4, p' being the multiple of p below p radix^4 that is -1 modulo radix^4
    std::uint64_t folded_digits[k_max_digits] = {};
    Entry p{};
    Entry square{};     // R^2 mod p
    Entry one{};        // R mod p
    Words one_words{};  // the same as a plain number
};

// How to raise a base to an exponent, given its powers base^(2^i): windows of odd digits, the exponent being the sum of
// digit 2^position. Steps from the largest digit down, for Yao's running products: a position says "running *= base^(2^position)",
// k_collect "total *= running"; the power is total^2 * running.
struct Plan {
    static constexpr std::uint16_t k_collect = k_powers;
    static constexpr std::size_t k_most_steps = 80;
    std::uint16_t step[k_most_steps];
    std::size_t count = 0;
};
Plan plan_power(const Limbs& exponent);

struct PowerJob {
    const Entry* powers;  // k_powers of them
    const Plan* plan;
    std::uint64_t* result;  // k_words, plain
};

// start * product of the factors: plain times entries is plain. A product of entries alone starts with one_words.
struct ProductJob {
    const std::uint64_t* start;
    const Entry* const* factors;
    std::size_t count;
    std::uint64_t* result = nullptr;  // k_words, plain; or
    Entry* entry = nullptr;           // the same number, as a factor of other products
};

struct Engine {
    std::string_view name;
    bool (*is_supported)();
    std::size_t lanes, digit_bits, digits_per_limb, large_digits;
    // The powers of up to `lanes` plain numbers below p: base i at powers + i * k_powers. Writes lanes * k_powers entries.
    void (*raw_powers)(const Modulus& modulus, const std::uint64_t* const* bases, std::size_t count, Entry* powers);
    // Up to `lanes` jobs, best of like lengths.
    void (*raw_plans)(const Modulus& modulus, const PowerJob* jobs, std::size_t count);
    void (*raw_products)(const Modulus& modulus, const ProductJob* jobs, std::size_t count);
    // base^(d 2^(width i)), d = 1 .. 2^width - 1, i = 0 .. ceil(256 / width) - 1, from the powers of the base.
    void (*raw_comb)(const Modulus& modulus, const Entry* powers, unsigned width, Entry* table);
};

extern const Engine k_avx2_engine, k_ifma_engine;

// The best one supported here, none without one; PORTAIL_PRIME_ENGINE (plain, avx2, ifma) asks for another, for tests and
// measurements.
const Engine* engine();

}  // namespace crypto::prime
