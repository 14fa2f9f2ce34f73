// SPDX-License-Identifier: AGPL-3.0-or-later
// The field of 2^255 - 19 elements, five limbs of 51 bits: the readable reference that faster code is compared with.
// Straight-line arithmetic; only the tests at the end branch on values.
#pragma once

#include <array>
#include <cstdint>
#include <type_traits>

#include "crypto/limbs.hpp"

namespace crypto::ed25519 {

// Sum of limb[i] * 2^(51 i). Outputs of products have limbs below 2^51 + 2^13; sums and differences are left unreduced, and
// products take limbs up to 2^54.
struct Field {
    std::array<std::uint64_t, 5> limb{};
};

inline constexpr std::uint64_t k_mask51 = (std::uint64_t{1} << 51) - 1;

constexpr Field field_from(std::uint64_t small) { return Field{{small & k_mask51, small >> 51, 0, 0, 0}}; }

constexpr Field operator+(const Field& a, const Field& b) {
    Field c;
    for (std::size_t i = 0; i < 5; ++i) c.limb[i] = a.limb[i] + b.limb[i];
    return c;
}

// 4p is added first, so that limbs of b up to 2^53 - 76 leave no negative limb.
constexpr Field operator-(const Field& a, const Field& b) {
    constexpr std::uint64_t k_four_p0 = 4 * (k_mask51 - 18), k_four_p = 4 * k_mask51;
    Field c;
    c.limb[0] = a.limb[0] + k_four_p0 - b.limb[0];
    for (std::size_t i = 1; i < 5; ++i) c.limb[i] = a.limb[i] + k_four_p - b.limb[i];
    return c;
}

namespace detail {
// Sums below 2^115: the carries have one word.
constexpr Field carry(const std::array<Wide, 5>& sum) {
    Field r;
    std::uint64_t carried = 0;
    for (std::size_t i = 0; i < 5; ++i) {
        const Wide t = sum[i] + carried;
        r.limb[i] = static_cast<std::uint64_t>(t) & k_mask51;
        carried = static_cast<std::uint64_t>(t >> 51);
    }
    const std::uint64_t low = r.limb[0] + carried * 19;
    r.limb[0] = low & k_mask51;
    r.limb[1] += low >> 51;
    return r;
}
constexpr Wide wide(std::uint64_t a, std::uint64_t b) { return static_cast<Wide>(a) * b; }

// The sum of a column's products and of what was carried into it. In two words: g++ 12 makes of a 128-bit sum a third more
// instructions, and sends its carries through memory.
struct Column {
    std::uint64_t low = 0, high = 0;

