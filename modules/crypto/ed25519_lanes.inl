// SPDX-License-Identifier: AGPL-3.0-or-later
// The four-lane engine, written over a vector of four field elements `F4` that the including file defines in its anonymous
// namespace, with: load(Field[4]), store, pack, unpack, mul, sq, add, sub, shuffle, blend, transpose, and two carries: `carry` makes
// an operand of a sum or difference of two reduced values, `carry_wide` of three or four. Two layouts are used: four points, one per lane, for the
// doublings (no shuffle), and one point with its X, Y, Z, T in the lanes for additions.

// --- Four points ----------------------------------------------------------------------------------------------------
struct FourPoints {
    F4 x, y, z, t;
};

// T is only needed before an addition.
inline void double_four(FourPoints& p, bool with_t) {
    const F4 a = sq(p.x), b = sq(p.y), zz = sq(p.z), xy = sq(carry(add(p.x, p.y)));
    const F4 h = carry(add(a, b)), e = carry(sub(h, xy)), g = carry(sub(a, b)), f = carry_wide(add(add(zz, zz), g));
    p.x = mul(e, f);
    p.y = mul(g, h);
    p.z = mul(f, g);
    if (with_t) p.t = mul(e, h);
}

// --- One point: lanes X, Y, Z, T; addends: lanes Y-X, Y+X, 2Z, 2dT -----------------------------------------------------
struct P4 {
    F4 v;
};
struct A4 {
    F4 v;
};

inline P4 add_point(const P4& p, const A4& q) {
    // (Y-X, Y+X, Z, T)
    const F4 swapped = shuffle<1, 0, 2, 3>(p.v);
    const F4 left = carry(blend<0b1100>(blend<0b0010>(sub(swapped, p.v), add(swapped, p.v)), p.v));
    const F4 abdc = mul(left, q.v);  // A, B, D, C
    const F4 badc = shuffle<1, 0, 3, 2>(abdc);
    // e = B-A, h = B+A, f = D-C, g = D+C
    const F4 ehfg = carry(blend<0b0100>(blend<0b1010>(sub(badc, abdc), add(badc, abdc)), sub(abdc, badc)));
    return {mul(shuffle<0, 3, 2, 0>(ehfg), shuffle<2, 1, 3, 1>(ehfg))};
}

inline A4 to_addend(const P4& p, const F4& constants) {
    const F4 swapped = shuffle<1, 0, 2, 3>(p.v);
    const F4 left = carry(blend<0b1100>(blend<0b0010>(sub(swapped, p.v), add(swapped, p.v)), p.v));
    return {mul(left, constants)};
}

inline A4 negate_addend(const A4& q) {
    const F4 swapped = shuffle<1, 0, 2, 3>(q.v);
    return {carry(blend<0b1000>(swapped, sub(zero4(), swapped)))};
}
inline P4 negate_point(const P4& p) { return {carry(blend<0b1001>(p.v, sub(zero4(), p.v)))}; }

inline P4 load_point(const Point& p) {
    const Field lanes[4] = {p.x, p.y, p.z, p.t};
    return {load(lanes)};
}
inline Point store_point(const P4& p) {
    Field lanes[4];
    store(p.v, lanes);
    return {lanes[0], lanes[1], lanes[2], lanes[3]};
}
inline P4 identity4() { return load_point(Point{}); }

// (1, 1, 2, 2d): turns (Y-X, Y+X, Z, T) into an addend.
inline F4 addend_constants() {
    const Field lanes[4] = {field_from(1), field_from(1), field_from(2), k_2d};
    return load(lanes);
}

// --- Chains ---------------------------------------------------------------------------------------------------------
// The buckets of one scalar. An empty one is not added.
struct Buckets {
    P4 sum[8];
    bool filled[8] = {};

