// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/prime_group.hpp"

#include <sodium.h>

#include <array>
#include <new>

#include "util/ensure.hpp"

namespace crypto {

BigNumber::BigNumber() : number_(BN_new()) {
    if (!number_) throw std::bad_alloc();
}
BigNumber::BigNumber(const BigNumber& other) : number_(BN_dup(other.get())) {
    if (!number_) throw std::bad_alloc();
}
BigNumber& BigNumber::operator=(const BigNumber& other) {
    if (this != &other) *this = BigNumber(other);
    return *this;
}

namespace {

// Running out of memory is the only way these calls fail on checked arguments.
void must(int ok) {
    if (ok != 1) throw std::bad_alloc();
}

BN_CTX* context() {
    struct Free {
        void operator()(BN_CTX* c) const { BN_CTX_free(c); }
    };
    thread_local const std::unique_ptr<BN_CTX, Free> own(BN_CTX_secure_new());
    ENSURE(own != nullptr);
    return own.get();
}

BigNumber from_decimal(std::string_view digits) {
    BigNumber number;
    BIGNUM* raw = number.get();
    ENSURE(BN_dec2bn(&raw, std::string(digits).c_str()) == static_cast<int>(digits.size()));
    return number;
}

template <class Params>
struct Constants {
    BigNumber p = from_decimal(Params::k_p), g = from_decimal(Params::k_g), one, inverse_g;
    BN_MONT_CTX* montgomery = BN_MONT_CTX_new();

