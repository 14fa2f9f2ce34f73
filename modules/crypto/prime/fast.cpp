// SPDX-License-Identifier: AGPL-3.0-or-later
// The fast path of PrimeGroup for public numbers. With an engine of prime/engine.hpp several numbers at a time, otherwise one by
// one in OpenSSL's Montgomery form: the same plans, the same values.
//
// Powers (power_many_var), for bases met once: Yao's method over sliding windows. An exponent is the sum of d 2^i over windows of four or
// five bits that begin at a set bit, so that every digit d is odd (plan_power takes the cheaper width).
//   1. chain    a^(2^i) for i = 0..255, once per base: 255 squarings, shared by all its exponents and by the membership test a^q = 1;
//   2. running  from the largest d down, R *= a^(2^i) of every window with this digit, and before each smaller digit T *= R;
//   3. result   T^2 R, since R taken k times by T counts for the digit 2k + 1: some 60 products an exponent.
// Fixed bases (multiply_fixed_many_var: g, the election's key): the windows of Brickell, Gordon, McCurley and Wilson. A table holds
// a^(d 2^(w i)) for every place i and d = 1..2^w - 1; a power is one product per digit and no squaring.
// Multiplication: Montgomery's, four digits of the reduction at a time (prime/lanes.inl). Lanes: a job each (lanes.hpp).
#include <algorithm>
#include <span>

#include "crypto/lanes.hpp"
#include "crypto/prime/constants.hpp"

namespace crypto {

prime::Modulus make_modulus(const BigNumber& p, const prime::Engine& engine) {
    using namespace prime;
    Modulus m;
    const auto bits = static_cast<std::size_t>(BN_num_bits(p.get()));
    m.digits = bits <= 8 * engine.digit_bits - 32 ? 8 : engine.large_digits;
    const std::size_t radix_bits = m.digits * engine.digit_bits;
    ENSURE(bits <= radix_bits - 32);
    // `count` pieces of `width` bits.
    const auto cut = [](const BigNumber& number, std::uint64_t* pieces, std::size_t count, std::size_t width) {
        std::uint64_t words[k_words + 4];
        to_words(number, words, std::size(words));
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t bit = width * k, word = bit / 64, shift = bit % 64;
            std::uint64_t piece = words[word] >> shift;
            if (shift + width > 64) piece |= words[word + 1] << (64 - shift);
            pieces[k] = piece & ((std::uint64_t{1} << width) - 1);
        }
    };
    const auto cut_entry = [&](const BigNumber& number, Entry& entry) {
        cut(number, entry.limb, m.digits / engine.digits_per_limb, engine.digit_bits * engine.digits_per_limb);
    };
    const auto power_of_two = [](std::size_t exponent) {
        BigNumber number;
        must(BN_set_bit(number.get(), static_cast<int>(exponent)));
        return number;
    };
    cut_entry(p, m.p);
    cut(p, m.p_digits, m.digits, engine.digit_bits);
    std::uint64_t inverse = 1;  // Newton's iteration
    for (int i = 0; i < 6; ++i) inverse *= 2 - m.p.limb[0] * inverse;
    m.negative_inverse = (0 - inverse) & ((std::uint64_t{1} << engine.digit_bits) - 1);

    const BigNumber radix = power_of_two(radix_bits), block = power_of_two(4 * engine.digit_bits);
    BigNumber number;
    must(BN_nnmod(number.get(), radix.get(), p.get(), context()));
    cut_entry(number, m.one);
    to_words(number, m.one_words.data(), k_words);
    must(BN_mod_sqr(number.get(), number.get(), p.get(), context()));
    cut_entry(number, m.square);
    // p' = p * (-1/p mod radix^4)
    ENSURE(BN_mod_inverse(number.get(), p.get(), block.get(), context()) != nullptr);
    must(BN_sub(number.get(), block.get(), number.get()));
    must(BN_mul(number.get(), number.get(), p.get(), context()));
    must(BN_add_word(number.get(), 1));
    must(BN_rshift(number.get(), number.get(), static_cast<int>(4 * engine.digit_bits)));
    cut(number, m.folded_digits, m.digits, engine.digit_bits);
    return m;
}

