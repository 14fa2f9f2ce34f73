// SPDX-License-Identifier: AGPL-3.0-or-later
// Eight field elements in 512-bit registers, five limbs of 51 bits, multiplied by the 52-bit multiply-add instructions (AVX-512
// IFMA). Operands of products must be below 2^52, so every sum and difference is carried.
#include "crypto/ed25519/engine.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

// g++ 12 warns of its own header, which starts some results from registers without a value.
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("avx2,avx512f,avx512dq,avx512ifma")
#pragma GCC optimize("no-tree-vectorize")

namespace crypto::ed25519 {
namespace {

constexpr std::size_t k_lanes = 8;
using Word = __m512i;

struct F {
    __m512i v[5];
};

inline Word splat(std::uint64_t value) { return _mm512_set1_epi64(static_cast<long long>(value)); }
inline Word bit_and(Word a, Word b) { return _mm512_and_si512(a, b); }
inline Word bit_xor(Word a, Word b) { return _mm512_xor_si512(a, b); }
inline Word subtract(Word a, Word b) { return _mm512_sub_epi64(a, b); }
inline Word load_mask(const std::uint64_t* mask) { return _mm512_load_si512(mask); }

// Two words at a time: the even lanes, the odd lanes, then the first and the second words of all.
inline __m128i load_pair(const std::uint64_t* from) { return _mm_loadu_si128(reinterpret_cast<const __m128i*>(from)); }
inline __m512i gather_four(const std::uint64_t* const* from, std::size_t lane, std::size_t k) {
    __m512i four = _mm512_castsi128_si512(load_pair(from[lane] + k));
    four = _mm512_inserti64x2(four, load_pair(from[lane + 2] + k), 1);
    four = _mm512_inserti64x2(four, load_pair(from[lane + 4] + k), 2);
    return _mm512_inserti64x2(four, load_pair(from[lane + 6] + k), 3);
}
template <std::size_t count>
inline void gather(const std::uint64_t* const* from, Word* words) {
#pragma GCC unroll 10
    for (std::size_t k = 0; k < count; k += 2) {
        const __m512i even = gather_four(from, 0, k), odd = gather_four(from, 1, k);
        words[k] = _mm512_unpacklo_epi64(even, odd);
        words[k + 1] = _mm512_unpackhi_epi64(even, odd);
    }
}
inline void store_pair(__m128i pair, std::uint64_t* to) { _mm_storeu_si128(reinterpret_cast<__m128i*>(to), pair); }
inline void scatter_four(__m512i four, std::uint64_t* const* to, std::size_t lane, std::size_t k) {
    store_pair(_mm512_castsi512_si128(four), to[lane] + k);
    store_pair(_mm512_extracti64x2_epi64(four, 1), to[lane + 2] + k);
    store_pair(_mm512_extracti64x2_epi64(four, 2), to[lane + 4] + k);
    store_pair(_mm512_extracti64x2_epi64(four, 3), to[lane + 6] + k);
}
template <std::size_t count>
inline void scatter(const Word* words, std::uint64_t* const* to) {
#pragma GCC unroll 10
    for (std::size_t k = 0; k < count; k += 2) {
        scatter_four(_mm512_unpacklo_epi64(words[k], words[k + 1]), to, 0, k);
        scatter_four(_mm512_unpackhi_epi64(words[k], words[k + 1]), to, 1, k);
    }
}

inline F unpack(const Word* words) { return {{words[0], words[1], words[2], words[3], words[4]}}; }
inline void pack(const F& a, Word* words) {
    for (std::size_t k = 0; k < 5; ++k) words[k] = a.v[k];
}

inline F add(const F& a, const F& b) {
    F r;
    for (std::size_t k = 0; k < 5; ++k) r.v[k] = _mm512_add_epi64(a.v[k], b.v[k]);
    return r;
}

// a + 4p - b.
inline F sub(const F& a, const F& b) {
    const __m512i p0 = splat(4 * (k_mask51 - 18)), p = splat(4 * k_mask51);
    F r;
    for (std::size_t k = 0; k < 5; ++k) r.v[k] = _mm512_sub_epi64(_mm512_add_epi64(a.v[k], k == 0 ? p0 : p), b.v[k]);
    return r;
}

// One parallel pass: from limbs below 2^60.5 to limbs below 2^51 plus the carries, 2^13.8 at most.
inline F carry(const F& a) {
    const __m512i mask = splat(k_mask51);
    __m512i c[5];
    F r;
    for (std::size_t k = 0; k < 5; ++k) {
        c[k] = _mm512_srli_epi64(a.v[k], 51);
        r.v[k] = _mm512_and_si512(a.v[k], mask);
    }
    r.v[0] = _mm512_madd52lo_epu64(r.v[0], c[4], splat(19));
    for (std::size_t k = 1; k < 5; ++k) r.v[k] = _mm512_add_epi64(r.v[k], c[k - 1]);
    return r;
}
inline F carry_wide(const F& a) { return carry(a); }
inline F tidy(const F& a) { return carry(a); }

inline __m512i twice(__m512i a) { return _mm512_add_epi64(a, a); }
inline __m512i times19(__m512i a) { return _mm512_add_epi64(_mm512_add_epi64(a, twice(a)), _mm512_slli_epi64(a, 4)); }

// low[k] + 2 high[k-1] is the coefficient of 2^(51 k), k = 0..9; each below 2^56.
inline F fold(const __m512i* low, const __m512i* high) {
    F r;
#pragma GCC unroll 5
    for (std::size_t k = 0; k < 5; ++k) {
        const __m512i h = k == 0 ? low[0] : _mm512_add_epi64(low[k], twice(high[k - 1]));
        const __m512i above = k == 4 ? twice(high[8]) : _mm512_add_epi64(low[k + 5], twice(high[k + 4]));
        r.v[k] = _mm512_add_epi64(h, times19(above));
    }
    return carry(r);
}

__attribute__((noinline)) F mul(const F& f, const F& g) {
    __m512i low[9], high[9];
    for (auto& w : low) w = _mm512_setzero_si512();
    for (auto& w : high) w = _mm512_setzero_si512();
#pragma GCC unroll 5
    for (std::size_t i = 0; i < 5; ++i)
#pragma GCC unroll 5
        for (std::size_t j = 0; j < 5; ++j) {
            low[i + j] = _mm512_madd52lo_epu64(low[i + j], f.v[i], g.v[j]);
            high[i + j] = _mm512_madd52hi_epu64(high[i + j], f.v[i], g.v[j]);
        }
    return fold(low, high);
}

// The pairs first, doubled, then the squares.
__attribute__((noinline)) F sq(const F& f) {
    __m512i low[9], high[9];
    for (auto& w : low) w = _mm512_setzero_si512();
    for (auto& w : high) w = _mm512_setzero_si512();
#pragma GCC unroll 5
    for (std::size_t i = 0; i < 5; ++i)
#pragma GCC unroll 5
        for (std::size_t j = i + 1; j < 5; ++j) {
            low[i + j] = _mm512_madd52lo_epu64(low[i + j], f.v[i], f.v[j]);
            high[i + j] = _mm512_madd52hi_epu64(high[i + j], f.v[i], f.v[j]);
        }
#pragma GCC unroll 7
    for (std::size_t k = 1; k < 8; ++k) {
        low[k] = twice(low[k]);
        high[k] = twice(high[k]);
    }
#pragma GCC unroll 5
    for (std::size_t i = 0; i < 5; ++i) {
        low[2 * i] = _mm512_madd52lo_epu64(low[2 * i], f.v[i], f.v[i]);
        high[2 * i] = _mm512_madd52hi_epu64(high[2 * i], f.v[i], f.v[i]);
    }
    return fold(low, high);
}

#include "crypto/ed25519/lanes.inl"

bool is_supported() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512ifma");
}

}  // namespace

const Engine k_ifma_engine{"ifma",         is_supported,  k_lanes,     fill_powers, open_buckets,
                           put_in_buckets, weigh_buckets, sum_entries, raise_roots};

}  // namespace crypto::ed25519

#pragma GCC pop_options

#else

namespace crypto::ed25519 {
const Engine k_ifma_engine{"ifma", [] { return false; }, 1, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
}

#endif
