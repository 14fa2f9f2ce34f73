// SPDX-License-Identifier: AGPL-3.0-or-later
// Many multiplications of public points at once, for verification: one doubling chain per point shared by all its scalars and
// by the subgroup test (Yao's buckets), and combs for points that stay. Variable time. Three engines with one meaning, chosen at
// run time: plain C++, four AVX2 lanes, eight IFMA lanes, each lane a job of its own. ed25519/point.hpp is the reference they are
// compared with. What to add to what is planned here, once for all; an engine only adds.
#pragma once

#include <array>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "crypto/ed25519/point.hpp"

namespace crypto::ed25519 {

// products[k] = scalars[k] * base; scalars below 2^253. `is_member` is written when `test_membership` is set.
struct ChainTask {
    Point base;
    std::vector<Limbs> scalars;
    bool test_membership = false;

    std::vector<Point> products = {};
    bool is_member = false;
};

// y-x, y+x and 2dxy of a point, and a word to fill two cache lines.
struct alignas(64) CombEntry {
    std::uint64_t word[16];
};

// A comb: for each of the ceil(256 / width) signed digits, the multiples 1 .. 2^(width-1) of 2^(width i) base.
struct Comb {
    unsigned width = 0;
    std::vector<CombEntry> table;
};
Comb make_comb(const Point& base, unsigned width);  // width 3 .. 10

struct CombTerm {
    const Comb* comb;
    Limbs scalar;
};

// sum = start + the terms.
struct CombSum {
    Point start;
    std::array<CombTerm, 2> terms;
    std::size_t count;

    Point sum = {};
};

// Signed digits in radix 2^width, low first: values 1 - 2^(width-1) .. 2^(width-1), for a number below 2^255.
struct Digits {
    std::int16_t digit[86];
    std::size_t count;
};
Digits signed_digits(const Limbs& s, unsigned width);

inline constexpr std::size_t k_max_lanes = 8, k_powers = 64, k_buckets = 8;
// A point or an addend in memory: its four field elements, each five limbs of 51 bits and at most 2^52.
inline constexpr std::size_t k_point_words = 20;

// For each lane: an addend, taken negative where the mask is all ones, and the point that it goes to.
struct Step {
    const std::uint64_t* addend[k_max_lanes];
    std::uint64_t* bucket[k_max_lanes];
    alignas(64) std::uint64_t mask[k_max_lanes];
};

// The functions of an engine touch no container: what is compiled for a newer processor must stay in its own file. Arrays have
// an element per lane.
struct Engine {
    std::string_view name;
    bool (*is_supported)();
    std::size_t lanes;
    // The addends 16^i base, i = 0 .. 63.
    void (*raw_powers)(const std::uint64_t* const* bases, std::uint64_t* const* powers);
    // bucket = addend, bucket += addend.
    void (*raw_open)(const Step* steps, std::size_t count);
    void (*raw_put)(const Step* steps, std::size_t count);
    // The sum of (j+1) buckets[j].
    void (*raw_weigh)(const std::uint64_t* const* buckets, std::uint64_t* const* products);
    // sum += every addend, which are comb entries.
    void (*raw_sum)(std::uint64_t* const* sums, const Step* steps, std::size_t count);
    void (*raw_roots)(Field* values, std::size_t count);  // each to the power (p-5)/8

    void run_chains(ChainTask* tasks, std::size_t count) const;
    void sum_combs(std::vector<CombSum>& sums) const;
};

extern const Engine k_plain_engine, k_avx2_engine, k_ifma_engine;

// The best one supported here; PORTAIL_ED25519_ENGINE (plain, avx2, ifma) asks for another, for tests and measurements.
const Engine& engine();

}  // namespace crypto::ed25519
