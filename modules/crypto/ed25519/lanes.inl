// SPDX-License-Identifier: AGPL-3.0-or-later
// An engine's functions, written over a vector of field elements `F`, one per lane, that the including file defines in its
// anonymous namespace, with k_lanes, mul, sq, add, sub, and carries: `carry` makes an operand of a sum or difference of two
// products, `carry_wide` of more, `tidy` what memory may hold. In memory an element is five words of 51 bits: `Word` holds one of every lane; gather and scatter
// move them, unpack and pack change form. Lanes never mix: each does the job that the plain engine does with its only lane.

struct LanePoint {
    F x, y, z, t;
};
struct LaneAddend {
    F minus, plus, z2, t2d;  // y-x, y+x, 2z, 2dt
};

// --- Memory ---------------------------------------------------------------------------------------------------------
inline LanePoint load_points(const std::uint64_t* const* from) {
    Word w[k_point_words];
    gather<k_point_words>(from, w);
    return {unpack(w), unpack(w + 5), unpack(w + 10), unpack(w + 15)};
}
inline void store_four(const F& a, const F& b, const F& c, const F& d, std::uint64_t* const* to) {
    Word w[k_point_words];
    pack(a, w), pack(b, w + 5), pack(c, w + 10), pack(d, w + 15);
    scatter<k_point_words>(w, to);
}
inline void store_points(const LanePoint& p, std::uint64_t* const* to) { store_four(p.x, p.y, p.z, p.t, to); }

// The negative of an addend: y-x and y+x change places, 2dt becomes 2p - 2dt.
inline void negate_where(Word mask, Word* minus, Word* plus, Word* t2d) {
    for (std::size_t k = 0; k < 5; ++k) {
        const Word change = bit_and(bit_xor(minus[k], plus[k]), mask);
        minus[k] = bit_xor(minus[k], change);
        plus[k] = bit_xor(plus[k], change);
        const Word negative = subtract(splat(2 * (k_mask51 - (k == 0 ? 18 : 0))), t2d[k]);
        t2d[k] = bit_xor(t2d[k], bit_and(bit_xor(t2d[k], negative), mask));
    }
}
inline LaneAddend load_addends(const Step& step) {
    Word w[k_point_words];
    gather<k_point_words>(step.addend, w);
    negate_where(load_mask(step.mask), w, w + 5, w + 15);
    return {unpack(w), unpack(w + 5), unpack(w + 10), unpack(w + 15)};
}

inline F constant(const Field& value) {
    Word w[5];
    for (std::size_t k = 0; k < 5; ++k) w[k] = splat(value.limb[k]);
    return unpack(w);
}

// --- Points ---------------------------------------------------------------------------------------------------------
inline LaneAddend to_addend(const LanePoint& p, const F& two_d) {
    return {carry(sub(p.y, p.x)), carry(add(p.y, p.x)), carry(add(p.z, p.z)), mul(p.t, two_d)};
}

// The end of the unified addition; d is 2 z1 z2. The right operands of products are those that stay small in every engine.
inline LanePoint finish_add(const F& a, const F& b, const F& c, const F& d) {
    const F e = carry(sub(b, a)), f = carry(sub(d, c)), g = carry(add(d, c)), h = carry(add(b, a));
    return {mul(f, e), mul(g, h), mul(f, g), mul(e, h)};
}
inline LanePoint add_point(const LanePoint& p, const LaneAddend& q) {
    const F a = mul(carry(sub(p.y, p.x)), q.minus), b = mul(carry(add(p.y, p.x)), q.plus);
    const F c = mul(p.t, q.t2d), d = mul(p.z, q.z2);
    return finish_add(a, b, c, d);
}

// T is only needed before an addition.
inline void double_point(LanePoint& p, bool with_t) {
    const F a = sq(p.x), b = sq(p.y), zz = sq(p.z), xy = sq(carry(add(p.x, p.y)));
    const F h = carry(add(a, b)), e = carry(sub(h, xy)), g = carry(sub(a, b)), f = carry_wide(add(add(zz, zz), g));
    p.x = mul(e, f);
    p.y = mul(g, h);
    p.z = mul(f, g);
    if (with_t) p.t = mul(e, h);
}

// --- What the engine offers -----------------------------------------------------------------------------------------
void fill_powers(const std::uint64_t* const* bases, std::uint64_t* const* powers) {
    const F two_d = constant(k_2d);
    std::uint64_t* to[k_lanes];
    for (std::size_t lane = 0; lane < k_lanes; ++lane) to[lane] = powers[lane];
    LanePoint power = load_points(bases);
    for (std::size_t i = 0; i < k_powers; ++i) {
        if (i != 0)
            for (int d = 0; d < 4; ++d) double_point(power, d == 3);
        store_four(tidy(sub(power.y, power.x)), tidy(add(power.y, power.x)), tidy(add(power.z, power.z)), mul(power.t, two_d), to);
        for (auto& place : to) place += k_point_words;
    }
}

