// SPDX-License-Identifier: AGPL-3.0-or-later
// The choice of an engine, and what engines need that is not arithmetic.
#include "crypto/prime/engine.hpp"

#include <bit>
#include <cstdlib>

namespace crypto::prime {

namespace {

// 64 bits from bit i on, zeros above bit 255.
std::uint64_t bits_from(const Limbs& s, std::size_t i) {
    const std::size_t limb = i / 64, shift = i % 64;
    const std::uint64_t lower = s[limb] >> shift;
    return shift != 0 && limb < 3 ? lower | s[limb + 1] << (64 - shift) : lower;
}

// Calls take(position, digit) for windows of `width` bits that begin at a set bit, so that the digits are odd.
template <class Take>
void for_windows(const Limbs& s, std::size_t width, Take take) {
    for (std::size_t i = 0; i < 256;) {
        const std::uint64_t bits = bits_from(s, i);
        if ((bits & 1) == 0) {
            i += bits == 0 ? 64 : static_cast<std::size_t>(std::countr_zero(bits));
            continue;
        }
        take(i, static_cast<std::size_t>(bits & ((1u << width) - 1)));
        i += width;
    }
}

Plan plan_windows(const Limbs& exponent, std::size_t width) {
    std::uint8_t number[32] = {};  // of windows by digit
    for_windows(exponent, width, [&](std::size_t, std::size_t digit) { ++number[digit]; });
    Plan plan;
    std::uint16_t* place[32];
    for (std::size_t digit = (std::size_t{1} << width) - 1;; digit -= 2) {
        place[digit] = plan.step + plan.count;
        plan.count += number[digit];
        if (digit == 1) break;
        if (plan.count != 0) plan.step[plan.count++] = Plan::k_collect;  // until then there is nothing to collect
    }
    for_windows(exponent, width,
                [&](std::size_t position, std::size_t digit) { *place[digit]++ = static_cast<std::uint16_t>(position); });
    return plan;
}

}  // namespace

Plan plan_power(const Limbs& exponent) {
    const Plan four = plan_windows(exponent, 4), five = plan_windows(exponent, 5);
    return five.count < four.count ? five : four;
}

const Engine* engine() {
    static const Engine* const chosen = []() -> const Engine* {
        const char* asked = std::getenv("PORTAIL_PRIME_ENGINE");
        for (const Engine* candidate : {&k_ifma_engine, &k_avx2_engine})
            if (candidate->is_supported() && (asked == nullptr || candidate->name == asked)) return candidate;
        return nullptr;
    }();
    return chosen;
}

}  // namespace crypto::prime
