// SPDX-License-Identifier: AGPL-3.0-or-later
// Montgomery arithmetic in lanes: what prime/avx2.cpp and prime/ifma.cpp have in common, included in both and compiled for each.
// They define: V, a register of k_count 64-bit lanes; load, store, splat, zero, add; mask_digit (the lowest digit), carry_of (what
// stands above it), above (its inverse); low_product (lowest digit of a product), add_product (columns += a * b), add_block
// (k_span columns += four digits * four digits); k_sums_loaded; Mask, mask_of, blend; transpose (of k_count registers);
// k_digit_bits, k_digits_per_limb, k_entry_bits; k_large, the digits of a large number. A column is a sum of at most 160 products
// or half products of digits, below 2^64.

// One number per lane: digit k of all of them in v[k].
template <std::size_t n>
struct alignas(64) Lanes {
    V v[n];
};

// The columns in registers are sums that t already holds (k_sums_loaded), or what there is to add to t.
INLINE void begin_columns(V* column, const V* t) {
#pragma GCC unroll 8
    for (std::size_t k = 0; k < k_span; ++k) column[k] = k_sums_loaded ? t[k] : zero();
}
INLINE void end_column(V* t, V column) { *t = k_sums_loaded ? column : add(*t, column); }
INLINE void end_columns(const V* column, V* t) {
#pragma GCC unroll 8
    for (std::size_t k = 0; k < k_span; ++k) end_column(t + k, column[k]);
}
// On by four columns: the lower four go to t, the others become the lower.
INLINE void next_columns(V* column, V* t) {
#pragma GCC unroll 8
    for (std::size_t k = 0; k < 4; ++k) end_column(t + k, column[k]);
#pragma GCC unroll 8
    for (std::size_t k = 0; k < k_span; ++k) column[k] = k + 4 < k_span ? column[k + 4] : k_sums_loaded ? t[k + 4] : zero();
}

// Montgomery's reduction: r = t / R mod p, digits carried, below 2p + 1 when t, of 2n columns, is below 16 p^2.
// Four digits at a time. All blocks but the last use a multiple of p that is -1 modulo 2^(4 digits): the multipliers are then the
// lowest digits of t as they stand.
template <std::size_t n>
INLINE void reduce(V* r, V* t, const Modulus& m) {
    for (std::size_t base = 0; base + 4 < n; base += 4, t += 4) {
        V row[4], column[8];
        V carry = zero();
#pragma GCC unroll 4
        for (std::size_t i = 0; i < 4; ++i) {
            const V digit = add(t[i], carry);
            row[i] = mask_digit(digit);
            carry = carry_of(digit);
        }
        begin_columns(column, t + 4);
        column[0] = add(column[0], carry);
        const std::uint64_t* factor = m.folded_digits;
        for (std::size_t j = 0; j < n; j += 4) {
            add_block(column, row, splat(factor[j]), splat(factor[j + 1]), splat(factor[j + 2]), splat(factor[j + 3]));
            if (j + 4 == n) break;
            next_columns(column, t + 4 + j);
        }
        end_columns(column, t + n);
    }
    // The last block, by p itself: each multiplier makes one digit zero.
    const V inverse = splat(m.negative_inverse);
    V row[4], column[8];
#pragma GCC unroll 8
    for (std::size_t k = 0; k < 8; ++k) column[k] = t[k];
#pragma GCC unroll 4
    for (std::size_t i = 0; i < 4; ++i) {
        row[i] = low_product(column[i], inverse);
#pragma GCC unroll 4
        for (std::size_t j = 0; j < 4; ++j) add_product(column + i + j, row[i], splat(m.p_digits[j]));
        column[i + 1] = add(column[i + 1], carry_of(column[i]));
    }
    V carry = zero();
    for (std::size_t j = 4; j < n; j += 4) {
#pragma GCC unroll 4
        for (std::size_t k = 0; k < 4; ++k) {
            column[k] = column[k + 4];
            column[k + 4] = t[j + 4 + k];
        }
        add_block(column, row, splat(m.p_digits[j]), splat(m.p_digits[j + 1]), splat(m.p_digits[j + 2]), splat(m.p_digits[j + 3]));
#pragma GCC unroll 4
        for (std::size_t k = 0; k < 4; ++k) {
            const V digit = add(column[k], carry);
            r[j - 4 + k] = mask_digit(digit);
            carry = carry_of(digit);
        }
    }
#pragma GCC unroll 4
    for (std::size_t k = 0; k < 4; ++k) {
        const V digit = add(column[k + 4], carry);
        r[n - 4 + k] = mask_digit(digit);
        carry = carry_of(digit);
    }
}

