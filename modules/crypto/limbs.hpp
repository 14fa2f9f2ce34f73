// SPDX-License-Identifier: AGPL-3.0-or-later
// 256-bit integers as four 64-bit limbs, least significant first: the little that scalars need. No branch and no address
// here depends on a value, except in the constexpr helpers used on constants.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace crypto {

using Limbs = std::array<std::uint64_t, 4>;
__extension__ typedef unsigned __int128 Wide;

// a + b; `carry` receives the 257th bit.
constexpr Limbs add_limbs(const Limbs& a, const Limbs& b, std::uint64_t& carry) {
    Limbs sum{};
    carry = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Wide t = static_cast<Wide>(a[i]) + b[i] + carry;
        sum[i] = static_cast<std::uint64_t>(t);
        carry = static_cast<std::uint64_t>(t >> 64);
    }
    return sum;
}

// a - b mod 2^256; `borrow` is 1 when a < b.
constexpr Limbs subtract_limbs(const Limbs& a, const Limbs& b, std::uint64_t& borrow) {
    Limbs difference{};
    borrow = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const Wide t = static_cast<Wide>(a[i]) - b[i] - borrow;
        difference[i] = static_cast<std::uint64_t>(t);
        borrow = static_cast<std::uint64_t>(t >> 64) & 1;
    }
    return difference;
}

// `flag` is 0 or 1: a when 0, b when 1.
constexpr Limbs select_limbs(const Limbs& a, const Limbs& b, std::uint64_t flag) {
    const std::uint64_t mask = 0 - flag;
    Limbs chosen{};
    for (std::size_t i = 0; i < 4; ++i) chosen[i] = a[i] ^ (mask & (a[i] ^ b[i]));
    return chosen;
}

// a * factor + addend; `carry` receives what stands above 2^256.
constexpr Limbs multiply_add_small(const Limbs& a, std::uint64_t factor, std::uint64_t addend, std::uint64_t& carry) {
    Limbs product{};
    carry = addend;
    for (std::size_t i = 0; i < 4; ++i) {
        const Wide t = static_cast<Wide>(a[i]) * factor + carry;
        product[i] = static_cast<std::uint64_t>(t);
        carry = static_cast<std::uint64_t>(t >> 64);
    }
    return product;
}

// A decimal constant of the source code.
constexpr Limbs limbs_from_decimal(std::string_view digits) {
    Limbs value{};
    std::uint64_t carry = 0;
    for (const char c : digits) value = multiply_add_small(value, 10, static_cast<std::uint64_t>(c - '0'), carry);
    return value;
}

}  // namespace crypto