namespace {

using prime::Plan;

unsigned digit_of(const Limbs& s, std::size_t i, unsigned width) {
    const std::size_t bit = i * width, limb = bit / 64, shift = bit % 64;
    std::uint64_t bits = s[limb] >> shift;
    if (shift + width > 64 && limb < 3) bits |= s[limb + 1] << (64 - shift);
    return static_cast<unsigned>(bits & ((1u << width) - 1));
}

std::size_t rows_of(unsigned width) { return (256 + width - 1) / width; }
std::size_t columns_of(unsigned width) { return (std::size_t{1} << width) - 1; }

// Calls take(index in the comb's table) for each digit that is not zero.
template <class Take>
void for_digits(const Limbs& s, unsigned width, Take take) {
    for (std::size_t i = 0; i < rows_of(width); ++i)
        if (const unsigned d = digit_of(s, i, width); d != 0) take(i * columns_of(width) + d - 1);
}

template <class P>
const Plan& membership_plan() {
    static const Plan plan = prime::plan_power(P::k_q);
    return plan;
}

// --- One by one ---------------------------------------------------------------------------------------------------------
// A product in Montgomery form in a number that keeps its memory; an absent one is one.
template <class P>
class Product {
public:
    void clear() { any_ = false; }
    bool any() const { return any_; }
    const BigNumber& number() const { return number_; }
    void times(const BigNumber& factor) {
        if (any_) {
            must(BN_mod_mul_montgomery(number_.get(), number_.get(), factor.get(), constants<P>().montgomery, context()));
            return;
        }
        ENSURE(BN_copy(number_.get(), factor.get()) != nullptr);
        any_ = true;
    }
    void times(const Product& other) {
        if (other.any_) times(other.number_);
    }
    BigNumber plain() const {
        BigNumber plain;
        if (any_) must(BN_from_montgomery(plain.get(), number_.get(), constants<P>().montgomery, context()));
        else must(BN_one(plain.get()));
        return plain;
    }

private:
    BigNumber number_;
    bool any_ = false;
};

template <class P>
class SlowChain {
public:
    void start(const BigNumber& base) {
        const auto& k = constants<P>();
        must(BN_to_montgomery(powers_[0].get(), base.get(), k.montgomery, context()));
        for (std::size_t i = 1; i < prime::k_powers; ++i)
            must(BN_mod_mul_montgomery(powers_[i].get(), powers_[i - 1].get(), powers_[i - 1].get(), k.montgomery, context()));
    }
    BigNumber power(const Plan& plan) {
        running_.clear();
        total_.clear();
        for (std::size_t s = 0; s < plan.count; ++s) {
            if (plan.step[s] == Plan::k_collect) total_.times(running_);
            else running_.times(powers_[plan.step[s]]);
        }
        if (total_.any()) total_.times(total_.number());
        total_.times(running_);
        return total_.plain();
    }
    const BigNumber& in_montgomery_form(std::size_t i) const { return powers_[i]; }

private:
    std::array<BigNumber, prime::k_powers> powers_;
    Product<P> running_, total_;
};

template <class P>
SlowChain<P>& slow_chain() {
    thread_local SlowChain<P> own;
    return own;
}

template <class P>
void power_alone(PowerTask<PrimeGroup<P>>& task) {
    auto& chain = slow_chain<P>();
    chain.start(task.base);
    task.powers.clear();
    for (const auto& s : task.exponents) task.powers.push_back(chain.power(prime::plan_power(s.limbs())));
    if (task.test_membership) task.is_member = BN_is_one(chain.power(membership_plan<P>()).get());
}

// --- Several at a time ---------------------------------------------------------------------------------------------------
// Of the thread: 0.7 MB for eight lanes.
prime::Entry* power_memory() {
    thread_local std::vector<prime::Entry> own(prime::engine()->lanes * prime::k_powers);
    return own.data();
}

// The powers of up to `lanes` bases, in power_memory().
template <class P>
void start_chains(const prime::Engine& engine, const BigNumber* const* bases, std::size_t count) {
    prime::Words words[prime::k_lanes];
    const std::uint64_t* pointers[prime::k_lanes];
    for (std::size_t i = 0; i < count; ++i) {
        to_words(*bases[i], words[i].data(), prime::k_words);
        pointers[i] = words[i].data();
    }
    engine.raw_powers(constants<P>().modulus, pointers, count, power_memory());
}

template <class P>
void power_by_lanes(const prime::Engine& engine, std::vector<PowerTask<PrimeGroup<P>>>& tasks) {
    using namespace prime;
    using Task = PowerTask<PrimeGroup<P>>;
    std::vector<Plan> plans;
    std::vector<PowerJob> jobs;
    std::vector<Words> results;
    // Tasks with many exponents together, so that the last jobs of a group fill their lanes too.
    run_in_batches(
        tasks, engine.lanes, [](const Task& task) { return task.exponents.size(); },
        [&](std::span<Task* const> group) {
            if (group.size() == 1) return power_alone<P>(*group[0]);  // quicker than a register with one lane in use
            const BigNumber* bases[k_lanes];
            for (std::size_t i = 0; i < group.size(); ++i) bases[i] = &group[i]->base;
            start_chains<P>(engine, bases, group.size());

            plans.clear();
            for (const Task* task : group)
                for (const auto& s : task->exponents) plans.push_back(plan_power(s.limbs()));
            jobs.clear();
            const Plan* plan = plans.data();
            for (std::size_t i = 0; i < group.size(); ++i) {
                const Entry* powers = power_memory() + i * k_powers;
                for (std::size_t k = 0; k < group[i]->exponents.size(); ++k) jobs.push_back({powers, plan++, nullptr});
                if (group[i]->test_membership) jobs.push_back({powers, &membership_plan<P>(), nullptr});
            }
            results.resize(jobs.size());
            for (std::size_t i = 0; i < jobs.size(); ++i) jobs[i].result = results[i].data();
            run_in_batches(
                jobs, engine.lanes, [](const PowerJob& job) { return job.plan->count; },
                [&](std::span<PowerJob* const> batch) {
                    PowerJob side_by_side[k_lanes];
                    for (std::size_t i = 0; i < batch.size(); ++i) side_by_side[i] = *batch[i];
                    engine.raw_plans(constants<P>().modulus, side_by_side, batch.size());
                });
            const Words* result = results.data();
            for (Task* task : group) {
                task->powers.clear();
                for (std::size_t k = 0; k < task->exponents.size(); ++k)
                    task->powers.push_back(from_words((result++)->data(), constants<P>().words));
                if (task->test_membership) task->is_member = *result++ == Words{1};
            }
        });
}

template <class P>
std::vector<BigNumber> multiply_by_lanes(const prime::Engine& engine, const std::vector<FixedTask<PrimeGroup<P>>>& tasks) {
    using namespace prime;
    const auto& k = constants<P>();
    // Every term is a job; the second and later terms of a task become factors of its first one.
    std::vector<std::vector<const Entry*>> factors;
    std::vector<ProductJob> jobs;
    std::vector<Words> numbers(tasks.size());
    std::size_t terms = 0;
    for (const auto& task : tasks) terms += task.terms.size();
    factors.reserve(terms + tasks.size());
    std::vector<Entry> partial(terms);
    Entry* next_partial = partial.data();
    std::vector<ProductJob> joins;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        to_words(*tasks[i].start, numbers[i].data(), k_words);
        auto& rest = factors.emplace_back();  // what is left to multiply when all terms are products
        for (const auto& term : tasks[i].terms) {
            const auto* const base = term.first;
            auto& list = factors.emplace_back();
            for_digits(term.second.limbs(), base->width, [&](std::size_t at) { list.push_back(&base->entries[at]); });
            const bool first = &term == &tasks[i].terms.front();
            jobs.push_back({first ? numbers[i].data() : k.modulus.one_words.data(), list.data(), list.size()});
            if (first) {
                jobs.back().result = numbers[i].data();
            } else {
                rest.push_back(next_partial);
                jobs.back().entry = next_partial++;
            }
        }
        if (!rest.empty()) joins.push_back({numbers[i].data(), rest.data(), rest.size(), numbers[i].data()});
    }
    for (auto* list : {&jobs, &joins})
        run_in_batches(
            *list, engine.lanes, [](const ProductJob& job) { return job.count; },
            [&](std::span<ProductJob* const> batch) {
                ProductJob side_by_side[k_lanes];
                for (std::size_t i = 0; i < batch.size(); ++i) side_by_side[i] = *batch[i];
                engine.raw_products(k.modulus, side_by_side, batch.size());
            });
    std::vector<BigNumber> products;
    products.reserve(tasks.size());
    for (const auto& number : numbers) products.push_back(from_words(number.data(), k.words));
    return products;
}

}  // namespace

