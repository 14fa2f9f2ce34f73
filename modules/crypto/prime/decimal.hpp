// SPDX-License-Identifier: AGPL-3.0-or-later
// Decimal writing of numbers of some thousand bits, 19 digits at a time. Public numbers: time depends on them. Knows no group.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace crypto::prime {

// Digits only; false when the number does not fit in `words` (64 bits each, low first).
bool read_decimal_var(std::string_view digits, std::span<std::uint64_t> words);

// Writes `count` numbers of `size` words each, which are lost; no leading zero but for zero itself.
void write_decimals_var(std::uint64_t* const* numbers, std::size_t count, std::size_t size, std::string* texts);

}  // namespace crypto::prime