    Constants() {
        must(BN_one(one.get()));
        ENSURE(montgomery != nullptr);
        must(BN_MONT_CTX_set(montgomery, p.get(), context()));
        ENSURE(BN_mod_inverse(inverse_g.get(), g.get(), p.get(), context()) != nullptr);
    }
    Constants(const Constants&) = delete;
    Constants& operator=(const Constants&) = delete;
    ~Constants() { BN_MONT_CTX_free(montgomery); }
};

template <class Params>
const Constants<Params>& constants() {
    static const Constants<Params> own;
    return own;
}

// For secrets: the constant-time power works on the words of the number, all four of them but once in 2^64.
template <class S>
BigNumber exponent(const S& s) {
    unsigned char bytes[32];
    s.store_little_endian(bytes);
    BigNumber number;
    ENSURE(BN_lebin2bn(bytes, sizeof bytes, number.get()) != nullptr);
    sodium_memzero(bytes, sizeof bytes);
    return number;
}

template <class Params>
BigNumber power_consttime(const BigNumber& a, const BigNumber& e) {
    const auto& k = constants<Params>();
    BigNumber result;
    must(BN_mod_exp_mont_consttime(result.get(), a.get(), e.get(), k.p.get(), context(), k.montgomery));
    return result;
}

}  // namespace

template <class P>
std::optional<BigNumber> PrimeGroup<P>::decode_var(std::string_view text) {
    if (text.empty() || text.size() > P::k_p.size() || text[0] == '0') return std::nullopt;
    for (const char c : text)
        if (c < '0' || c > '9') return std::nullopt;
    BigNumber number = from_decimal(text);
    if (BN_cmp(number.get(), constants<P>().p.get()) >= 0) return std::nullopt;
    return number;
}

template <class P>
std::vector<std::optional<BigNumber>> PrimeGroup<P>::decode_many_var(const std::vector<std::string_view>& texts) {
    std::vector<std::optional<BigNumber>> elements;
    elements.reserve(texts.size());
    for (const auto text : texts) elements.push_back(decode_var(text));
    return elements;
}

// x^q = 1, tested for every single element (section 1.1: no random combination of tests is sound here).
template <class P>
bool PrimeGroup<P>::is_member_var(const Element& a) {
    static const BigNumber q = [] {
        Limbs limbs = P::k_q;
        BigNumber number;
        ENSURE(BN_lebin2bn(reinterpret_cast<const unsigned char*>(limbs.data()), 32, number.get()) != nullptr);
        return number;
    }();
    const auto& k = constants<P>();
    BigNumber power;
    must(BN_mod_exp_mont(power.get(), a.get(), q.get(), k.p.get(), context(), k.montgomery));
    return BN_is_one(power.get());
}

template <class P>
std::string PrimeGroup<P>::encode(const Element& a) {
    char* digits = BN_bn2dec(a.get());
    if (digits == nullptr) throw std::bad_alloc();
    std::string text(digits);
    OPENSSL_free(digits);
    return text;
}

template <class P>
std::vector<std::string> PrimeGroup<P>::encode_all(const std::vector<Element>& many) {
    std::vector<std::string> texts;
    texts.reserve(many.size());
    for (const auto& a : many) texts.push_back(encode(a));
    return texts;
}

template <class P>
const BigNumber& PrimeGroup<P>::identity() {
    return constants<P>().one;
}
template <class P>
const BigNumber& PrimeGroup<P>::generator() {
    return constants<P>().g;
}
template <class P>
const BigNumber& PrimeGroup<P>::inverse_generator() {
    return constants<P>().inverse_g;
}

// Two Montgomery products: into Montgomery form, and back out while multiplying. Constant time for full-size numbers.
template <class P>
BigNumber PrimeGroup<P>::multiply(const Element& a, const Element& b) {
    const auto& k = constants<P>();
    BigNumber product;
    must(BN_to_montgomery(product.get(), a.get(), k.montgomery, context()));
    must(BN_mod_mul_montgomery(product.get(), product.get(), b.get(), k.montgomery, context()));
    return product;
}

template <class P>
BigNumber PrimeGroup<P>::invert_var(const Element& a) {
    BigNumber inverse;
    ENSURE(BN_mod_inverse(inverse.get(), a.get(), constants<P>().p.get(), context()) != nullptr);
    return inverse;
}

template <class P>
BigNumber PrimeGroup<P>::power_var(const Element& a, const Scalar& s) {
    const auto& k = constants<P>();
    const BigNumber e = exponent(s);
    BigNumber power;
    must(BN_mod_exp_mont(power.get(), a.get(), e.get(), k.p.get(), context(), k.montgomery));
    return power;
}

template <class P>
BigNumber PrimeGroup<P>::power2_var(const Element& a, const Scalar& s, const Element& b, const Scalar& t) {
    const auto& k = constants<P>();
    const BigNumber e = exponent(s), f = exponent(t);
    BigNumber power;
    must(BN_mod_exp2_mont(power.get(), a.get(), e.get(), b.get(), f.get(), k.p.get(), context(), k.montgomery));
    return power;
}

template <class P>
BigNumber PrimeGroup<P>::generator_power_secret(const Scalar& s) {
    return power_consttime<P>(generator(), exponent(s));
}

template <class P>
BigNumber PrimeGroup<P>::power_secret(const Element& a, const Scalar& s) {
    return power_consttime<P>(a, exponent(s));
}

template <class P>
BigNumber PrimeGroup<P>::masked_power_secret(const Element& a, const Scalar& s, const Scalar& t) {
    return multiply(power_secret(a, s), generator_power_secret(t));
}

// --- The fast path: Montgomery form throughout, one chain of squarings per base ---------------------------------------
namespace {

unsigned digit_of(const Limbs& s, std::size_t i, unsigned width) {
    const std::size_t bit = i * width, limb = bit / 64, shift = bit % 64;
    std::uint64_t bits = s[limb] >> shift;
    if (shift + width > 64 && limb < 3) bits |= s[limb + 1] << (64 - shift);
    return static_cast<unsigned>(bits & ((1u << width) - 1));
}

// Products in Montgomery form; an absent number is one.
template <class Params>
class Product {
public:
    void times(const BigNumber& factor) {
        if (!number_) {
            number_ = factor;
            return;
        }
        must(BN_mod_mul_montgomery(number_->get(), number_->get(), factor.get(), constants<Params>().montgomery, context()));
    }
    const std::optional<BigNumber>& number() const { return number_; }
    void times(const Product& other) {
        if (other.number_) times(*other.number_);
    }
    // Out of Montgomery form.
    BigNumber value() const {
        if (!number_) return constants<Params>().one;
        BigNumber plain;
        must(BN_from_montgomery(plain.get(), number_->get(), constants<Params>().montgomery, context()));
        return plain;
    }

private:
    std::optional<BigNumber> number_;
};

// Yao's buckets for one exponent, digits of four bits.
template <class Params>
struct Buckets {
    Limbs exponent;
    std::array<Product<Params>, 15> bucket = {};