// r = a * b / R, below 2p + 1 when a and b are below 4p.
template <std::size_t n>
[[gnu::noinline]] void multiply(Lanes<n>& r, const Lanes<n>& a, const Lanes<n>& b, const Modulus& m) {
    alignas(64) V t[2 * n + 4];
    for (auto& column : t) column = zero();
    for (std::size_t i = 0; i < n; i += 4) {
        V column[8];
        begin_columns(column, t + i);
        for (std::size_t j = 0;; j += 4) {
            add_block(column, a.v + i, b.v[j], b.v[j + 1], b.v[j + 2], b.v[j + 3]);
            if (j + 4 == n) break;
            next_columns(column, t + i + j);
        }
        end_columns(column, t + i + n - 4);
    }
    reduce<n>(r.v, t, m);
}

// r = a * a / R: the products of two different digits once, doubled, then the squares of digits.
template <std::size_t n>
[[gnu::noinline]] void square(Lanes<n>& r, const Lanes<n>& a, const Modulus& m) {
    alignas(64) V t[2 * n + 4];
    for (auto& column : t) column = zero();
    for (std::size_t i = 0; i < n; i += 4) {
        const V* row = a.v + i;
        V column[8];
        begin_columns(column, t + 2 * i);
#pragma GCC unroll 4
        for (std::size_t x = 0; x < 4; ++x)
#pragma GCC unroll 4
            for (std::size_t y = x + 1; y < 4; ++y) add_product(column + x + y, row[x], row[y]);
        for (std::size_t j = i + 4; j < n; j += 4) {
            next_columns(column, t + i + j - 4);
            add_block(column, row, a.v[j], a.v[j + 1], a.v[j + 2], a.v[j + 3]);
        }
        end_columns(column, t + i + n - 4);
    }
    for (std::size_t i = 0; i < n; ++i) {
        t[2 * i] = add(t[2 * i], t[2 * i]);
        t[2 * i + 1] = add(t[2 * i + 1], t[2 * i + 1]);
        add_product(t + 2 * i, a.v[i], a.v[i]);
    }
    reduce<n>(r.v, t, m);
}

// to := from in the lanes of `mask`.
template <std::size_t n>
INLINE void copy_lanes(Lanes<n>& to, const Lanes<n>& from, Mask mask) {
    for (std::size_t k = 0; k < n; ++k) to.v[k] = blend(mask, to.v[k], from.v[k]);
}

template <std::size_t n>
INLINE void set_all(Lanes<n>& r, const Entry& value) {
    for (std::size_t k = 0; k < n; ++k)
        r.v[k] = mask_digit(splat(value.limb[k / k_digits_per_limb] >> (k % k_digits_per_limb * k_digit_bits)));
}

// Between entries and lanes, k_count limbs at a time.
template <std::size_t n>
INLINE void gather(Lanes<n>& to, const Entry* const* from) {
    for (std::size_t k = 0; k < n; k += k_count * k_digits_per_limb) {
        V x[k_count];
#pragma GCC unroll 8
        for (std::size_t lane = 0; lane < k_count; ++lane) x[lane] = load(from[lane]->limb + k / k_digits_per_limb);
        transpose(x);
#pragma GCC unroll 8
        for (std::size_t i = 0; i < k_count; ++i) {
            const std::size_t digit = k + i * k_digits_per_limb;
            if (digit >= n) break;
            to.v[digit] = mask_digit(x[i]);
            if constexpr (k_digits_per_limb == 2) to.v[digit + 1] = carry_of(x[i]);
        }
    }
}

template <std::size_t n>
INLINE void scatter(const Lanes<n>& from, Entry* const* to) {
    for (std::size_t k = 0; k < n; k += k_count * k_digits_per_limb) {
        V x[k_count];
#pragma GCC unroll 8
        for (std::size_t i = 0; i < k_count; ++i) {
            const std::size_t digit = k + i * k_digits_per_limb;
            x[i] = digit < n ? from.v[digit] : zero();
            if constexpr (k_digits_per_limb == 2)
                if (digit < n) x[i] = add(x[i], above(from.v[digit + 1]));
        }
        transpose(x);
#pragma GCC unroll 8
        for (std::size_t lane = 0; lane < k_count; ++lane) store(to[lane]->limb + k / k_digits_per_limb, x[lane]);
    }
}

