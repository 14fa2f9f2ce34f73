// SPDX-License-Identifier: AGPL-3.0-or-later
// Four field elements in AVX2 registers, ten limbs of 26 and 25 bits in turn, one element per 64-bit lane.
//
// Bounds: call a value "a" when its limbs are below a * 2^26 (even) and a * 2^25 (odd). Products are 1 (and a little), and so is
// what memory holds. A product of a left "a" by a right "b" fits its 64-bit sums when a*b <= 33 and
// b <= 3.3 (38 b 2^25 < 2^32). Differences add 2p, so that a - b of products is 3: a right operand still. Only the sum
// 2zz + (a - b) of a doubling, 5, is carried.
#include "crypto/ed25519/engine.hpp"

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)

#include <immintrin.h>

#pragma GCC push_options
#pragma GCC target("avx2")
#pragma GCC optimize("no-tree-vectorize,no-tree-reassoc")

namespace crypto::ed25519 {
namespace {

constexpr std::size_t k_lanes = 4;
using Word = __m256i;

struct F {
    __m256i v[10];
};

inline Word splat(std::uint64_t value) { return _mm256_set1_epi64x(static_cast<long long>(value)); }
inline Word bit_and(Word a, Word b) { return _mm256_and_si256(a, b); }
inline Word bit_xor(Word a, Word b) { return _mm256_xor_si256(a, b); }
inline Word subtract(Word a, Word b) { return _mm256_sub_epi64(a, b); }
inline Word load_mask(const std::uint64_t* mask) { return _mm256_load_si256(reinterpret_cast<const __m256i*>(mask)); }

// Two words at a time: lanes 0 and 2, lanes 1 and 3, then the first and the second words of all.
inline __m256i load_two(const std::uint64_t* low, const std::uint64_t* high) {
    const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(low));
    return _mm256_inserti128_si256(_mm256_castsi128_si256(first), _mm_loadu_si128(reinterpret_cast<const __m128i*>(high)), 1);
}
template <std::size_t count>
inline void gather(const std::uint64_t* const* from, Word* words) {
#pragma GCC unroll 10
    for (std::size_t k = 0; k < count; k += 2) {
        const __m256i even = load_two(from[0] + k, from[2] + k), odd = load_two(from[1] + k, from[3] + k);
        words[k] = _mm256_unpacklo_epi64(even, odd);
        words[k + 1] = _mm256_unpackhi_epi64(even, odd);
    }
}
inline void store_two(__m256i pair, std::uint64_t* low, std::uint64_t* high) {
    _mm_storeu_si128(reinterpret_cast<__m128i*>(low), _mm256_castsi256_si128(pair));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(high), _mm256_extracti128_si256(pair, 1));
}
template <std::size_t count>
inline void scatter(const Word* words, std::uint64_t* const* to) {
#pragma GCC unroll 10
    for (std::size_t k = 0; k < count; k += 2) {
        store_two(_mm256_unpacklo_epi64(words[k], words[k + 1]), to[0] + k, to[2] + k);
        store_two(_mm256_unpackhi_epi64(words[k], words[k + 1]), to[1] + k, to[3] + k);
    }
}

// A word of 51 bits is a limb of 26 bits and one of 25.
inline F unpack(const Word* words) {
    const __m256i m26 = splat((1u << 26) - 1);
    F r;
#pragma GCC unroll 5
    for (std::size_t k = 0; k < 5; ++k) {
        r.v[2 * k] = _mm256_and_si256(words[k], m26);
        r.v[2 * k + 1] = _mm256_srli_epi64(words[k], 26);
    }
    return r;
}
inline void pack(const F& a, Word* words) {
#pragma GCC unroll 5
    for (std::size_t k = 0; k < 5; ++k) words[k] = _mm256_add_epi64(a.v[2 * k], _mm256_slli_epi64(a.v[2 * k + 1], 26));
}

inline F add(const F& a, const F& b) {
    F r;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) r.v[k] = _mm256_add_epi64(a.v[k], b.v[k]);
    return r;
}

// a + 2p - b; b at most 2p limb by limb.
inline F sub(const F& a, const F& b) {
    const __m256i p0 = splat((1u << 27) - 38), even = splat((1u << 27) - 2), odd = splat((1u << 26) - 2);
    F r;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k)
        r.v[k] = _mm256_sub_epi64(_mm256_add_epi64(a.v[k], k == 0 ? p0 : k % 2 == 0 ? even : odd), b.v[k]);
    return r;
}

inline const F& carry(const F& a) { return a; }