    constexpr void add(std::uint64_t a, std::uint64_t b) {
#if defined(__x86_64__)
        if (!std::is_constant_evaluated()) {
            asm("mulq %3\n\taddq %%rax, %0\n\tadcq %%rdx, %1" : "+&r"(low), "+&r"(high), "+&a"(a) : "rm"(b) : "rdx", "cc");
            return;
        }
#endif
        const Wide sum = wide(a, b) + low;
        low = static_cast<std::uint64_t>(sum);
        high += static_cast<std::uint64_t>(sum >> 64);
    }
    // The column's limb; the carry stays for the next column.
    constexpr std::uint64_t take() {
        const std::uint64_t limb = low & k_mask51;
        low = low >> 51 | high << 13;
        high = 0;
        return limb;
    }
};
constexpr Field close(std::uint64_t r0, std::uint64_t r1, std::uint64_t r2, std::uint64_t r3, std::uint64_t r4, const Column& c) {
    r0 += 19 * c.low;
    return {{r0 & k_mask51, r1 + (r0 >> 51), r2, r3, r4}};
}
}  // namespace detail

constexpr Field operator*(const Field& a, const Field& b) {
    const auto [a0, a1, a2, a3, a4] = a.limb;
    const auto [b0, b1, b2, b3, b4] = b.limb;
    const std::uint64_t c1 = 19 * b1, c2 = 19 * b2, c3 = 19 * b3, c4 = 19 * b4;
    detail::Column c;
    c.add(a0, b0), c.add(a1, c4), c.add(a2, c3), c.add(a3, c2), c.add(a4, c1);
    const std::uint64_t r0 = c.take();
    c.add(a0, b1), c.add(a1, b0), c.add(a2, c4), c.add(a3, c3), c.add(a4, c2);
    const std::uint64_t r1 = c.take();
    c.add(a0, b2), c.add(a1, b1), c.add(a2, b0), c.add(a3, c4), c.add(a4, c3);
    const std::uint64_t r2 = c.take();
    c.add(a0, b3), c.add(a1, b2), c.add(a2, b1), c.add(a3, b0), c.add(a4, c4);
    const std::uint64_t r3 = c.take();
    c.add(a0, b4), c.add(a1, b3), c.add(a2, b2), c.add(a3, b1), c.add(a4, b0);
    const std::uint64_t r4 = c.take();
    return detail::close(r0, r1, r2, r3, r4, c);
}

constexpr Field square(const Field& a) {
    const auto [a0, a1, a2, a3, a4] = a.limb;
    const std::uint64_t d0 = 2 * a0, d1 = 2 * a1, d2 = 2 * a2, d3 = 2 * a3, e3 = 19 * a3, e4 = 19 * a4;
    detail::Column c;
    c.add(a0, a0), c.add(d1, e4), c.add(d2, e3);
    const std::uint64_t r0 = c.take();
    c.add(d0, a1), c.add(d2, e4), c.add(a3, e3);
    const std::uint64_t r1 = c.take();
    c.add(d0, a2), c.add(a1, a1), c.add(d3, e4);
    const std::uint64_t r2 = c.take();
    c.add(d0, a3), c.add(d1, a2), c.add(a4, e4);
    const std::uint64_t r3 = c.take();
    c.add(d0, a4), c.add(d1, a3), c.add(a2, a2);
    const std::uint64_t r4 = c.take();
    return detail::close(r0, r1, r2, r3, r4, c);
}

// The same value with limbs below 2^51 + 2^18, from limbs of any size.
constexpr Field tidy(const Field& a) {
    Field r;
    for (std::size_t i = 0; i < 5; ++i)
        r.limb[i] = (a.limb[i] & k_mask51) + (i == 0 ? 19 * (a.limb[4] >> 51) : a.limb[i - 1] >> 51);
    return r;
}

constexpr Field square_times(Field a, int count) {
    for (int i = 0; i < count; ++i) a = square(a);
    return a;
}

namespace detail {
// a^(2^250 - 1), the common part of the two powers below, and a^11.
constexpr Field power_250(const Field& a, Field& a11) {
    const Field a2 = square(a), a9 = square_times(a2, 2) * a;
    a11 = a9 * a2;
    const Field x5 = square(a11) * a9;  // 2^5 - 1
    const Field x10 = square_times(x5, 5) * x5;
    const Field x20 = square_times(x10, 10) * x10;
    const Field x40 = square_times(x20, 20) * x20;
    const Field x50 = square_times(x40, 10) * x10;
    const Field x100 = square_times(x50, 50) * x50;
    const Field x200 = square_times(x100, 100) * x100;
    return square_times(x200, 50) * x50;
}
}  // namespace detail

// a^(p-2): the inverse, 0 for 0.
constexpr Field invert(const Field& a) {
    Field a11;
    const Field t = detail::power_250(a, a11);
    return square_times(t, 5) * a11;
}

// a^((p-5)/8), for square roots.
constexpr Field power_p58(const Field& a) {
    Field a11;
    const Field t = detail::power_250(a, a11);
    return square_times(t, 2) * a;
}

// The canonical value in [0, p), little-endian words.
constexpr Limbs to_limbs(const Field& a) {
    Field r = detail::carry({a.limb[0], a.limb[1], a.limb[2], a.limb[3], a.limb[4]});
    r = detail::carry({r.limb[0], r.limb[1], r.limb[2], r.limb[3], r.limb[4]});
    // q = 1 when r >= p: the carry of r + 19 out of 255 bits.
    std::uint64_t q = (r.limb[0] + 19) >> 51;
    for (std::size_t i = 1; i < 5; ++i) q = (r.limb[i] + q) >> 51;
    std::uint64_t carried = 19 * q;
    for (auto& limb : r.limb) {
        limb += carried;
        carried = limb >> 51;
        limb &= k_mask51;
    }
    return {r.limb[0] | r.limb[1] << 51, r.limb[1] >> 13 | r.limb[2] << 38, r.limb[2] >> 26 | r.limb[3] << 25,
            r.limb[3] >> 39 | r.limb[4] << 12};
}

// The low 255 bits; bit 255 is ignored.
constexpr Field from_limbs(const Limbs& w) {
    return Field{{w[0] & k_mask51, (w[0] >> 51 | w[1] << 13) & k_mask51, (w[1] >> 38 | w[2] << 26) & k_mask51,
                  (w[2] >> 25 | w[3] << 39) & k_mask51, (w[3] >> 12) & k_mask51}};
}

constexpr bool is_zero(const Field& a) {
    const Limbs w = to_limbs(a);
    return (w[0] | w[1] | w[2] | w[3]) == 0;
}
constexpr bool equal(const Field& a, const Field& b) { return to_limbs(a) == to_limbs(b); }
constexpr bool is_odd(const Field& a) { return (to_limbs(a)[0] & 1) != 0; }

}  // namespace crypto::ed25519
