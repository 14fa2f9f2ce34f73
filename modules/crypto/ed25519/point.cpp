// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/ed25519/point.hpp"

#include <array>

namespace crypto::ed25519 {

namespace {

// Non-adjacent form of width 5: digits 0, ±1, ±3 .. ±15, at most one in five consecutive places.
std::array<std::int8_t, 257> non_adjacent_form(Limbs s) {
    std::array<std::int8_t, 257> digits{};
    std::uint64_t top = 0;  // bit 256, which rounding up may set
    for (std::size_t place = 0; (s[0] | s[1] | s[2] | s[3] | top) != 0; ++place) {
        if (s[0] & 1) {
            auto digit = static_cast<int>(s[0] & 31);
            if (digit >= 16) digit -= 32;
            digits[place] = static_cast<std::int8_t>(digit);
            std::uint64_t carry = 0;
            if (digit > 0) {
                s = subtract_limbs(s, Limbs{static_cast<std::uint64_t>(digit)}, carry);
            } else {
                s = add_limbs(s, Limbs{static_cast<std::uint64_t>(-digit)}, carry);
                top += carry;
            }
        }
        for (std::size_t i = 0; i < 3; ++i) s[i] = s[i] >> 1 | s[i + 1] << 63;
        s[3] = s[3] >> 1 | top << 63;
        top >>= 1;
    }
    return digits;
}

// P, 3P .. 15P.
struct OddMultiples {
    std::array<Addend, 8> multiple;

    explicit OddMultiples(const Point& p) {
        const Addend two = addend(twice(p));
        Point odd = p;
        for (auto& m : multiple) {
            m = addend(odd);
            odd = odd + two;
        }
    }
    Point add_to(const Point& sum, int digit) const {
        if (digit > 0) return sum + multiple[static_cast<std::size_t>(digit / 2)];
        if (digit < 0) return sum + negative(multiple[static_cast<std::size_t>(-digit / 2)]);
        return sum;
    }
};

}  // namespace

bool begin_decompress_var(const Limbs& w, HalfPoint& half) {
    half.sign = (w[3] >> 63) != 0;
    Limbs plain = w;
    plain[3] &= ~(std::uint64_t{1} << 63);
    half.y = from_limbs(plain);
    if (to_limbs(half.y) != plain) return false;  // y >= p
    const Field yy = square(half.y);
    half.u = yy - field_from(1);
    half.v = yy * k_d + field_from(1);
    const Field v3 = square(half.v) * half.v;
    half.uv3 = half.u * v3;
    half.radicand = half.uv3 * square(square(half.v));
    return true;
}

// The candidate root is u v^3 (u v^7)^((p-5)/8), right up to a fourth root of one.
std::optional<Point> end_decompress_var(const HalfPoint& half, const Field& power) {
    Point p;
    p.y = half.y;
    p.x = half.uv3 * power;
    const Field check = half.v * square(p.x);
    if (!equal(check, half.u)) {
        if (!is_zero(check + half.u)) return std::nullopt;
        p.x = p.x * k_sqrt_minus_one;
    }
    if (is_zero(p.x) && half.sign) return std::nullopt;
    if (is_odd(p.x) != half.sign) p.x = field_from(0) - p.x;
    p.t = p.x * p.y;
    return p;
}

std::optional<Point> decompress_var(const Limbs& w) {
    HalfPoint half;
    if (!begin_decompress_var(w, half)) return std::nullopt;
    return end_decompress_var(half, power_p58(half.radicand));
}

Limbs compress(const Point& p) {
    const Field inverse = invert(p.z);
    Limbs w = to_limbs(p.y * inverse);
    w[3] |= (to_limbs(p.x * inverse)[0] & 1) << 63;
    return w;
}

Point multiply_var(const Limbs& s, const Point& p) {
    const auto digits = non_adjacent_form(s);
    const OddMultiples multiples(p);
    Point sum;
    for (std::size_t place = digits.size(); place-- > 0;) sum = multiples.add_to(twice(sum), digits[place]);
    return sum;
}

Point multiply2_var(const Limbs& s, const Point& p, const Limbs& t, const Point& q) {
    const auto s_digits = non_adjacent_form(s), t_digits = non_adjacent_form(t);
    const OddMultiples p_multiples(p), q_multiples(q);
    Point sum;
    for (std::size_t place = s_digits.size(); place-- > 0;)
        sum = q_multiples.add_to(p_multiples.add_to(twice(sum), s_digits[place]), t_digits[place]);
    return sum;
}

bool is_in_subgroup_var(const Point& p) { return is_identity(multiply_var(k_l, p)); }

}  // namespace crypto::ed25519
