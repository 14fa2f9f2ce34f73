// SPDX-License-Identifier: AGPL-3.0-or-later
// What to add to what, lane by lane, for every engine; the plain engine; the choice among engines.
//
// Chains (run_chains), for points met once: Yao's method with signed digits, in Pippenger's buckets. A scalar is the sum of
// d_i 16^i with d_i in -7..8.
//   1. powers   16^i P for i = 0..63, once per point: 252 doublings, shared by all its scalars and by the subgroup test l P;
//   2. buckets  B_j = sum of the +-16^i P with |d_i| = j, for j = 1..8: some 52 additions per scalar, no doubling;
//   3. weights  s P = sum of j B_j, by running sums: R = S = B_8, then for j = 7..1: R += B_j, S += R: 14 additions.
// Combs (sum_combs), for bases that stay (g, the election's key): the fixed-base windows of Brickell, Gordon, McCurley and Wilson. A
// table holds d 2^(w i) B for every place i and d = 1..2^(w-1); a product is one addition per digit, a negative digit the negative
// entry. Entries are affine, made with one inversion a row (Montgomery's trick: invert the product, then peel off factors).
// Lanes: each does a job of its own, step by step beside the others; the shorter ones add the neutral element at the end (lanes.hpp).
#include "crypto/ed25519/engine.hpp"

#include <algorithm>
#include <memory>

#include "crypto/lanes.hpp"
#include "util/ensure.hpp"

namespace crypto::ed25519 {

Digits signed_digits(const Limbs& s, unsigned width) {
    Digits digits;
    digits.count = (256 + width - 1) / width;
    int carry = 0;
    for (std::size_t i = 0; i < digits.count; ++i) {
        const std::size_t bit = i * width, limb = bit / 64, shift = bit % 64;
        std::uint64_t bits = s[limb] >> shift;
        if (shift + width > 64 && limb < 3) bits |= s[limb + 1] << (64 - shift);
        const int digit = static_cast<int>(bits & ((1u << width) - 1)) + carry;
        carry = digit > (1 << (width - 1)) ? 1 : 0;
        digits.digit[i] = static_cast<std::int16_t>(digit - (carry << width));
    }
    ENSURE(carry == 0);
    return digits;
}

namespace {

using PointWords = std::array<std::uint64_t, k_point_words>;

PointWords to_words(const Point& p) {
    PointWords words;
    std::size_t at = 0;
    for (const Field* f : {&p.x, &p.y, &p.z, &p.t})
        for (const std::uint64_t limb : tidy(*f).limb) words[at++] = limb;
    return words;
}

Point to_point(const PointWords& words) {
    Point p;
    std::size_t at = 0;
    for (Field* f : {&p.x, &p.y, &p.z, &p.t})
        for (std::uint64_t& limb : f->limb) limb = words[at++];
    return p;
}

// The identity: what lanes with nothing to add take.
constexpr PointWords k_zero_addend{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 2};
constexpr CombEntry k_zero_entry{{1, 0, 0, 0, 0, 1}};

constexpr std::size_t k_chain_words = k_powers * k_point_words;

// One product of a chain. The first digit of each size opens its bucket, the others are added.
struct Product {
    const std::uint64_t* powers;
    Digits digits;
    Point* result;
    bool* is_identity;  // when asked for instead of the result
    std::uint8_t opening[k_buckets];
    std::size_t additions = 0;

    static constexpr std::uint8_t k_none = 255;

