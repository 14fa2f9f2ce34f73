// SPDX-License-Identifier: AGPL-3.0-or-later
// The plain engine, and the choice among engines.
#include "crypto/ed25519_engine.hpp"

#include <cstring>

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

void Engine::run_chains(ChainTask* tasks, std::size_t count) const {
    for (std::size_t i = 0; i < count; ++i) tasks[i].products.resize(tasks[i].scalars.size());
    raw_chains(tasks, count);
}

Comb Engine::make_comb(const Point& base, unsigned width) const {
    ENSURE(width >= 3 && width <= 10);
    Comb comb;
    comb.width = width;
    comb.table.resize((256 + width - 1) / width * (std::size_t{1} << (width - 1)) * comb_words);
    raw_comb(base, width, comb.table.data());
    return comb;
}

namespace {

// Sum of j * bucket[j-1] by running sums. Empty buckets are the identity.
Point weigh(const std::array<Point, 8>& buckets) {
    Point running = buckets[7], sum = running;
    for (std::size_t j = 7; j-- > 0;) {
        running = running + buckets[j];
        sum = sum + running;
    }
    return sum;
}

void run_chain(ChainTask& task) {
    const std::size_t count = task.scalars.size() + (task.test_membership ? 1 : 0);
    std::vector<Digits> digits;
    for (const auto& s : task.scalars) digits.push_back(signed_digits(s, 4));
    if (task.test_membership) digits.push_back(signed_digits(k_l, 4));
    std::vector<std::array<Point, 8>> buckets(count);
    Point power = task.base;  // 16^i base
    for (std::size_t i = 0; i < 64; ++i) {
        if (i != 0) power = twice(twice(twice(twice(power))));
        const Addend plus = addend(power), minus = negative(plus);
        for (std::size_t k = 0; k < count; ++k) {
            const int digit = digits[k].digit[i];
            if (digit == 0) continue;
            auto& bucket = buckets[k][static_cast<std::size_t>(std::abs(digit)) - 1];
            bucket = bucket + (digit > 0 ? plus : minus);
        }
    }
    for (std::size_t k = 0; k < task.scalars.size(); ++k) task.products[k] = weigh(buckets[k]);
    if (task.test_membership) task.is_member = is_identity(weigh(buckets.back()));
}

void run_chains(ChainTask* tasks, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) run_chain(tasks[i]);
}

constexpr std::size_t k_words = sizeof(Addend) / sizeof(std::uint32_t);

void fill_comb(const Point& base, unsigned width, std::uint32_t* table) {
    const std::size_t rows = (256 + width - 1) / width, columns = std::size_t{1} << (width - 1);
    Point power = base;
    for (std::size_t i = 0; i < rows; ++i) {
        const Addend step = addend(power);
        Point multiple = power;
        for (std::size_t j = 0; j < columns; ++j) {
            const Addend entry = addend(multiple);
            std::memcpy(table + (i * columns + j) * k_words, &entry, sizeof entry);
            if (j + 1 < columns) multiple = multiple + step;
        }
        power = twice(multiple);
    }
}

Point sum_combs(const Point& start, const CombTerm* terms, std::size_t count) {
    Point sum = start;
    for (std::size_t t = 0; t < count; ++t) {
        const auto& [comb, scalar] = terms[t];
        const auto digits = signed_digits(scalar, comb->width);
        const std::size_t columns = std::size_t{1} << (comb->width - 1);
        for (std::size_t i = 0; i < digits.count; ++i) {
            const int digit = digits.digit[i];
            if (digit == 0) continue;
            Addend entry;
            const auto column = static_cast<std::size_t>(std::abs(digit)) - 1;
            std::memcpy(static_cast<void*>(&entry), &comb->table[(i * columns + column) * k_words], sizeof entry);
            sum = sum + (digit > 0 ? entry : negative(entry));
        }
    }
    return sum;
}

void raise_roots(Field* values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) values[i] = power_p58(values[i]);
}

bool always() { return true; }

}  // namespace

const Engine k_plain_engine{"plain", always, k_words, run_chains, fill_comb, sum_combs, raise_roots};

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
