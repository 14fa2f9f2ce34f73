// SPDX-License-Identifier: AGPL-3.0-or-later
// Eight numbers modulo p in 512-bit registers, digits of 52 bits, multiplied by the multiply-add instructions of AVX-512 IFMA.
// Compiled for these processors alone: no container and no other code of the standard library here (prime/engine.hpp).
#include "crypto/prime/engine.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("avx512f,avx512ifma")

namespace crypto::prime {
namespace {

#define INLINE [[gnu::always_inline]] inline

using V = __m512i;
using Mask = __mmask8;
constexpr std::size_t k_count = 8, k_span = 8, k_digit_bits = 52, k_digits_per_limb = 1, k_entry_bits = 52, k_large = 40;
constexpr bool k_sums_loaded = true;  // a multiply-add starts from a sum anyway
constexpr std::uint64_t k_entry_mask = (std::uint64_t{1} << k_entry_bits) - 1;

INLINE V splat(std::uint64_t value) { return _mm512_set1_epi64(static_cast<long long>(value)); }
INLINE V zero() { return _mm512_setzero_si512(); }
INLINE V load(const std::uint64_t* words) { return _mm512_load_si512(words); }
INLINE void store(std::uint64_t* words, V a) { _mm512_store_si512(words, a); }
INLINE V add(V a, V b) { return _mm512_add_epi64(a, b); }
INLINE V mask_digit(V a) { return _mm512_and_si512(a, splat(k_entry_mask)); }
INLINE V carry_of(V a) { return _mm512_srli_epi64(a, k_digit_bits); }
INLINE V above(V a) { return a; }  // one digit per limb: not used
INLINE Mask mask_of(unsigned lanes) { return static_cast<Mask>(lanes); }
INLINE V blend(Mask mask, V a, V b) { return _mm512_mask_blend_epi64(mask, a, b); }

// Products of 104 bits: a lower and an upper half, in two columns.
INLINE V low(V sum, V a, V b) { return _mm512_madd52lo_epu64(sum, a, b); }
INLINE V high(V sum, V a, V b) { return _mm512_madd52hi_epu64(sum, a, b); }
INLINE V low_product(V a, V b) { return low(zero(), a, b); }
INLINE void add_product(V* column, V a, V b) {
    column[0] = low(column[0], a, b);
    column[1] = high(column[1], a, b);
}
INLINE void add_block(V* column, const V* row, V b0, V b1, V b2, V b3) {
    const V b[4] = {b0, b1, b2, b3};
#pragma GCC unroll 4
    for (std::size_t j = 0; j < 4; ++j) {
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) column[i + j] = low(column[i + j], row[i], b[j]);
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) column[i + j + 1] = high(column[i + j + 1], row[i], b[j]);
    }
}

// Eight rows of eight words become eight columns; its own inverse.
INLINE void transpose(V* x) {
    V pair[8];
#pragma GCC unroll 4
    for (std::size_t k = 0; k < 4; ++k) {
        pair[k] = _mm512_unpacklo_epi64(x[2 * k], x[2 * k + 1]);
        pair[k + 4] = _mm512_unpackhi_epi64(x[2 * k], x[2 * k + 1]);
    }
#pragma GCC unroll 2
    for (std::size_t odd = 0; odd < 2; ++odd) {
        const V* a = pair + 4 * odd;
        const V b = _mm512_shuffle_i64x2(a[0], a[1], 0x88), c = _mm512_shuffle_i64x2(a[2], a[3], 0x88);
        const V d = _mm512_shuffle_i64x2(a[0], a[1], 0xdd), e = _mm512_shuffle_i64x2(a[2], a[3], 0xdd);
        x[odd] = _mm512_shuffle_i64x2(b, c, 0x88);
        x[odd + 4] = _mm512_shuffle_i64x2(b, c, 0xdd);
        x[odd + 2] = _mm512_shuffle_i64x2(d, e, 0x88);
        x[odd + 6] = _mm512_shuffle_i64x2(d, e, 0xdd);
    }
}

#include "crypto/prime/lanes.inl"

bool is_supported() { return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512ifma"); }

}  // namespace

const Engine k_ifma_engine{"ifma",  is_supported, k_count,   k_digit_bits, k_digits_per_limb,
                           k_large, raw_powers,   raw_plans, raw_products, raw_comb};

}  // namespace crypto::prime

#pragma GCC pop_options

#else

namespace crypto::prime {
const Engine k_ifma_engine{"ifma", [] { return false; }, 0, 0, 0, 0, nullptr, nullptr, nullptr, nullptr};
}

#endif