    Product(const std::uint64_t* chain, const Digits& radix_16, Point* point, bool* identity)
        : powers(chain), digits(radix_16), result(point), is_identity(identity) {
        std::fill(std::begin(opening), std::end(opening), k_none);
        for (std::size_t i = 0; i < k_powers; ++i) {
            if (digits.digit[i] == 0) continue;
            std::uint8_t& first = opening[bucket(i)];
            if (first == k_none) first = static_cast<std::uint8_t>(i);
            else ++additions;
        }
    }
    std::size_t bucket(std::size_t i) const { return static_cast<std::size_t>(std::abs(digits.digit[i])) - 1; }
};

void set(Step& step, std::size_t lane, const std::uint64_t* addend, bool negative, std::uint64_t* bucket) {
    step.addend[lane] = addend;
    step.mask[lane] = negative ? ~std::uint64_t{0} : 0;
    step.bucket[lane] = bucket;
}

// As many products as there are lanes, at most; the first has the most additions.
void run_products(const Engine& engine, std::span<Product* const> products) {
    const std::size_t count = products.size();
    alignas(64) std::uint64_t buckets[k_max_lanes][k_buckets * k_point_words];
    Step opens[k_buckets], puts[k_powers];
    const std::uint64_t* weighed[k_max_lanes];
    std::uint64_t* places[k_max_lanes];
    PointWords results[k_max_lanes];
    const std::size_t additions = products[0]->additions;
    for (std::size_t lane = 0; lane < engine.lanes; ++lane) {
        const Product& p = *products[lane < count ? lane : 0];
        std::uint64_t* own = buckets[lane];
        const auto put = [&](Step& step, std::size_t i) {
            set(step, lane, p.powers + i * k_point_words, p.digits.digit[i] < 0, own + p.bucket(i) * k_point_words);
        };
        for (std::size_t j = 0; j < k_buckets; ++j) {
            if (p.opening[j] == Product::k_none) set(opens[j], lane, k_zero_addend.data(), false, own + j * k_point_words);
            else put(opens[j], p.opening[j]);
        }
        std::size_t at = 0;
        for (std::size_t i = 0; i < k_powers; ++i)
            if (p.digits.digit[i] != 0 && p.opening[p.bucket(i)] != i) put(puts[at++], i);
        for (; at < additions; ++at) set(puts[at], lane, k_zero_addend.data(), false, own);
        weighed[lane] = own;
        places[lane] = results[lane].data();
    }
    engine.raw_open(opens, k_buckets);
    engine.raw_put(puts, additions);
    engine.raw_weigh(weighed, places);
    for (std::size_t lane = 0; lane < count; ++lane) {
        const Point point = to_point(results[lane]);
        if (products[lane]->is_identity != nullptr) *products[lane]->is_identity = is_identity(point);
        else *products[lane]->result = point;
    }
}

}  // namespace

void Engine::run_chains(ChainTask* tasks, std::size_t count) const {
    std::size_t total = 0;
    for (std::size_t i = 0; i < count; ++i) {
        tasks[i].products.resize(tasks[i].scalars.size());
        total += tasks[i].scalars.size() + (tasks[i].test_membership ? 1 : 0);
    }
    // A last chain with one scalar would leave all other lanes empty: cheaper by itself.
    if (lanes > 1 && count % lanes == 1 && tasks[count - 1].scalars.size() == 1 && !tasks[count - 1].test_membership) {
        --count, --total;
        tasks[count].products[0] = multiply_var(tasks[count].scalars[0], tasks[count].base);
    }
    const auto powers = std::make_unique_for_overwrite<std::uint64_t[]>(count * k_chain_words);
    for (std::size_t at = 0; at < count; at += lanes) {
        PointWords words[k_max_lanes];
        const std::uint64_t* bases[k_max_lanes];
        std::uint64_t* chains[k_max_lanes];
        for (std::size_t lane = 0; lane < lanes; ++lane) {
            const std::size_t i = std::min(at + lane, count - 1);  // lanes without a task do the last one again
            words[lane] = to_words(tasks[i].base);
            bases[lane] = words[lane].data();
            chains[lane] = powers.get() + i * k_chain_words;
        }
        raw_powers(bases, chains);
    }

    static const Digits l_digits = signed_digits(k_l, 4);
    std::vector<Product> products;
    products.reserve(total);
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint64_t* chain = powers.get() + i * k_chain_words;
        for (std::size_t k = 0; k < tasks[i].scalars.size(); ++k)
            products.emplace_back(chain, signed_digits(tasks[i].scalars[k], 4), &tasks[i].products[k], nullptr);
        if (tasks[i].test_membership) products.emplace_back(chain, l_digits, nullptr, &tasks[i].is_member);
    }
    run_in_batches(
        products, lanes, [](const Product& product) { return product.additions; },
        [this](std::span<Product* const> batch) { run_products(*this, batch); });
}