    void put(int digit, const P4& plus_point, const A4& plus) {
        const auto j = static_cast<std::size_t>(digit > 0 ? digit : -digit) - 1;
        if (!filled[j]) {
            sum[j] = digit > 0 ? plus_point : negate_point(plus_point);
            filled[j] = true;
            return;
        }
        sum[j] = add_point(sum[j], digit > 0 ? plus : negate_addend(plus));
    }
    // Sum of j * bucket[j-1].
    Point weigh(const F4& constants) const {
        P4 running = identity4(), total = running;
        bool any = false;
        for (std::size_t j = 8; j-- > 0;) {
            if (filled[j]) {
                running = any ? add_point(running, to_addend(sum[j], constants)) : sum[j];
                if (!any) {
                    any = true;
                    total = running;
                    continue;
                }
            }
            if (any) total = add_point(total, to_addend(running, constants));
        }
        return store_point(total);
    }
};

// One task's digits and buckets, on the engine's stack as far as they fit.
constexpr std::size_t k_per_pass = 6;
struct Lane {
    ChainTask* task = nullptr;
    std::size_t first = 0, count = 0;  // the scalars of this pass; one more for l
    bool with_l = false;
    Digits digits[k_per_pass];
    Buckets buckets[k_per_pass];

    // Takes as many scalars as there is room for, from `first` on.
    void fill(ChainTask& t, std::size_t from, const Digits& l_digits) {
        task = &t;
        first = from;
        const std::size_t left = t.scalars.size() > from ? t.scalars.size() - from : 0;
        with_l = t.test_membership && from == 0;
        const std::size_t room = k_per_pass - (with_l ? 1 : 0);
        count = left < room ? left : room;
        for (std::size_t k = 0; k < count; ++k) digits[k] = signed_digits(t.scalars[from + k], 4);
        if (with_l) digits[count] = l_digits;
    }
    std::size_t used() const { return count + (with_l ? 1 : 0); }
};

// Up to four tasks side by side; missing ones follow the first and are thrown away.
inline void run_lanes(Lane* lanes, const F4& constants, const F4& two_d) {
    Field x[4], y[4], z[4], t[4];
    for (std::size_t p = 0; p < 4; ++p) {
        const Point& base = (lanes[p].task != nullptr ? lanes[p] : lanes[0]).task->base;
        x[p] = base.x, y[p] = base.y, z[p] = base.z, t[p] = base.t;
    }
    FourPoints power{load(x), load(y), load(z), load(t)};
    for (std::size_t i = 0; i < 64; ++i) {
        if (i != 0)
            for (int d = 0; d < 4; ++d) double_four(power, d == 3);
        F4 points[4] = {power.x, power.y, power.z, power.t}, addends[4];
        addends[0] = carry(sub(power.y, power.x));
        addends[1] = carry(add(power.y, power.x));
        addends[2] = carry(add(power.z, power.z));
        addends[3] = mul(power.t, two_d);
        transpose(points);
        transpose(addends);
        for (std::size_t p = 0; p < 4; ++p)
            for (std::size_t k = 0; k < lanes[p].used(); ++k)
                if (const int digit = lanes[p].digits[k].digit[i]; digit != 0) lanes[p].buckets[k].put(digit, {points[p]}, {addends[p]});
    }
    for (std::size_t p = 0; p < 4; ++p) {
        for (std::size_t k = 0; k < lanes[p].count; ++k)
            lanes[p].task->products[lanes[p].first + k] = lanes[p].buckets[k].weigh(constants);
        if (lanes[p].with_l) lanes[p].task->is_member = is_identity(lanes[p].buckets[lanes[p].count].weigh(constants));
    }
}

// Tasks with more scalars than a pass takes go round again, each alone.
inline void run_four(ChainTask* tasks, std::size_t count, const Digits& l_digits, const F4& constants, const F4& two_d) {
    Lane lanes[4];
    for (std::size_t p = 0; p < count; ++p) lanes[p].fill(tasks[p], 0, l_digits);
    run_lanes(lanes, constants, two_d);
    for (std::size_t p = 0; p < count; ++p)
        for (std::size_t done = lanes[p].count; done < tasks[p].scalars.size();) {
            Lane again[4];
            again[0].fill(tasks[p], done, l_digits);
            run_lanes(again, constants, two_d);
            done += again[0].count;
        }
}

