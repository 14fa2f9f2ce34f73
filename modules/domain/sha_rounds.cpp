// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/sha_rounds.hpp"

#include <openssl/crypto.h>

#include "util/ensure.hpp"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace domain {

#if defined(__x86_64__)

namespace {

#define PORTAIL_SHA __attribute__((target("sha,sse4.1")))

alignas(16) constexpr std::uint32_t k_sha_constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
    0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc,
    0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147,
    0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08,
    0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208,
    0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

// A state as sha256rnds2 wants it (A B E F and C D G H), and as words in order.
struct State {
    __m128i abef, cdgh;
};
struct Words {
    __m128i low, high;
};

PORTAIL_SHA inline State state_of(const std::array<std::uint32_t, 8>& words) {
    const __m128i low = _mm_shuffle_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(words.data())), 0xB1);
    const __m128i high = _mm_shuffle_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(words.data() + 4)), 0x1B);
    return {_mm_alignr_epi8(low, high, 8), _mm_blend_epi16(high, low, 0xF0)};
}
PORTAIL_SHA inline Words words_of(State state) {
    const __m128i feba = _mm_shuffle_epi32(state.abef, 0x1B), dchg = _mm_shuffle_epi32(state.cdgh, 0xB1);
    return {_mm_blend_epi16(feba, dchg, 0xF0), _mm_alignr_epi8(dchg, feba, 8)};
}

// One block each: a digest and the padding of a message of one block and one digest.
template <int lanes>
PORTAIL_SHA inline void compress(const State (&from)[lanes], Words (&digest)[lanes]) {
    State state[lanes];
    __m128i message[lanes][4];
#pragma GCC unroll 2
    for (int lane = 0; lane < lanes; ++lane) {
        state[lane] = from[lane];
        message[lane][0] = digest[lane].low;
        message[lane][1] = digest[lane].high;
        message[lane][2] = _mm_set_epi32(0, 0, 0, static_cast<int>(0x80000000));
        message[lane][3] = _mm_set_epi32((64 + 32) * 8, 0, 0, 0);
    }
#pragma GCC unroll 16
    for (int four = 0; four < 16; ++four) {
        const __m128i constants = _mm_load_si128(reinterpret_cast<const __m128i*>(k_sha_constants) + four);
#pragma GCC unroll 2
        for (int lane = 0; lane < lanes; ++lane) {
            __m128i(&m)[4] = message[lane];
            const int now = four % 4, after = (four + 1) % 4, later = (four + 2) % 4, before = (four + 3) % 4;
            if (four >= 4)
                m[now] = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(m[now], m[after]),
                                                            _mm_alignr_epi8(m[before], m[later], 4)),
                                              m[before]);
            const __m128i words = _mm_add_epi32(m[now], constants);
            state[lane].cdgh = _mm_sha256rnds2_epu32(state[lane].cdgh, state[lane].abef, words);
            state[lane].abef = _mm_sha256rnds2_epu32(state[lane].abef, state[lane].cdgh, _mm_shuffle_epi32(words, 0x0E));
        }
    }
#pragma GCC unroll 2
    for (int lane = 0; lane < lanes; ++lane)
        digest[lane] =
            words_of({_mm_add_epi32(state[lane].abef, from[lane].abef), _mm_add_epi32(state[lane].cdgh, from[lane].cdgh)});
}

template <int lanes>
PORTAIL_SHA void run(std::span<ShaRounds* const> all, unsigned rounds) {
    State inner[lanes], outer[lanes];
    Words digest[lanes], sum[lanes];
    const auto load = [](const std::array<std::uint32_t, 8>& words) PORTAIL_SHA {
        return Words{_mm_loadu_si128(reinterpret_cast<const __m128i*>(words.data())),
                     _mm_loadu_si128(reinterpret_cast<const __m128i*>(words.data() + 4))};
    };
    const auto store = [](std::array<std::uint32_t, 8>& words, Words from) PORTAIL_SHA {
        _mm_storeu_si128(reinterpret_cast<__m128i*>(words.data()), from.low);
        _mm_storeu_si128(reinterpret_cast<__m128i*>(words.data() + 4), from.high);
    };
    for (int lane = 0; lane < lanes; ++lane) {
        inner[lane] = state_of(all[static_cast<std::size_t>(lane)]->inner);
        outer[lane] = state_of(all[static_cast<std::size_t>(lane)]->outer);
        digest[lane] = load(all[static_cast<std::size_t>(lane)]->digest);
        sum[lane] = load(all[static_cast<std::size_t>(lane)]->sum);
    }
    for (unsigned round = 0; round < rounds; ++round) {
        compress<lanes>(inner, digest);
        compress<lanes>(outer, digest);
        for (int lane = 0; lane < lanes; ++lane)
            sum[lane] = {_mm_xor_si128(sum[lane].low, digest[lane].low), _mm_xor_si128(sum[lane].high, digest[lane].high)};
    }
    for (int lane = 0; lane < lanes; ++lane) {
        store(all[static_cast<std::size_t>(lane)]->digest, digest[lane]);
        store(all[static_cast<std::size_t>(lane)]->sum, sum[lane]);
    }
    // What the compiler kept of them on the stack.
    OPENSSL_cleanse(inner, sizeof inner);
    OPENSSL_cleanse(outer, sizeof outer);
    OPENSSL_cleanse(digest, sizeof digest);
    OPENSSL_cleanse(sum, sizeof sum);
}

}  // namespace

bool has_sha_instructions() {
    static const bool has = [] {
        unsigned a = 0, b = 0, c = 0, d = 0;
        if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & bit_SSE4_1) == 0 || (c & bit_SSSE3) == 0) return false;
        constexpr unsigned k_sha_bit = 1u << 29;
        return __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & k_sha_bit) != 0;
    }();
    return has;
}

void run_sha_rounds(std::span<ShaRounds* const> lanes, unsigned rounds) {
    ENSURE(lanes.size() == 1 || lanes.size() == 2);
    if (lanes.size() == 1) run<1>(lanes, rounds);
    else run<2>(lanes, rounds);
}

#else

bool has_sha_instructions() { return false; }
void run_sha_rounds(std::span<ShaRounds* const>, unsigned) { ENSURE(has_sha_instructions()); }

#endif

}  // namespace domain
