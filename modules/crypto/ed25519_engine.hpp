// SPDX-License-Identifier: AGPL-3.0-or-later
// Many multiplications of public points at once, for verification: one doubling chain per point shared by all its scalars and
// by the subgroup test (Yao's buckets), and combs for points that stay. Variable time. Three engines with one meaning: plain
// C++, and four AVX2 or IFMA lanes, chosen at run time; ed25519_point.hpp is the reference they are compared with.
#pragma once

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <vector>

#include "crypto/ed25519_point.hpp"

namespace crypto::ed25519 {

// products[k] = scalars[k] * base; scalars below 2^253. `is_member` is written when `test_membership` is set.
struct ChainTask {
    Point base;
    std::vector<Limbs> scalars;
    bool test_membership = false;

    std::vector<Point> products = {};
    bool is_member = false;
};

// A comb: for each of the ceil(256 / width) signed digits, the multiples 1 .. 2^(width-1) of 2^(width i) base, in the form of
// the engine that built it.
struct Comb {
    unsigned width = 0;
    std::vector<std::uint32_t> table;  // engines align by themselves
};

struct CombTerm {
    const Comb* comb;
    Limbs scalar;
};

// Signed digits in radix 2^width, low first: values -2^(width-1) .. 2^(width-1), for a number below 2^255.
struct Digits {
    std::int16_t digit[86];
    std::size_t count;
};
Digits signed_digits(const Limbs& s, unsigned width);

// The functions of an engine touch no container: what is compiled for a newer processor must stay in its own file.
struct Engine {
    std::string_view name;
    bool (*is_supported)();
    std::size_t comb_words;  // 32-bit words of an entry
    void (*raw_chains)(ChainTask* tasks, std::size_t count);  // `products` have their size already
    void (*raw_comb)(const Point& base, unsigned width, std::uint32_t* table);
    Point (*raw_sum)(const Point& start, const CombTerm* terms, std::size_t count);
    void (*raw_roots)(Field* values, std::size_t count);  // each to the power (p-5)/8

    void run_chains(ChainTask* tasks, std::size_t count) const;
    Comb make_comb(const Point& base, unsigned width) const;  // width 3 .. 10
    // start + the terms
    Point sum_combs(const Point& start, const CombTerm* terms, std::size_t count) const { return raw_sum(start, terms, count); }
};

extern const Engine k_plain_engine, k_avx2_engine, k_ifma_engine;

// The best one supported here; PORTAIL_ED25519_ENGINE (plain, avx2, ifma) asks for another, for tests and measurements.
const Engine& engine();

}  // namespace crypto::ed25519