void run_chains(ChainTask* tasks, std::size_t count) {
    const F4 constants = addend_constants();
    const Field two_d_lanes[4] = {k_2d, k_2d, k_2d, k_2d};
    const F4 two_d = load(two_d_lanes);
    const Digits l_digits = signed_digits(k_l, 4);
    for (std::size_t at = 0; at < count; at += 4) run_four(tasks + at, count - at < 4 ? count - at : 4, l_digits, constants, two_d);
}

// --- Combs ----------------------------------------------------------------------------------------------------------
constexpr std::size_t k_words = k_packed_words;  // 32-bit words of a packed addend

void fill_comb(const Point& base, unsigned width, std::uint32_t* table) {
    const F4 constants = addend_constants();
    const std::size_t rows = (256 + width - 1) / width, columns = std::size_t{1} << (width - 1);
    P4 power = load_point(base);
    for (std::size_t i = 0; i < rows; ++i) {
        const A4 step = to_addend(power, constants);
        P4 multiple = power;
        for (std::size_t j = 0; j < columns; ++j) {
            const A4 entry = to_addend(multiple, constants);
            pack(entry.v, table + (i * columns + j) * k_words);
            if (j + 1 < columns) multiple = add_point(multiple, step);
        }
        power = add_point(multiple, to_addend(multiple, constants));
    }
}

Point sum_combs(const Point& start, const CombTerm* terms, std::size_t count) {
    P4 sum = load_point(start);
    for (std::size_t term = 0; term < count; ++term) {
        const Comb& comb = *terms[term].comb;
        const auto digits = signed_digits(terms[term].scalar, comb.width);
        const std::size_t columns = std::size_t{1} << (comb.width - 1);
        for (std::size_t i = 0; i < digits.count; ++i) {
            const int digit = digits.digit[i];
            if (digit == 0) continue;
            const auto column = static_cast<std::size_t>(digit > 0 ? digit : -digit) - 1;
            const A4 entry{unpack(&comb.table[(i * columns + column) * k_words])};
            sum = add_point(sum, digit > 0 ? entry : negate_addend(entry));
        }
    }
    return store_point(sum);
}

// --- Powers (p-5)/8, four at a time: the chain of ed25519_field.hpp ---------------------------------------------------
inline F4 square_times4(F4 a, int count) {
    for (int i = 0; i < count; ++i) a = sq(a);
    return a;
}

inline F4 power_p58_four(const F4& a) {
    const F4 a2 = sq(a), a9 = mul(square_times4(a2, 2), a), a11 = mul(a9, a2);
    const F4 x5 = mul(sq(a11), a9);
    const F4 x10 = mul(square_times4(x5, 5), x5);
    const F4 x20 = mul(square_times4(x10, 10), x10);
    const F4 x40 = mul(square_times4(x20, 20), x20);
    const F4 x50 = mul(square_times4(x40, 10), x10);
    const F4 x100 = mul(square_times4(x50, 50), x50);
    const F4 x200 = mul(square_times4(x100, 100), x100);
    const F4 x250 = mul(square_times4(x200, 50), x50);
    return mul(square_times4(x250, 2), a);
}

void raise_roots(Field* values, std::size_t count) {
    for (std::size_t at = 0; at < count; at += 4) {
        Field four[4];
        for (std::size_t i = 0; i < 4; ++i) four[i] = at + i < count ? values[at + i] : field_from(1);
        store(power_p58_four(load(four)), four);
        for (std::size_t i = 0; i < 4 && at + i < count; ++i) values[at + i] = four[i];
    }
}