template <class P>
void PrimeGroup<P>::power_many_var(std::vector<PowerTask<PrimeGroup>>& tasks) {
    if (const auto* engine = prime::engine()) power_by_lanes<P>(*engine, tasks);
    else
        for (auto& task : tasks) power_alone<P>(task);
}

template <class P>
typename PrimeGroup<P>::FixedBase PrimeGroup<P>::make_fixed_base(const Element& a, unsigned width) {
    FixedBase base;
    base.width = width;
    const std::size_t rows = rows_of(width), columns = columns_of(width);
    if (const auto* engine = prime::engine()) {
        const BigNumber* bases[] = {&a};
        start_chains<P>(*engine, bases, 1);
        base.entries.resize(rows * columns);
        engine->raw_comb(constants<P>().modulus, power_memory(), width, base.entries.data());
        return base;
    }
    auto& chain = slow_chain<P>();
    chain.start(a);
    base.table.reserve(rows * columns);
    Product<P> multiple;
    for (std::size_t i = 0; i < rows; ++i) {
        multiple.clear();
        for (std::size_t d = 1; d <= columns; ++d) {
            multiple.times(chain.in_montgomery_form(i * width));
            base.table.push_back(multiple.number());
        }
    }
    return base;
}

template <class P>
const typename PrimeGroup<P>::FixedBase& PrimeGroup<P>::fixed_generator() {
    static const FixedBase base = make_fixed_base(generator(), 8);
    return base;
}

