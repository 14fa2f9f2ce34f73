// SPDX-License-Identifier: AGPL-3.0-or-later
// The readable operations, one number at a time; many public ones together: prime/fast.cpp.
#include <sodium.h>

#include <array>

#include "crypto/prime/constants.hpp"
#include "crypto/prime/decimal.hpp"

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

template <class S>
BigNumber exponent_var(const S& s) {
    return from_words(s.limbs().data(), 4);
}

// OpenSSL's constant-time power takes as many steps as the exponent has words, and its reader drops zero bytes at the top one by one:
// so a fifth word that is not zero is read too, then cut off. What still shows is a top word of zero, once in 2^64.
template <class S>
BigNumber exponent_secret(const S& s) {
    unsigned char bytes[33];
    s.store_little_endian(bytes);
    bytes[32] = 1;
    BigNumber number;
    ENSURE(BN_lebin2bn(bytes, sizeof bytes, number.get()) != nullptr);
    must(BN_mask_bits(number.get(), 256));
    sodium_memzero(bytes, sizeof bytes);
    return number;
}

template <class P, class S>
BigNumber power_consttime(const BigNumber& a, const S& s) {
    const auto& k = constants<P>();
    const BigNumber e = exponent_secret(s);
    BigNumber result;
    must(BN_mod_exp_mont_consttime(result.get(), a.get(), e.get(), k.p.get(), context(), k.montgomery));
    return result;
}

// What leaves the functions below is published: a key, a ciphertext, a factor, a commitment that every verifier recomputes.
BigNumber published(BigNumber number) {
#ifdef PORTAIL_SECRECY_CHECK
    unsigned char bytes[256];
    ENSURE(BN_bn2lebinpad(number.get(), bytes, sizeof bytes) >= 0);
    mark_public(bytes, sizeof bytes);
    ENSURE(BN_lebin2bn(bytes, sizeof bytes, number.get()) != nullptr);
#endif
    return number;
}

}  // namespace

template <class P>
std::optional<BigNumber> PrimeGroup<P>::decode_var(std::string_view text) {
    if (text.empty() || text.size() > P::k_p.size() || text[0] == '0') return std::nullopt;
    for (const char c : text)
        if (c < '0' || c > '9') return std::nullopt;
    prime::Words words;
    const std::size_t size = constants<P>().words;
    if (!prime::read_decimal_var(text, {words.data(), size})) return std::nullopt;
    BigNumber number = from_words(words.data(), size);
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
    prime::Words words;
    const std::size_t size = constants<P>().words;
    to_words(a, words.data(), size);
    std::uint64_t* number = words.data();
    std::string text;
    prime::write_decimals_var(&number, 1, size, &text);
    return text;
}

template <class P>
std::vector<std::string> PrimeGroup<P>::encode_all(const std::vector<Element>& many) {
    const std::size_t size = constants<P>().words;
    std::vector<prime::Words> words(many.size());
    std::vector<std::uint64_t*> numbers;
    for (std::size_t i = 0; i < many.size(); ++i) {
        to_words(many[i], words[i].data(), size);
        numbers.push_back(words[i].data());
    }
    std::vector<std::string> texts(many.size());
    prime::write_decimals_var(numbers.data(), many.size(), size, texts.data());
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
    const BigNumber e = exponent_var(s);
    BigNumber power;
    must(BN_mod_exp_mont(power.get(), a.get(), e.get(), k.p.get(), context(), k.montgomery));
    return power;
}

template <class P>
BigNumber PrimeGroup<P>::power2_var(const Element& a, const Scalar& s, const Element& b, const Scalar& t) {
    const auto& k = constants<P>();
    const BigNumber e = exponent_var(s), f = exponent_var(t);
    BigNumber power;
    must(BN_mod_exp2_mont(power.get(), a.get(), e.get(), b.get(), f.get(), k.p.get(), context(), k.montgomery));
    return power;
}

template <class P>
BigNumber PrimeGroup<P>::generator_power_secret(const Scalar& s) {
    return published(power_consttime<P>(generator(), s));
}

template <class P>
BigNumber PrimeGroup<P>::power_secret(const Element& a, const Scalar& s) {
    return published(power_consttime<P>(a, s));
}

// Numbers multiply in a time that depends on their words, and t = 0, the mark of the true branch of a proof or of a choice not made,
// would give the number one: so g^(t-2), as long as any for every t but 2, which no caller has, then the constant g^2.
template <class P>
BigNumber PrimeGroup<P>::masked_power_secret(const Element& a, const Scalar& s, const Scalar& t) {
    static const Element square = multiply(generator(), generator());
    const BigNumber mask = power_consttime<P>(generator(), t - Scalar::from(2));
    return published(multiply(multiply(power_consttime<P>(a, s), mask), square));
}

// The number has a word of zero at the top once in 2^64; its length in decimal shows (section 1.1 writes no zeros).
template <class P>
util::SecretText PrimeGroup<P>::product_text_secret(const Element& b, const Element& a, const Scalar& s) {
    const BigNumber product = multiply(b, power_consttime<P>(a, s));
    prime::Words words;
    const std::size_t size = constants<P>().words;
    to_words(product, words.data(), size);
    std::array<std::uint32_t, 2 * std::tuple_size_v<prime::Words>> halves;
    for (std::size_t i = 0; i < 2 * size; ++i) halves[i] = static_cast<std::uint32_t>(words[i / 2] >> (32 * (i % 2)));
    sodium_memzero(words.data(), sizeof words);
    return write_decimal_secret({halves.data(), 2 * size});  // leaves zeros in `halves`
}

template class PrimeGroup<Toy607Params>;
template class PrimeGroup<Belenios2048Params>;

}  // namespace crypto
