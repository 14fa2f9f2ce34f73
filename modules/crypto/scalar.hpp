// SPDX-License-Identifier: AGPL-3.0-or-later
// Integers modulo a group's prime order q (challenges, responses, nonces, keys). Arithmetic is in constant time: scalars are
// often secret. Reading and writing decimal text is so in the functions named `_secret` only.
#pragma once

#include <sodium.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "crypto/limbs.hpp"
#include "crypto/secrecy.hpp"
#include "crypto/secret_text.hpp"
#include "util/ensure.hpp"
#include "util/random.hpp"

namespace crypto {

// Order::k_q: the odd prime q < 2^256.
template <class Order>
class Scalar {
public:
    static constexpr Limbs k_q = Order::k_q;
    static constexpr std::uint64_t k_ten19 = 10'000'000'000'000'000'000u;

    constexpr Scalar() = default;  // zero

    static constexpr Scalar from(std::uint64_t small) { return from_montgomery(multiply(Limbs{small}, k_r2)); }

    // Big-endian bytes, at most 32, reduced mod q.
    static Scalar reduce(std::string_view big_endian) {
        ENSURE(big_endian.size() <= 32);
        Limbs value{};
        for (std::size_t i = 0; i < big_endian.size(); ++i) {
            const std::size_t place = big_endian.size() - 1 - i;
            value[place / 8] |= static_cast<std::uint64_t>(static_cast<unsigned char>(big_endian[i])) << (8 * (place % 8));
        }
        return from_montgomery(multiply(value, k_r2));
    }
    // The same for 64 bytes.
    static Scalar reduce_wide(std::string_view big_endian) {
        ENSURE(big_endian.size() == 64);
        const Scalar high = reduce(big_endian.substr(0, 32)), low = reduce(big_endian.substr(32));
        return from_raw(multiply(high.value_, k_r2)) + low;  // high * 2^256 + low
    }
    // Uniform up to 2^-256.
    static Scalar random() {
        std::string bytes = util::random_bytes(64);
        const Scalar value = reduce_wide(bytes);
        sodium_memzero(bytes.data(), bytes.size());
        mark_secret(&value, sizeof value);
        return value;
    }

    // `0|[1-9][0-9]*`, below q.
    static std::optional<Scalar> parse(std::string_view text) {
        if (text.empty() || text.size() > 78 || (text[0] == '0' && text.size() > 1)) return std::nullopt;
        Limbs value{};
        for (std::size_t at = 0; at < text.size();) {
            std::uint64_t chunk = 0, radix = 1, carry = 0;  // up to 19 digits at a time
            for (; at < text.size() && radix < k_ten19; ++at, radix *= 10) {
                if (text[at] < '0' || text[at] > '9') return std::nullopt;
                chunk = chunk * 10 + static_cast<std::uint64_t>(text[at] - '0');
            }
            value = multiply_add_small(value, radix, chunk, carry);
            if (carry != 0) return std::nullopt;
        }
        std::uint64_t below = 0;
        subtract_limbs(value, k_q, below);
        if (below == 0) return std::nullopt;
        return from_raw(value);
    }
    // The same of a secret number: only its length, and whether it is good, show.
    static std::optional<Scalar> parse_secret(std::string_view text) {
        if (text.empty() || text.size() > 78) return std::nullopt;
        Limbs value{};
        std::uint64_t wrong = 0;
        for (const char c : text) {
            const std::uint64_t digit = static_cast<std::uint64_t>(static_cast<unsigned char>(c)) - '0';  // wraps around below '0'
            std::uint64_t carry = 0;
            value = multiply_add_small(value, 10, digit & 15, carry);
            wrong |= carry | ((9 - digit) >> 63) | (digit >> 63);
        }
        if (text.size() > 1) wrong |= static_cast<std::uint64_t>(text[0] == '0');
        std::uint64_t below = 0;
        subtract_limbs(value, k_q, below);
        const bool good = ((below ^ 1) | wrong) == 0;
        mark_public(&good, sizeof good);
        if (!good) return std::nullopt;
        return from_raw(value);
    }
    std::string text() const {
        // Nine digits at a time, from 32-bit words: the divisions by a constant become multiplications.
        constexpr std::uint64_t k_ten9 = 1'000'000'000;
        std::uint32_t words[8];
        for (std::size_t i = 0; i < 8; ++i) words[i] = static_cast<std::uint32_t>(value_[i / 2] >> (32 * (i % 2)));
        char digits[81];
        std::size_t start = sizeof digits, top = 8;
        while (start != 0) {
            while (top > 0 && words[top - 1] == 0) --top;
            std::uint64_t remainder = 0;
            for (std::size_t i = top; i-- > 0;) {
                const std::uint64_t t = remainder << 32 | words[i];
                words[i] = static_cast<std::uint32_t>(t / k_ten9);
                remainder = t % k_ten9;
            }
            auto nine = static_cast<std::uint32_t>(remainder);
            for (int d = 0; d < 9; ++d, nine /= 10) digits[--start] = static_cast<char>('0' + nine % 10);
        }
        while (start + 1 < sizeof digits && digits[start] == '0') ++start;
        return std::string(digits + start, sizeof digits - start);
    }