void Engine::sum_combs(std::vector<CombSum>& sums) const {
    Step steps[2 * 86];
    run_in_batches(
        sums, lanes, [](const CombSum& sum) { return sum.count; },
        [&](std::span<CombSum* const> batch) {
            PointWords words[k_max_lanes];
            std::uint64_t* places[k_max_lanes];
            std::size_t ends[k_max_lanes] = {}, longest = 0;
            for (std::size_t lane = 0; lane < lanes; ++lane) {
                const bool any = lane < batch.size();
                places[lane] = words[lane].data();
                words[lane] = to_words(any ? batch[lane]->start : Point{});
                for (std::size_t t = 0; any && t < batch[lane]->count; ++t) {
                    const auto& [comb, scalar] = batch[lane]->terms[t];
                    const Digits digits = signed_digits(scalar, comb->width);
                    const CombEntry* row = comb->table.data();
                    for (std::size_t i = 0; i < digits.count; ++i, row += std::size_t{1} << (comb->width - 1))
                        if (const int digit = digits.digit[i]; digit != 0)
                            set(steps[ends[lane]++], lane, row[std::abs(digit) - 1].word, digit < 0, nullptr);
                }
                longest = std::max(longest, ends[lane]);
            }
            for (std::size_t lane = 0; lane < lanes; ++lane)
                while (ends[lane] < longest) set(steps[ends[lane]++], lane, k_zero_entry.word, false, nullptr);
            raw_sum(places, steps, longest);
            for (std::size_t lane = 0; lane < batch.size(); ++lane) batch[lane]->sum = to_point(words[lane]);
        });
}

// Row by row, with one inversion for each (Montgomery's trick).
Comb make_comb(const Point& base, unsigned width) {
    ENSURE(width >= 3 && width <= 10);
    const std::size_t rows = (256 + width - 1) / width, columns = std::size_t{1} << (width - 1);
    Comb comb{width, std::vector<CombEntry>(rows * columns)};
    std::vector<Point> multiples(columns);
    std::vector<Field> before(columns);
    Point power = base;
    for (std::size_t i = 0; i < rows; ++i) {
        const Addend step = addend(power);
        Field product = field_from(1);
        for (std::size_t j = 0; j < columns; ++j) {
            multiples[j] = j == 0 ? power : multiples[j - 1] + step;
            before[j] = product;
            product = product * multiples[j].z;
        }
        Field inverse = invert(product);
        for (std::size_t j = columns; j-- > 0;) {
            const Field z_inverse = inverse * before[j];
            inverse = inverse * multiples[j].z;
            const Field x = multiples[j].x * z_inverse, y = multiples[j].y * z_inverse;
            std::size_t at = 0;
            for (const Field& f : {tidy(y - x), tidy(y + x), x * y * k_2d})
                for (const std::uint64_t limb : f.limb) comb.table[i * columns + j].word[at++] = limb;
        }
        power = twice(multiples.back());
    }
    return comb;
}

// --- The plain engine: one lane, the arithmetic of ed25519/field.hpp ------------------------------------------------------
namespace {

constexpr std::size_t k_lanes = 1;
using Word = std::uint64_t;
using F = Field;

Word splat(std::uint64_t value) { return value; }
Word bit_and(Word a, Word b) { return a & b; }
Word bit_xor(Word a, Word b) { return a ^ b; }
Word subtract(Word a, Word b) { return a - b; }
Word load_mask(const std::uint64_t* mask) { return *mask; }
template <std::size_t count>
void gather(const std::uint64_t* const* from, Word* words) {
    for (std::size_t k = 0; k < count; ++k) words[k] = from[0][k];
}
template <std::size_t count>
void scatter(const Word* words, std::uint64_t* const* to) {
    for (std::size_t k = 0; k < count; ++k) to[0][k] = words[k];
}
F unpack(const Word* w) { return {{w[0], w[1], w[2], w[3], w[4]}}; }
void pack(const F& a, Word* words) {
    for (std::size_t k = 0; k < 5; ++k) words[k] = a.limb[k];
}
F mul(const F& a, const F& b) { return a * b; }
F sq(const F& a) { return square(a); }
F add(const F& a, const F& b) { return a + b; }
F sub(const F& a, const F& b) { return a - b; }
const F& carry(const F& a) { return a; }
const F& carry_wide(const F& a) { return a; }

#include "crypto/ed25519/lanes.inl"

bool always() { return true; }

}  // namespace

const Engine k_plain_engine{"plain",        always,        k_lanes,     fill_powers, open_buckets,
                            put_in_buckets, weigh_buckets, sum_entries, raise_roots};

const Engine& engine() {
    static const Engine& chosen = []() -> const Engine& {
        const char* asked = std::getenv("PORTAIL_ED25519_ENGINE");
        for (const Engine* candidate : {&k_ifma_engine, &k_avx2_engine, &k_plain_engine})
            if (candidate->is_supported() && (asked == nullptr || candidate->name == asked)) return *candidate;
        return k_plain_engine;
    }();
    return chosen;
}

}  // namespace crypto::ed25519