    void put(std::size_t i, const BigNumber& power) {
        if (const unsigned d = digit_of(exponent, i, 4); d != 0) bucket[d - 1].times(power);
    }
    // Product of bucket[d-1]^d, by running products.
    BigNumber weigh() const {
        Product<Params> running, total;
        for (std::size_t d = 15; d-- > 0;) {
            running.times(bucket[d]);
            total.times(running);
        }
        return total.value();
    }
};

}  // namespace

template <class P>
void PrimeGroup<P>::power_many_var(std::vector<PowerTask<PrimeGroup>>& tasks) {
    const auto& k = constants<P>();
    for (auto& task : tasks) {
        std::vector<Buckets<P>> buckets;
        for (const auto& s : task.exponents) buckets.push_back({s.limbs()});
        if (task.test_membership) buckets.push_back({P::k_q});
        BigNumber power;  // base^(16^i)
        must(BN_to_montgomery(power.get(), task.base.get(), k.montgomery, context()));
        for (std::size_t i = 0; i < 64; ++i) {
            if (i != 0)
                for (int squaring = 0; squaring < 4; ++squaring)
                    must(BN_mod_mul_montgomery(power.get(), power.get(), power.get(), k.montgomery, context()));
            for (auto& b : buckets) b.put(i, power);
        }
        task.powers.clear();
        for (std::size_t j = 0; j < task.exponents.size(); ++j) task.powers.push_back(buckets[j].weigh());
        if (task.test_membership) task.is_member = BN_is_one(buckets.back().weigh().get());
    }
}

template <class P>
typename PrimeGroup<P>::FixedBase PrimeGroup<P>::make_fixed_base(const Element& a, unsigned width) {
    const auto& k = constants<P>();
    FixedBase base;
    base.width = width;
    BigNumber power;
    must(BN_to_montgomery(power.get(), a.get(), k.montgomery, context()));
    for (std::size_t i = 0; i * width < 256; ++i) {
        BigNumber multiple = power;
        for (unsigned d = 1; d < 1u << width; ++d) {
            base.table.push_back(multiple);
            must(BN_mod_mul_montgomery(multiple.get(), multiple.get(), power.get(), k.montgomery, context()));
        }
        power = std::move(multiple);
    }
    return base;
}

template <class P>
const typename PrimeGroup<P>::FixedBase& PrimeGroup<P>::fixed_generator() {
    static const FixedBase base = make_fixed_base(generator(), 8);
    return base;
}

template <class P>
BigNumber PrimeGroup<P>::multiply_fixed_var(const Element& a, const std::vector<std::pair<const FixedBase*, Scalar>>& terms) {
    Product<P> product;
    for (const auto& [base, s] : terms)
        for (std::size_t i = 0; i * base->width < 256; ++i)
            if (const unsigned d = digit_of(s.limbs(), i, base->width); d != 0)
                product.times(base->table[i * ((std::size_t{1} << base->width) - 1) + d - 1]);
    if (!product.number()) return a;
    // A plain number times one in Montgomery form is plain.
    BigNumber result;
    must(BN_mod_mul_montgomery(result.get(), product.number()->get(), a.get(), constants<P>().montgomery, context()));
    return result;
}

template class PrimeGroup<Toy607Params>;
template class PrimeGroup<Belenios2048Params>;

}  // namespace crypto