    // The same of a secret number: only its length shows.
    util::SecretText text_secret() const {
        std::uint32_t words[8];
        for (std::size_t i = 0; i < 8; ++i) words[i] = static_cast<std::uint32_t>(value_[i / 2] >> (32 * (i % 2)));
        return write_decimal_secret(words);  // leaves zeros in `words`
    }

    const Limbs& limbs() const { return value_; }
    void store_little_endian(unsigned char* out32) const {
        for (std::size_t i = 0; i < 32; ++i) out32[i] = static_cast<unsigned char>(value_[i / 8] >> (8 * (i % 8)));
    }

    friend Scalar operator+(const Scalar& a, const Scalar& b) {
        std::uint64_t carry = 0, borrow = 0;
        const Limbs sum = add_limbs(a.value_, b.value_, carry);
        const Limbs less = subtract_limbs(sum, k_q, borrow);
        return from_raw(select_limbs(less, sum, borrow & (carry ^ 1)));
    }
    friend Scalar operator-(const Scalar& a, const Scalar& b) {
        std::uint64_t borrow = 0, carry = 0;
        const Limbs difference = subtract_limbs(a.value_, b.value_, borrow);
        return from_raw(select_limbs(difference, add_limbs(difference, k_q, carry), borrow));
    }
    friend Scalar operator*(const Scalar& a, const Scalar& b) { return from_raw(multiply(multiply(a.value_, b.value_), k_r2)); }
    Scalar operator-() const { return Scalar{} - *this; }
    friend bool operator==(const Scalar& a, const Scalar& b) { return sodium_memcmp(&a.value_, &b.value_, sizeof a.value_) == 0; }
    bool is_zero() const { return *this == Scalar{}; }

    // Fermat: this^(q-2). Precondition: not zero.
    Scalar inverse() const {
        std::uint64_t borrow = 0;
        const Limbs exponent = subtract_limbs(k_q, Limbs{2}, borrow);
        Scalar power = from(1);
        for (std::size_t bit = 256; bit-- > 0;) {
            power = power * power;
            if ((exponent[bit / 64] >> (bit % 64)) & 1) power = power * *this;  // q is public
        }
        return power;
    }
    // a when flag = 0, b when flag = 1.
    static Scalar select(const Scalar& a, const Scalar& b, std::uint64_t flag) {
        return from_raw(select_limbs(a.value_, b.value_, flag));
    }

private:
    static constexpr Scalar from_raw(const Limbs& value) {
        Scalar s;
        s.value_ = value;
        return s;
    }
    static constexpr Scalar from_montgomery(const Limbs& value) { return from_raw(multiply(value, Limbs{1})); }

