// SPDX-License-Identifier: AGPL-3.0-or-later
// Four field elements in AVX2 registers, ten limbs of 26 and 25 bits in turn, one element per 64-bit lane.
//
// Bounds: call a value "a" when its limbs are below a * 2^26 (even) and a * 2^25 (odd). Products are 1 (and a little). A product
// of a left "a" by a right "b" fits its 64-bit sums when a*b <= 33 and b <= 3.3 (38 b 2^25 < 2^32). Differences add 2p, so that a - b of products
// is 3: a right operand still. Only the sum 2zz + (a - b) of a doubling, 5, is carried.
#include "crypto/ed25519_engine.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("avx2")
#pragma GCC optimize("no-tree-vectorize,no-tree-reassoc")

namespace crypto::ed25519 {
namespace {

struct F4 {
    __m256i v[10];
};

inline __m256i splat(std::uint64_t value) { return _mm256_set1_epi64x(static_cast<long long>(value)); }

inline F4 load(const Field* lanes) {
    F4 r;
    alignas(32) std::uint64_t words[10][4];
    for (std::size_t lane = 0; lane < 4; ++lane) {
        // Below 2^51 + 2^13 each, so that the halves are a 26-bit limb and a 25-bit one.
        const Field f = lanes[lane] * field_from(1);
        for (std::size_t k = 0; k < 5; ++k) {
            words[2 * k][lane] = f.limb[k] & ((1u << 26) - 1);
            words[2 * k + 1][lane] = f.limb[k] >> 26;
        }
    }
    for (std::size_t k = 0; k < 10; ++k) r.v[k] = _mm256_load_si256(reinterpret_cast<const __m256i*>(words[k]));
    return r;
}

inline void store(const F4& a, Field* lanes) {
    alignas(32) std::uint64_t words[10][4];
    for (std::size_t k = 0; k < 10; ++k) _mm256_store_si256(reinterpret_cast<__m256i*>(words[k]), a.v[k]);
    for (std::size_t lane = 0; lane < 4; ++lane)
        for (std::size_t k = 0; k < 5; ++k) lanes[lane].limb[k] = words[2 * k][lane] + (words[2 * k + 1][lane] << 26);
}

constexpr std::size_t k_packed_words = 40;

inline void pack(const F4& a, std::uint32_t* out) {
    alignas(32) std::uint64_t words[4];
    for (std::size_t k = 0; k < 10; ++k) {
        _mm256_store_si256(reinterpret_cast<__m256i*>(words), a.v[k]);
        for (std::size_t lane = 0; lane < 4; ++lane) out[4 * k + lane] = static_cast<std::uint32_t>(words[lane]);
    }
}
inline F4 unpack(const std::uint32_t* in) {
    F4 r;
    for (std::size_t k = 0; k < 10; ++k)
        r.v[k] = _mm256_cvtepu32_epi64(_mm_loadu_si128(reinterpret_cast<const __m128i*>(in + 4 * k)));
    return r;
}

inline F4 zero4() {
    F4 r;
    for (auto& limb : r.v) limb = _mm256_setzero_si256();
    return r;
}

inline F4 add(const F4& a, const F4& b) {
    F4 r;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) r.v[k] = _mm256_add_epi64(a.v[k], b.v[k]);
    return r;
}

// a + 2p - b; b at most 2p limb by limb.
inline F4 sub(const F4& a, const F4& b) {
    const __m256i p0 = splat((1u << 27) - 38), even = splat((1u << 27) - 2), odd = splat((1u << 26) - 2);
    F4 r;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k)
        r.v[k] = _mm256_sub_epi64(_mm256_add_epi64(a.v[k], k == 0 ? p0 : k % 2 == 0 ? even : odd), b.v[k]);
    return r;
}

inline const F4& carry(const F4& a) { return a; }

// One parallel pass.
inline F4 carry_wide(const F4& a) {
    const __m256i m26 = splat((1u << 26) - 1), m25 = splat((1u << 25) - 1);
    F4 c, r;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) c.v[k] = _mm256_srli_epi64(a.v[k], k % 2 == 0 ? 26 : 25);
    r.v[0] = _mm256_add_epi64(_mm256_and_si256(a.v[0], m26), _mm256_mul_epu32(c.v[9], splat(19)));
#pragma GCC unroll 9
    for (std::size_t k = 1; k < 10; ++k) r.v[k] = _mm256_add_epi64(_mm256_and_si256(a.v[k], k % 2 == 0 ? m26 : m25), c.v[k - 1]);
    return r;
}

// From sums below 2^64 to "1": two chains of carries side by side.
inline F4 reduce(__m256i* h) {
    const __m256i m26 = splat((1u << 26) - 1), m25 = splat((1u << 25) - 1);
    const auto step = [&](std::size_t k) {
        const __m256i c = _mm256_srli_epi64(h[k], k % 2 == 0 ? 26 : 25);
        h[k] = _mm256_and_si256(h[k], k % 2 == 0 ? m26 : m25);
        h[k + 1] = _mm256_add_epi64(h[k + 1], c);
    };
    step(0), step(5), step(1), step(6), step(2), step(7), step(3), step(8), step(4);
    const __m256i c = _mm256_srli_epi64(h[9], 25);
    h[9] = _mm256_and_si256(h[9], m25);
    h[0] = _mm256_add_epi64(h[0], _mm256_add_epi64(_mm256_add_epi64(c, _mm256_slli_epi64(c, 1)), _mm256_slli_epi64(c, 4)));
    step(5);
    step(0);
    F4 r;
    for (std::size_t k = 0; k < 10; ++k) r.v[k] = h[k];
    return r;
}