// Plain numbers cut in limbs.
template <std::size_t n>
void load_words(Lanes<n>& to, const std::uint64_t* const* words) {
    Entry cut[k_count] = {};
    const Entry* from[k_count];
    for (std::size_t lane = 0; lane < k_count; ++lane) {
        for (std::size_t k = 0; k < n / k_digits_per_limb; ++k) {
            const std::size_t bit = k_entry_bits * k, word = bit / 64, shift = bit % 64;
            std::uint64_t limb = word < k_words ? words[lane][word] >> shift : 0;
            if (shift > 64 - k_entry_bits && word + 1 < k_words) limb |= words[lane][word + 1] << (64 - shift);
            cut[lane].limb[k] = limb & k_entry_mask;
        }
        from[lane] = cut + lane;
    }
    gather(to, from);
}

// Carried limbs of a number below 4p, to the one below p, as words.
template <std::size_t n>
void join_words(std::uint64_t* words, const Entry& entry, const Modulus& m) {
    constexpr std::size_t size = n / k_digits_per_limb;
    std::uint64_t limb[size];
    for (std::size_t k = 0; k < size; ++k) limb[k] = entry.limb[k];
    for (;;) {
        std::size_t top = size - 1;
        while (top > 0 && limb[top] == m.p.limb[top]) --top;
        if (limb[top] < m.p.limb[top]) break;
        std::uint64_t borrow = 0;
        for (std::size_t k = 0; k < size; ++k) {
            const std::uint64_t difference = limb[k] - m.p.limb[k] - borrow;
            limb[k] = difference & k_entry_mask;
            borrow = difference >> 63;
        }
    }
    for (std::size_t k = 0; k < k_words; ++k) words[k] = 0;
    for (std::size_t k = 0; k < size; ++k) {
        const std::size_t bit = k_entry_bits * k, word = bit / 64, shift = bit % 64;
        if (word < k_words) words[word] |= limb[k] << shift;
        if (shift > 64 - k_entry_bits && word + 1 < k_words) words[word + 1] |= limb[k] >> (64 - shift);
    }
}

template <std::size_t n>
void run_powers(const Modulus& m, const std::uint64_t* const* bases, std::size_t count, Entry* powers) {
    const std::uint64_t* words[k_count];
    Entry* to[k_count];
    for (std::size_t lane = 0; lane < k_count; ++lane) {
        words[lane] = bases[lane < count ? lane : 0];
        to[lane] = powers + lane * k_powers;
    }
    Lanes<n> power, factor;
    load_words(power, words);
    set_all(factor, m.square);
    multiply(power, power, factor, m);
    for (std::size_t i = 0; i < k_powers; ++i) {
        if (i != 0) square(power, power, m);
        scatter(power, to);
        for (auto& entry : to) ++entry;
    }
}

template <std::size_t n>
void run_plans(const Modulus& m, const PowerJob* jobs, std::size_t count) {
    Lanes<n> running, total, left, right;
    const Entry* from[k_count];
    std::size_t longest = 0;
    for (std::size_t lane = 0; lane < k_count; ++lane) {
        const bool any = lane < count && jobs[lane].plan->count != 0;
        from[lane] = any ? jobs[lane].powers + jobs[lane].plan->step[0] : &m.one;
        if (lane < count && jobs[lane].plan->count > longest) longest = jobs[lane].plan->count;
    }
    gather(running, from);
    set_all(total, m.one);
    for (std::size_t s = 1; s < longest; ++s) {
        unsigned collect = 0, run = 0;
        for (std::size_t lane = 0; lane < count; ++lane) {
            const Plan& plan = *jobs[lane].plan;
            if (s >= plan.count) continue;
            if (plan.step[s] == Plan::k_collect) {
                collect |= 1u << lane;
            } else {
                run |= 1u << lane;
                from[lane] = jobs[lane].powers + plan.step[s];
            }
        }
        // Lanes that collect multiply total by running, the others running by a power; those at their end change nothing.
        gather(right, from);
        copy_lanes(right, running, mask_of(collect));
        for (std::size_t k = 0; k < n; ++k) left.v[k] = blend(mask_of(collect), running.v[k], total.v[k]);
        multiply(left, left, right, m);
        copy_lanes(running, left, mask_of(run));
        copy_lanes(total, left, mask_of(collect));
    }
    square(total, total, m);
    multiply(total, total, running, m);
    for (std::size_t k = 0; k < n; ++k) left.v[k] = splat(k == 0 ? 1 : 0);
    multiply(total, total, left, m);  // out of Montgomery form
    Entry out[k_count];
    Entry* to[k_count];
    for (std::size_t lane = 0; lane < k_count; ++lane) to[lane] = out + lane;
    scatter(total, to);
    for (std::size_t lane = 0; lane < count; ++lane) join_words<n>(jobs[lane].result, out[lane], m);
}