// From an addend: (2x, 2y, 2z, 2t).
void open_buckets(const Step* steps, std::size_t count) {
    const F inverse_d = constant(k_inverse_d);
    for (const Step* step = steps; step != steps + count; ++step) {
        const LaneAddend q = load_addends(*step);
        store_four(tidy(sub(q.plus, q.minus)), tidy(add(q.plus, q.minus)), q.z2, mul(q.t2d, inverse_d), step->bucket);
    }
}

void put_in_buckets(const Step* steps, std::size_t count) {
    for (const Step* step = steps; step != steps + count; ++step)
        store_points(add_point(load_points(step->bucket), load_addends(*step)), step->bucket);
}

// By running sums, from the last bucket.
void weigh_buckets(const std::uint64_t* const* buckets, std::uint64_t* const* products) {
    const F two_d = constant(k_2d);
    const std::uint64_t* from[k_lanes];
    for (std::size_t lane = 0; lane < k_lanes; ++lane) from[lane] = buckets[lane] + (k_buckets - 1) * k_point_words;
    LanePoint running = load_points(from), sum = running;
    for (std::size_t j = 1; j < k_buckets; ++j) {
        for (auto& place : from) place -= k_point_words;
        running = add_point(running, to_addend(load_points(from), two_d));
        sum = add_point(sum, to_addend(running, two_d));
    }
    store_points(sum, products);
}

// Entries have z = 1. Combs do not fit the nearest cache: the next entries are called for early.
void sum_entries(std::uint64_t* const* sums, const Step* steps, std::size_t count) {
    LanePoint p = load_points(sums);
    for (const Step* step = steps; step != steps + count; ++step) {
        for (std::size_t lane = 0; lane < k_lanes && step + 1 != steps + count; ++lane) {
            __builtin_prefetch(step[1].addend[lane]);
            __builtin_prefetch(step[1].addend[lane] + 8);
        }
        Word w[16];
        gather<16>(step->addend, w);
        negate_where(load_mask(step->mask), w, w + 5, w + 10);
        const F a = mul(carry(sub(p.y, p.x)), unpack(w)), b = mul(carry(add(p.y, p.x)), unpack(w + 5));
        p = finish_add(a, b, mul(p.t, unpack(w + 10)), add(p.z, p.z));
    }
    store_points(p, sums);
}

// --- Powers (p-5)/8: the chain of ed25519/field.hpp -------------------------------------------------------------------
// Each squaring waits for the one before: several chains side by side use that time.
constexpr std::size_t k_side = 3;
struct Side {
    F v[k_side];
    std::size_t used;
};

inline Side mul(const Side& a, const Side& b) {
    Side r;
    r.used = a.used;
    for (std::size_t i = 0; i < a.used; ++i) r.v[i] = mul(a.v[i], b.v[i]);
    return r;
}
inline Side square_often(const Side& a, int count) {
    Side r = a;
    for (int n = 0; n < count; ++n)
        for (std::size_t i = 0; i < a.used; ++i) r.v[i] = sq(r.v[i]);
    return r;
}

Side root_power(const Side& a) {
    const Side a2 = square_often(a, 1), a9 = mul(square_often(a2, 2), a), a11 = mul(a9, a2);
    const Side x5 = mul(square_often(a11, 1), a9);
    const Side x10 = mul(square_often(x5, 5), x5);
    const Side x20 = mul(square_often(x10, 10), x10);
    const Side x40 = mul(square_often(x20, 20), x20);
    const Side x50 = mul(square_often(x40, 10), x10);
    const Side x100 = mul(square_often(x50, 50), x50);
    const Side x200 = mul(square_often(x100, 100), x100);
    const Side x250 = mul(square_often(x200, 50), x50);
    return mul(square_often(x250, 2), a);
}

// Lanes without a value take zero.
void raise_roots(Field* values, std::size_t count) {
    for (std::size_t at = 0; at < count; at += k_side * k_lanes) {
        alignas(16) std::uint64_t own[k_side * k_lanes][6] = {};
        std::uint64_t* place[k_side * k_lanes];
        for (std::size_t i = 0; i < k_side * k_lanes; ++i) {
            place[i] = own[i];
            for (std::size_t k = 0; k < 5 && at + i < count; ++k) own[i][k] = values[at + i].limb[k];
        }
        Side a{};
        a.used = count - at > 2 * k_lanes ? 3 : count - at > k_lanes ? 2 : 1;
        Word w[6];
        for (std::size_t i = 0; i < a.used; ++i) {
            gather<6>(place + i * k_lanes, w);
            a.v[i] = tidy(unpack(w));
        }
        a = root_power(a);
        for (std::size_t i = 0; i < a.used; ++i) {
            pack(a.v[i], w);
            scatter<6>(w, place + i * k_lanes);
        }
        for (std::size_t i = 0; i < k_side * k_lanes && at + i < count; ++i)
            for (std::size_t k = 0; k < 5; ++k) values[at + i].limb[k] = own[i][k];
    }
}
