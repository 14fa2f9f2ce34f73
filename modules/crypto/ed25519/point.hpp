// SPDX-License-Identifier: AGPL-3.0-or-later
// Points of the twisted Edwards curve -x^2 + y^2 = 1 + d x^2 y^2 (RFC 8032), written additively. Variable time, for public
// data only; secret multiplications are libsodium's. The addition is the unified one (Hisil, Wong, Carter, Dawson 2008): complete
// on the whole curve, points of small order included, so that hostile points meet no special case.
#pragma once

#include <optional>

#include "crypto/ed25519/field.hpp"

namespace crypto::ed25519 {

// d = -121665/121666 and a square root of -1, 2^((p-1)/4), computed by the compiler.
inline constexpr Field k_d = (field_from(0) - field_from(121665)) * invert(field_from(121666));
inline constexpr Field k_2d = (k_d + k_d) * field_from(1), k_inverse_d = invert(k_d);
inline constexpr Field k_sqrt_minus_one = square(power_p58(field_from(2))) * field_from(2);

// x = X/Z, y = Y/Z, T = XY/Z.
struct Point {
    Field x = field_from(0), y = field_from(1), z = field_from(1), t = field_from(0);
};

// The right operand of an addition.
struct Addend {
    Field y_plus_x, y_minus_x, z2, t2d;
};

constexpr Addend addend(const Point& p) { return {p.y + p.x, p.y - p.x, p.z + p.z, p.t * k_2d}; }
constexpr Addend negative(const Addend& a) { return {a.y_minus_x, a.y_plus_x, a.z2, field_from(0) - a.t2d}; }

constexpr Point operator+(const Point& p, const Addend& q) {
    const Field a = (p.y - p.x) * q.y_minus_x, b = (p.y + p.x) * q.y_plus_x, c = p.t * q.t2d, d = p.z * q.z2;
    const Field e = b - a, f = d - c, g = d + c, h = b + a;
    return {e * f, g * h, f * g, e * h};
}
constexpr Point operator+(const Point& p, const Point& q) { return p + addend(q); }

constexpr Point negate(const Point& p) { return {field_from(0) - p.x, p.y, p.z, field_from(0) - p.t}; }

constexpr Point twice(const Point& p) {
    const Field a = square(p.x), b = square(p.y), zz = square(p.z);
    const Field h = a + b, e = h - square(p.x + p.y), g = a - b, f = zz + zz + g;
    return {e * f, g * h, f * g, e * h};
}

constexpr bool equal(const Point& p, const Point& q) { return equal(p.x * q.z, q.x * p.z) && equal(p.y * q.z, q.y * p.z); }

// X = 0 alone would also accept the point of order two.
constexpr bool is_identity(const Point& p) { return is_zero(p.x) && equal(p.y, p.z); }

// RFC 8032 section 5.1.3, as one little-endian 256-bit number: refuses y >= p, points off the curve, and the sign bit with
// x = 0.
std::optional<Point> decompress_var(const Limbs& w);

// The same in two halves around the one costly power, so that many can share it: end(half, radicand^((p-5)/8)).
struct HalfPoint {
    Field y, u, v, uv3, radicand;  // x^2 = u/v; radicand = u v^7
    bool sign = false;
};
bool begin_decompress_var(const Limbs& w, HalfPoint& half);
std::optional<Point> end_decompress_var(const HalfPoint& half, const Field& power);
Limbs compress(const Point& p);

// s P and s P + t Q.
Point multiply_var(const Limbs& s, const Point& p);
Point multiply2_var(const Limbs& s, const Point& p, const Limbs& t, const Point& q);

// l P = identity.
bool is_in_subgroup_var(const Point& p);

// l = 2^252 + 27742317777372353535851937790883648493.
inline constexpr Limbs k_l = limbs_from_decimal("7237005577332262213973186563042994240857116359379907606001950938285454250989");

}  // namespace crypto::ed25519
