// SPDX-License-Identifier: AGPL-3.0-or-later
// Four field elements in 256-bit registers, five limbs of 51 bits, multiplied by the 52-bit multiply-add instructions (AVX-512
// IFMA and VL). Operands of products must be below 2^52, so every sum and difference is carried.
#include "crypto/ed25519_engine.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("avx2,avx512f,avx512vl,avx512ifma")
#pragma GCC optimize("no-tree-vectorize")

namespace crypto::ed25519 {
namespace {

struct F4 {
    __m256i v[5];
};

inline __m256i splat(std::uint64_t value) { return _mm256_set1_epi64x(static_cast<long long>(value)); }

inline F4 load(const Field* lanes) {
    F4 r;
    alignas(32) std::uint64_t words[5][4];
    for (std::size_t lane = 0; lane < 4; ++lane) {
        const Field f = lanes[lane] * field_from(1);
        for (std::size_t k = 0; k < 5; ++k) words[k][lane] = f.limb[k];
    }
    for (std::size_t k = 0; k < 5; ++k) r.v[k] = _mm256_load_si256(reinterpret_cast<const __m256i*>(words[k]));
    return r;
}

inline void store(const F4& a, Field* lanes) {
    alignas(32) std::uint64_t words[4];
    for (std::size_t k = 0; k < 5; ++k) {
        _mm256_store_si256(reinterpret_cast<__m256i*>(words), a.v[k]);
        for (std::size_t lane = 0; lane < 4; ++lane) lanes[lane].limb[k] = words[lane];
    }
}

constexpr std::size_t k_packed_words = 40;

inline void pack(const F4& a, std::uint32_t* out) {
    for (std::size_t k = 0; k < 5; ++k) _mm256_storeu_si256(reinterpret_cast<__m256i*>(out + 8 * k), a.v[k]);
}
inline F4 unpack(const std::uint32_t* in) {
    F4 r;
    for (std::size_t k = 0; k < 5; ++k) r.v[k] = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(in + 8 * k));
    return r;
}

inline F4 zero4() {
    F4 r;
    for (auto& limb : r.v) limb = _mm256_setzero_si256();
    return r;
}

inline F4 add(const F4& a, const F4& b) {
    F4 r;
    for (std::size_t k = 0; k < 5; ++k) r.v[k] = _mm256_add_epi64(a.v[k], b.v[k]);
    return r;
}

// a + 4p - b.
inline F4 sub(const F4& a, const F4& b) {
    const __m256i p0 = splat(4 * (k_mask51 - 18)), p = splat(4 * k_mask51);
    F4 r;
    for (std::size_t k = 0; k < 5; ++k) r.v[k] = _mm256_sub_epi64(_mm256_add_epi64(a.v[k], k == 0 ? p0 : p), b.v[k]);
    return r;
}

inline __m256i times19(__m256i a) {
    return _mm256_add_epi64(_mm256_add_epi64(a, _mm256_slli_epi64(a, 1)), _mm256_slli_epi64(a, 4));
}

// One parallel pass: from limbs below 2^63 / 19 to limbs below 2^51 plus the carries.
inline F4 carry(const F4& a) {
    const __m256i mask = splat(k_mask51);
    __m256i c[5];
    F4 r;
    for (std::size_t k = 0; k < 5; ++k) c[k] = _mm256_srli_epi64(a.v[k], 51);
    r.v[0] = _mm256_add_epi64(_mm256_and_si256(a.v[0], mask), times19(c[4]));
    for (std::size_t k = 1; k < 5; ++k) r.v[k] = _mm256_add_epi64(_mm256_and_si256(a.v[k], mask), c[k - 1]);
    return r;
}
inline F4 carry_wide(const F4& a) { return carry(a); }

// low[k] + 2 high[k-1] is the coefficient of 2^(51 k), k = 0..9; each below 2^56. Folded and carried twice: the second pass
// leaves limbs below 2^51 + 2^10.
inline F4 fold(const __m256i* low, const __m256i* high) {
    F4 r;
    for (std::size_t k = 0; k < 5; ++k) {
        const __m256i h = k == 0 ? low[0] : _mm256_add_epi64(low[k], _mm256_add_epi64(high[k - 1], high[k - 1]));
        const __m256i above = k == 4 ? _mm256_add_epi64(high[8], high[8])
                                     : _mm256_add_epi64(low[k + 5], _mm256_add_epi64(high[k + 4], high[k + 4]));
        r.v[k] = _mm256_add_epi64(h, times19(above));
    }
    return carry(carry(r));
}

inline F4 mul(const F4& f, const F4& g) {
    __m256i low[9], high[9];
    for (auto& w : low) w = _mm256_setzero_si256();
    for (auto& w : high) w = _mm256_setzero_si256();
#pragma GCC unroll 5
    for (std::size_t i = 0; i < 5; ++i)
#pragma GCC unroll 5
        for (std::size_t j = 0; j < 5; ++j) {
            low[i + j] = _mm256_madd52lo_epu64(low[i + j], f.v[i], g.v[j]);
            high[i + j] = _mm256_madd52hi_epu64(high[i + j], f.v[i], g.v[j]);
        }
    return fold(low, high);
}

inline F4 sq(const F4& f) {
    __m256i low[9], high[9], low2[9], high2[9];
    for (std::size_t k = 0; k < 9; ++k) low[k] = high[k] = low2[k] = high2[k] = _mm256_setzero_si256();
#pragma GCC unroll 5
    for (std::size_t i = 0; i < 5; ++i) {
        low[2 * i] = _mm256_madd52lo_epu64(low[2 * i], f.v[i], f.v[i]);
        high[2 * i] = _mm256_madd52hi_epu64(high[2 * i], f.v[i], f.v[i]);
#pragma GCC unroll 5
        for (std::size_t j = i + 1; j < 5; ++j) {
            low2[i + j] = _mm256_madd52lo_epu64(low2[i + j], f.v[i], f.v[j]);
            high2[i + j] = _mm256_madd52hi_epu64(high2[i + j], f.v[i], f.v[j]);
        }
    }
    for (std::size_t k = 0; k < 9; ++k) {
        low[k] = _mm256_add_epi64(low[k], _mm256_add_epi64(low2[k], low2[k]));
        high[k] = _mm256_add_epi64(high[k], _mm256_add_epi64(high2[k], high2[k]));
    }
    return fold(low, high);
}

template <int l0, int l1, int l2, int l3>
inline F4 shuffle(const F4& a) {
    F4 r;
    for (std::size_t k = 0; k < 5; ++k) r.v[k] = _mm256_permute4x64_epi64(a.v[k], l0 | l1 << 2 | l2 << 4 | l3 << 6);
    return r;
}

template <int mask>
inline F4 blend(const F4& a, const F4& b) {
    constexpr int k_words32 = (mask & 1) * 3 | (mask & 2) * 6 | (mask & 4) * 12 | (mask & 8) * 24;
    F4 r;
    for (std::size_t k = 0; k < 5; ++k) r.v[k] = _mm256_blend_epi32(a.v[k], b.v[k], k_words32);
    return r;
}

inline void transpose(F4* rows) {
    for (std::size_t k = 0; k < 5; ++k) {
        const __m256i a = _mm256_unpacklo_epi64(rows[0].v[k], rows[1].v[k]), b = _mm256_unpackhi_epi64(rows[0].v[k], rows[1].v[k]);
        const __m256i c = _mm256_unpacklo_epi64(rows[2].v[k], rows[3].v[k]), d = _mm256_unpackhi_epi64(rows[2].v[k], rows[3].v[k]);
        rows[0].v[k] = _mm256_permute2x128_si256(a, c, 0x20);
        rows[1].v[k] = _mm256_permute2x128_si256(b, d, 0x20);
        rows[2].v[k] = _mm256_permute2x128_si256(a, c, 0x31);
        rows[3].v[k] = _mm256_permute2x128_si256(b, d, 0x31);
    }
}

#include "crypto/ed25519_lanes.inl"

bool is_supported() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512ifma");
}

}  // namespace

const Engine k_ifma_engine{"ifma", is_supported, k_words, run_chains, fill_comb, sum_combs, raise_roots};

}  // namespace crypto::ed25519

#pragma GCC pop_options

#else

namespace crypto::ed25519 {
const Engine k_ifma_engine{"ifma", [] { return false; }, 0, nullptr, nullptr, nullptr, nullptr};
}

#endif