// Tables are larger than the caches.
INLINE void prefetch(const Entry& entry) {
    for (std::size_t k = 0; k < k_max_limbs; k += 8) _mm_prefetch(reinterpret_cast<const char*>(entry.limb + k), _MM_HINT_T0);
}

template <std::size_t n>
void run_products(const Modulus& m, const ProductJob* jobs, std::size_t count) {
    const std::uint64_t* words[k_count];
    const Entry* from[k_count];
    std::size_t longest = 0;
    for (std::size_t lane = 0; lane < k_count; ++lane) {
        words[lane] = lane < count ? jobs[lane].start : m.one_words.data();
        from[lane] = &m.one;
        if (lane < count && jobs[lane].count > longest) longest = jobs[lane].count;
    }
    Lanes<n> product, factor;
    load_words(product, words);
    for (std::size_t s = 0; s < longest; ++s) {
        for (std::size_t lane = 0; lane < count; ++lane) {
            from[lane] = s < jobs[lane].count ? jobs[lane].factors[s] : &m.one;
            if (s + 1 < jobs[lane].count) prefetch(*jobs[lane].factors[s + 1]);
        }
        gather(factor, from);
        multiply(product, product, factor, m);
    }
    Entry out[k_count];
    Entry* to[k_count];
    for (std::size_t lane = 0; lane < k_count; ++lane)
        to[lane] = lane < count && jobs[lane].entry != nullptr ? jobs[lane].entry : out + lane;
    scatter(product, to);
    for (std::size_t lane = 0; lane < count; ++lane)
        if (jobs[lane].result != nullptr) join_words<n>(jobs[lane].result, *to[lane], m);
}

// As many rows at a time as there are lanes.
template <std::size_t n>
void run_comb(const Modulus& m, const Entry* powers, unsigned width, Entry* table) {
    const std::size_t rows = (256 + width - 1) / width, columns = (std::size_t{1} << width) - 1;
    for (std::size_t first = 0; first < rows; first += k_count) {
        const Entry* from[k_count];
        Entry* to[k_count];
        Entry spare[k_count];
        for (std::size_t lane = 0; lane < k_count; ++lane)
            from[lane] = powers + (first + lane < rows ? first + lane : first) * width;
        Lanes<n> step, multiple;
        gather(step, from);
        multiple = step;
        for (std::size_t d = 0;; ++d) {
            for (std::size_t lane = 0; lane < k_count; ++lane)
                to[lane] = first + lane < rows ? table + (first + lane) * columns + d : spare + lane;
            scatter(multiple, to);
            if (d + 1 == columns) break;
            multiply(multiple, multiple, step, m);
        }
    }
}

// The two sizes there are.
void raw_powers(const Modulus& m, const std::uint64_t* const* bases, std::size_t count, Entry* powers) {
    m.digits == 8 ? run_powers<8>(m, bases, count, powers) : run_powers<k_large>(m, bases, count, powers);
}
void raw_plans(const Modulus& m, const PowerJob* jobs, std::size_t count) {
    m.digits == 8 ? run_plans<8>(m, jobs, count) : run_plans<k_large>(m, jobs, count);
}
void raw_products(const Modulus& m, const ProductJob* jobs, std::size_t count) {
    m.digits == 8 ? run_products<8>(m, jobs, count) : run_products<k_large>(m, jobs, count);
}
void raw_comb(const Modulus& m, const Entry* powers, unsigned width, Entry* table) {
    m.digits == 8 ? run_comb<8>(m, powers, width, table) : run_comb<k_large>(m, powers, width, table);
}
