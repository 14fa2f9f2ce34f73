// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/prime/decimal.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "crypto/limbs.hpp"

namespace crypto::prime {

namespace {

constexpr std::uint64_t k_ten19 = 10'000'000'000'000'000'000u;  // above 2^63
constexpr std::size_t k_chunk = 19;
// floor((2^128 - 1) / 10^19) - 2^64
constexpr std::uint64_t k_reciprocal = static_cast<std::uint64_t>(~Wide{0} / k_ten19 - (Wide{1} << 64));

// (remainder 2^64 + word) / 10^19 with two multiplications; remainder < 10^19. (N. Möller, T. Granlund: Improved division by
// invariant integers, algorithm 4.)
inline std::uint64_t divide_step(std::uint64_t& remainder, std::uint64_t word) {
    const Wide guess = static_cast<Wide>(k_reciprocal) * remainder + ((static_cast<Wide>(remainder) << 64) | word);
    std::uint64_t quotient = static_cast<std::uint64_t>(guess >> 64) + 1;
    std::uint64_t rest = word - quotient * k_ten19;
    if (rest > static_cast<std::uint64_t>(guess)) {
        --quotient;
        rest += k_ten19;
    }
    if (rest >= k_ten19) {
        ++quotient;
        rest -= k_ten19;
    }
    remainder = rest;
    return quotient;
}

// 19 digits that end before `end`, two by two.
inline void write_chunk(std::uint64_t value, char* end) {
    static constexpr auto k_pairs = [] {
        std::array<char, 200> pairs{};
        for (std::size_t i = 0; i < 200; ++i) pairs[i] = static_cast<char>('0' + (i % 2 == 0 ? i / 20 : i / 2 % 10));
        return pairs;
    }();
    for (std::size_t d = 0; d < k_chunk / 2; ++d, value /= 100) std::memcpy(end -= 2, &k_pairs[value % 100 * 2], 2);
    end[-1] = static_cast<char>('0' + value);
}

// The divisions of several numbers overlap, each being one long chain of dependent steps.
template <std::size_t count>
void write_some(std::uint64_t* const* numbers, std::size_t size, std::string* texts) {
    for (std::size_t k = 0; k < count; ++k) texts[k].assign((size * 64 + 62) / 63 * k_chunk, '0');  // 10^19 > 2^63
    std::size_t top = size, end = texts[0].size();
    while (top != 0) {
        std::uint64_t remainder[count] = {};
        for (std::size_t i = top; i-- > 0;)
            for (std::size_t k = 0; k < count; ++k) numbers[k][i] = divide_step(remainder[k], numbers[k][i]);
        for (std::size_t k = 0; k < count; ++k) {
            write_chunk(remainder[k], texts[k].data() + end);
        }
        end -= k_chunk;
        const auto is_zero = [&] {
            for (std::size_t k = 0; k < count; ++k)
                if (numbers[k][top - 1] != 0) return false;
            return true;
        };
        while (top != 0 && is_zero()) --top;
    }
    for (std::size_t k = 0; k < count; ++k) texts[k].erase(0, std::min(texts[k].find_first_not_of('0'), texts[k].size() - 1));
}

}  // namespace

bool read_decimal_var(std::string_view digits, std::span<std::uint64_t> words) {
    std::fill(words.begin(), words.end(), 0);
    std::size_t used = 0;
    while (!digits.empty()) {
        const std::string_view chunk = digits.substr(0, (digits.size() - 1) % k_chunk + 1);
        digits.remove_prefix(chunk.size());
        std::uint64_t carry = 0;
        for (const char c : chunk) carry = carry * 10 + static_cast<std::uint64_t>(c - '0');
        for (std::size_t i = 0; i < used; ++i) {
            const Wide t = static_cast<Wide>(words[i]) * k_ten19 + carry;
            words[i] = static_cast<std::uint64_t>(t);
            carry = static_cast<std::uint64_t>(t >> 64);
        }
        if (carry == 0) continue;
        if (used == words.size()) return false;
        words[used++] = carry;
    }
    return true;
}

void write_decimals_var(std::uint64_t* const* numbers, std::size_t count, std::size_t size, std::string* texts) {
    for (; count >= 4; count -= 4, numbers += 4, texts += 4) write_some<4>(numbers, size, texts);
    for (; count > 0; --count, ++numbers, ++texts) write_some<1>(numbers, size, texts);
}

}  // namespace crypto::prime