template <class P>
std::vector<BigNumber> PrimeGroup<P>::multiply_fixed_many_var(const std::vector<FixedTask<PrimeGroup>>& tasks) {
    if (const auto* engine = prime::engine()) return multiply_by_lanes<P>(*engine, tasks);
    std::vector<BigNumber> products;
    products.reserve(tasks.size());
    for (const auto& task : tasks) {
        // A plain number times numbers in Montgomery form is plain.
        BigNumber product = *task.start;
        for (const auto& [base, s] : task.terms)
            for_digits(s.limbs(), base->width, [&, table = base->table.data()](std::size_t at) {
                must(BN_mod_mul_montgomery(product.get(), product.get(), table[at].get(), constants<P>().montgomery, context()));
            });
        products.push_back(std::move(product));
    }
    return products;
}

#define INSTANTIATE(P)                                                                          \
    template void PrimeGroup<P>::power_many_var(std::vector<PowerTask<PrimeGroup>>&);           \
    template PrimeGroup<P>::FixedBase PrimeGroup<P>::make_fixed_base(const Element&, unsigned); \
    template const PrimeGroup<P>::FixedBase& PrimeGroup<P>::fixed_generator();                  \
    template std::vector<BigNumber> PrimeGroup<P>::multiply_fixed_many_var(const std::vector<FixedTask<PrimeGroup>>&);
INSTANTIATE(Toy607Params)
INSTANTIATE(Belenios2048Params)
#undef INSTANTIATE

}  // namespace crypto