// One parallel pass.
inline F carry_wide(const F& a) {
    const __m256i m26 = splat((1u << 26) - 1), m25 = splat((1u << 25) - 1);
    F c, r;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) c.v[k] = _mm256_srli_epi64(a.v[k], k % 2 == 0 ? 26 : 25);
    r.v[0] = _mm256_add_epi64(_mm256_and_si256(a.v[0], m26), _mm256_mul_epu32(c.v[9], splat(19)));
#pragma GCC unroll 9
    for (std::size_t k = 1; k < 10; ++k) r.v[k] = _mm256_add_epi64(_mm256_and_si256(a.v[k], k % 2 == 0 ? m26 : m25), c.v[k - 1]);
    return r;
}
inline F tidy(const F& a) { return carry_wide(a); }

// From sums below 2^64 to "1": two chains of carries side by side.
inline F reduce(__m256i* h) {
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
    F r;
    for (std::size_t k = 0; k < 10; ++k) r.v[k] = h[k];
    return r;
}

// Column by column: one accumulator, f in registers, the multiples of g that a column needs read from memory. (Row by row, the
// ten accumulators and ten factors overflow the sixteen registers.)
struct Multiples {
    __m256i one[10], two[10], nineteen[10], thirty_eight[10];  // `two` and `thirty_eight` of odd limbs only
};

template <std::size_t k>
inline __m256i column(const F& f, const Multiples& g) {
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

__attribute__((noinline)) F mul(const F& f_in, const F& g_in) {
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
    const F f = f_in;
    __m256i h[10] = {column<0>(f, g), column<1>(f, g), column<2>(f, g), column<3>(f, g), column<4>(f, g),
                     column<5>(f, g), column<6>(f, g), column<7>(f, g), column<8>(f, g), column<9>(f, g)};
    return reduce(h);
}

// The same over the 55 different products: 2 for a pair, 2 more for two odd limbs, 19 for a pair that wraps.
struct SquareMultiples {
    __m256i two[10], nineteen[10], thirty_eight[10];  // the latter two of the upper limbs only
};

template <std::size_t k>
inline __m256i square_column(const F& f, const SquareMultiples& g) {
    asm volatile("" : : "r"(&g) : "memory");  // as above
    __m256i sum = _mm256_setzero_si256();
#pragma GCC unroll 10
    for (std::size_t i = 0; i < 10; ++i) {
        const std::size_t j = (k + 10 - i) % 10;
        if (i > j) continue;
        const bool wraps = i + j >= 10, odd = i % 2 == 1 && j % 2 == 1;
        // 1, 2 or 4 times the product. The squared sum x + y is a "2": 38 times an even limb of it has no room in 32 bits.
        const int factor = (i == j ? 1 : 2) * (odd ? 2 : 1);
        const bool left_twice = factor == 4 || (factor == 2 && wraps && !odd),
                   right_twice = factor == 4 || (factor == 2 && !left_twice);
        const __m256i left = left_twice ? g.two[i] : f.v[i];
        const __m256i right = wraps ? (right_twice ? g.thirty_eight[j] : g.nineteen[j]) : (right_twice ? g.two[j] : f.v[j]);
        sum = _mm256_add_epi64(sum, _mm256_mul_epu32(left, right));
    }
    return sum;
}

__attribute__((noinline)) F sq(const F& f_in) {
    const __m256i factor = splat(19);
    SquareMultiples g;
#pragma GCC unroll 10
    for (std::size_t k = 0; k < 10; ++k) {
        g.two[k] = _mm256_add_epi64(f_in.v[k], f_in.v[k]);
        if (k >= 5) {
            g.nineteen[k] = _mm256_mul_epu32(f_in.v[k], factor);
            g.thirty_eight[k] = _mm256_add_epi64(g.nineteen[k], g.nineteen[k]);
        }
    }
    const F f = f_in;
    __m256i h[10] = {square_column<0>(f, g), square_column<1>(f, g), square_column<2>(f, g), square_column<3>(f, g),
                     square_column<4>(f, g), square_column<5>(f, g), square_column<6>(f, g), square_column<7>(f, g),
                     square_column<8>(f, g), square_column<9>(f, g)};
    return reduce(h);
}

#include "crypto/ed25519/lanes.inl"

bool is_supported() { return __builtin_cpu_supports("avx2"); }

}  // namespace

const Engine k_avx2_engine{"avx2",         is_supported,  k_lanes,     fill_powers, open_buckets,
                           put_in_buckets, weigh_buckets, sum_entries, raise_roots};

}  // namespace crypto::ed25519

#pragma GCC pop_options

#else

namespace crypto::ed25519 {
const Engine k_avx2_engine{"avx2", [] { return false; }, 1, nullptr, nullptr, nullptr, nullptr, nullptr, nullptr};
}

#endif