// Column by column: one accumulator, f in registers, the multiples of g that a column needs read from memory. (Row by row, the
// ten accumulators and ten factors overflow the sixteen registers.)
struct Multiples {
    __m256i one[10], two[10], nineteen[10], thirty_eight[10];  // `two` and `thirty_eight` of odd limbs only
};

template <std::size_t k>
inline __m256i column(const F4& f, const Multiples& g) {
    // The multiples stay in memory: without this the compiler keeps all forty in registers that it has not.
    asm volatile("" : : "r"(&g) : "memory");
    __m256i sum = _mm256_setzero_si256();
#pragma GCC unroll 10
    for (std::size_t i = 0; i < 10; ++i) {
        const std::size_t j = (k + 10 - i) % 10;
        const bool wraps = i > k, odd = i % 2 == 1 && j % 2 == 1;
        const __m256i& right = odd ? (wraps ? g.thirty_eight[j] : g.two[j]) : (wraps ? g.nineteen[j] : g.one[j]);
        sum = _mm256_add_epi64(sum, _mm256_mul_epu32(f.v[i], right));
    }
    return sum;
}

__attribute__((noinline)) F4 mul(const F4& f_in, const F4& g_in) {
    const __m256i factor = splat(19);
    Multiples g;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) {
        g.one[k] = g_in.v[k];
        g.nineteen[k] = _mm256_mul_epu32(g_in.v[k], factor);
        if (k % 2 == 1) {
            g.two[k] = _mm256_add_epi64(g.one[k], g.one[k]);
            g.thirty_eight[k] = _mm256_add_epi64(g.nineteen[k], g.nineteen[k]);
        }
    }
    const F4 f = f_in;
    __m256i h[10] = {column<0>(f, g), column<1>(f, g), column<2>(f, g), column<3>(f, g), column<4>(f, g),
                     column<5>(f, g), column<6>(f, g), column<7>(f, g), column<8>(f, g), column<9>(f, g)};
    return reduce(h);
}

// The same over the 55 different products: 2 for a pair, 2 more for two odd limbs, 19 for a pair that wraps.
__attribute__((noinline)) F4 sq(const F4& f) {
    const __m256i nineteen = splat(19);
    __m256i f2[10], f19[10], f38[10], h[10];
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) {
        f2[k] = _mm256_add_epi64(f.v[k], f.v[k]);
        if (k >= 5) {
            f19[k] = _mm256_mul_epu32(f.v[k], nineteen);
            f38[k] = _mm256_add_epi64(f19[k], f19[k]);
        }
    }
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) {
        __m256i sum = _mm256_setzero_si256();
#pragma GCC unroll 10
        for (std::size_t i = 0; i < 10; ++i) {
            const std::size_t j = (k + 10 - i) % 10;
            if (i > j) continue;
            const bool wraps = i + j >= 10, odd = i % 2 == 1 && j % 2 == 1;
            // 1, 2 or 4 times the product. The squared sum x + y is a "2": 38 times an even limb of it has no room in 32 bits.
            const int factor = (i == j ? 1 : 2) * (odd ? 2 : 1);
            const bool left_twice = factor == 4 || (factor == 2 && wraps && !odd), right_twice = factor == 4 || (factor == 2 && !left_twice);
            const __m256i left = left_twice ? f2[i] : f.v[i];
            const __m256i right = wraps ? (right_twice ? f38[j] : f19[j]) : (right_twice ? f2[j] : f.v[j]);
            sum = _mm256_add_epi64(sum, _mm256_mul_epu32(left, right));
        }
        h[k] = sum;
    }
    return reduce(h);
}

template <int l0, int l1, int l2, int l3>
inline F4 shuffle(const F4& a) {
    F4 r;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) r.v[k] = _mm256_permute4x64_epi64(a.v[k], l0 | l1 << 2 | l2 << 4 | l3 << 6);
    return r;
}

// Lane i of b where bit i of `mask` is set.
template <int mask>
inline F4 blend(const F4& a, const F4& b) {
    constexpr int k_words32 = (mask & 1) * 3 | (mask & 2) * 6 | (mask & 4) * 12 | (mask & 8) * 24;
    F4 r;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) r.v[k] = _mm256_blend_epi32(a.v[k], b.v[k], k_words32);
    return r;
}

// rows[i] lane j <-> rows[j] lane i.
inline void transpose(F4* rows) {
    for (std::size_t k = 0; k < 10; ++k) {
        const __m256i a = _mm256_unpacklo_epi64(rows[0].v[k], rows[1].v[k]), b = _mm256_unpackhi_epi64(rows[0].v[k], rows[1].v[k]);
        const __m256i c = _mm256_unpacklo_epi64(rows[2].v[k], rows[3].v[k]), d = _mm256_unpackhi_epi64(rows[2].v[k], rows[3].v[k]);
        rows[0].v[k] = _mm256_permute2x128_si256(a, c, 0x20);
        rows[1].v[k] = _mm256_permute2x128_si256(b, d, 0x20);
        rows[2].v[k] = _mm256_permute2x128_si256(a, c, 0x31);
        rows[3].v[k] = _mm256_permute2x128_si256(b, d, 0x31);
    }
}

#include "crypto/ed25519_lanes.inl"

bool is_supported() { return __builtin_cpu_supports("avx2"); }

}  // namespace

const Engine k_avx2_engine{"avx2", is_supported, k_words, run_chains, fill_comb, sum_combs, raise_roots};

}  // namespace crypto::ed25519

#pragma GCC pop_options

#else

namespace crypto::ed25519 {
const Engine k_avx2_engine{"avx2", [] { return false; }, 0, nullptr, nullptr, nullptr, nullptr};
}

#endif