    // -1/q mod 2^64, by Newton's iteration.
    static constexpr std::uint64_t negative_inverse() {
        std::uint64_t inverse = 1;
        for (int i = 0; i < 6; ++i) inverse *= 2 - k_q[0] * inverse;
        return 0 - inverse;
    }
    // 2^512 mod q, by doubling 1.
    static constexpr Limbs square_of_radix() {
        Limbs value{1};
        for (int i = 0; i < 512; ++i) {
            std::uint64_t carry = 0, borrow = 0;
            const Limbs twice = add_limbs(value, value, carry);
            const Limbs less = subtract_limbs(twice, k_q, borrow);
            value = (carry != 0 || borrow == 0) ? less : twice;
        }
        return value;
    }
    // Montgomery: a * b / 2^256 mod q. Precondition: b < q; a is any 256-bit number. (P. L. Montgomery 1985, by words.)
    static constexpr Limbs multiply(const Limbs& a, const Limbs& b) {
        constexpr std::uint64_t k_inverse = negative_inverse();
        std::uint64_t t[6] = {};
        for (std::size_t i = 0; i < 4; ++i) {
            std::uint64_t carry = 0;
            for (std::size_t j = 0; j < 4; ++j) {
                const Wide product = static_cast<Wide>(a[i]) * b[j] + t[j] + carry;
                t[j] = static_cast<std::uint64_t>(product);
                carry = static_cast<std::uint64_t>(product >> 64);
            }
            const Wide top = static_cast<Wide>(t[4]) + carry;
            t[4] = static_cast<std::uint64_t>(top);
            t[5] = static_cast<std::uint64_t>(top >> 64);
            const std::uint64_t m = t[0] * k_inverse;
            carry = static_cast<std::uint64_t>((static_cast<Wide>(m) * k_q[0] + t[0]) >> 64);
            for (std::size_t j = 1; j < 4; ++j) {
                const Wide product = static_cast<Wide>(m) * k_q[j] + t[j] + carry;
                t[j - 1] = static_cast<std::uint64_t>(product);
                carry = static_cast<std::uint64_t>(product >> 64);
            }
            const Wide last = static_cast<Wide>(t[4]) + carry;
            t[3] = static_cast<std::uint64_t>(last);
            t[4] = t[5] + static_cast<std::uint64_t>(last >> 64);
        }
        const Limbs result{t[0], t[1], t[2], t[3]};
        std::uint64_t borrow = 0;
        const Limbs less = subtract_limbs(result, k_q, borrow);
        return select_limbs(less, result, borrow & (t[4] ^ 1));
    }

    static constexpr Limbs k_r2 = square_of_radix();

    Limbs value_{};
};

// A scalar wiped when it dies. Movable, so that vectors hold it; not copyable.
template <class S>
class SecretScalar {
public:
    SecretScalar() = default;
    explicit SecretScalar(const S& value) : value_(value) {}
    SecretScalar(const SecretScalar&) = delete;
    SecretScalar& operator=(const SecretScalar&) = delete;
    SecretScalar(SecretScalar&& other) noexcept : value_(other.value_) { other.wipe(); }
    SecretScalar& operator=(SecretScalar&& other) noexcept {
        std::swap(value_, other.value_);
        return *this;
    }
    ~SecretScalar() { wipe(); }

    static SecretScalar random() { return SecretScalar(S::random()); }
    // In [1, q).
    static SecretScalar random_nonzero() {
        for (;;) {
            SecretScalar s = random();
            const bool zero = s.value_.is_zero();
            mark_public(&zero, sizeof zero);
            if (!zero) return s;
        }
    }

    const S& operator*() const { return value_; }
    const S* operator->() const { return &value_; }

private:
    void wipe() { sodium_memzero(&value_, sizeof value_); }
    S value_;
};

}  // namespace crypto
