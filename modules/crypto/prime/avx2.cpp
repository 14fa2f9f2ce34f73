// SPDX-License-Identifier: AGPL-3.0-or-later
// Four numbers modulo p in 256-bit registers, digits of 28 bits, multiplied by the 32-bit multiplication of AVX2; entries hold two
// digits a limb. Compiled for these processors alone: no container and no other code of the standard library here.
#include "crypto/prime/engine.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("avx2")

namespace crypto::prime {
namespace {

#define INLINE [[gnu::always_inline]] inline

using V = __m256i;
using Mask = __m256i;
constexpr std::size_t k_count = 4, k_span = 7, k_digit_bits = 28, k_digits_per_limb = 2, k_entry_bits = 56, k_large = 76;
constexpr bool k_sums_loaded = false;  // fewer registers
constexpr std::uint64_t k_entry_mask = (std::uint64_t{1} << k_entry_bits) - 1;

INLINE V splat(std::uint64_t value) { return _mm256_set1_epi64x(static_cast<long long>(value)); }
INLINE V zero() { return _mm256_setzero_si256(); }
INLINE V load(const std::uint64_t* words) { return _mm256_load_si256(reinterpret_cast<const V*>(words)); }
INLINE void store(std::uint64_t* words, V a) { _mm256_store_si256(reinterpret_cast<V*>(words), a); }
INLINE V add(V a, V b) { return _mm256_add_epi64(a, b); }
INLINE V mask_digit(V a) { return _mm256_and_si256(a, splat((std::uint64_t{1} << k_digit_bits) - 1)); }
INLINE V carry_of(V a) { return _mm256_srli_epi64(a, k_digit_bits); }
INLINE V above(V a) { return _mm256_slli_epi64(a, k_digit_bits); }
INLINE Mask mask_of(unsigned lanes) {
    const V bits = _mm256_set_epi64x(8, 4, 2, 1);
    return _mm256_cmpeq_epi64(_mm256_and_si256(splat(lanes), bits), bits);
}
INLINE V blend(Mask mask, V a, V b) { return _mm256_blendv_epi8(a, b, mask); }

// Products of 56 bits, in one column.
INLINE V low_product(V a, V b) { return mask_digit(_mm256_mul_epu32(a, b)); }
INLINE void add_product(V* column, V a, V b) { column[0] = add(column[0], _mm256_mul_epu32(a, b)); }
INLINE void add_block(V* column, const V* row, V b0, V b1, V b2, V b3) {
    const V b[4] = {b0, b1, b2, b3};
#pragma GCC unroll 4
    for (std::size_t j = 0; j < 4; ++j)
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) add_product(column + i + j, row[i], b[j]);
}

// Four rows of four words become four columns.
INLINE void transpose(V* x) {
    const V a = _mm256_unpacklo_epi64(x[0], x[1]), b = _mm256_unpackhi_epi64(x[0], x[1]);
    const V c = _mm256_unpacklo_epi64(x[2], x[3]), d = _mm256_unpackhi_epi64(x[2], x[3]);
    x[0] = _mm256_permute2x128_si256(a, c, 0x20);
    x[1] = _mm256_permute2x128_si256(b, d, 0x20);
    x[2] = _mm256_permute2x128_si256(a, c, 0x31);
    x[3] = _mm256_permute2x128_si256(b, d, 0x31);
}

#include "crypto/prime/lanes.inl"

bool is_supported() { return __builtin_cpu_supports("avx2"); }

}  // namespace

const Engine k_avx2_engine{"avx2",  is_supported, k_count,   k_digit_bits, k_digits_per_limb,
                           k_large, raw_powers,   raw_plans, raw_products, raw_comb};

}  // namespace crypto::prime

#pragma GCC pop_options

#else

namespace crypto::prime {
const Engine k_avx2_engine{"avx2", [] { return false; }, 0, 0, 0, 0, nullptr, nullptr, nullptr, nullptr};
}

#endif
