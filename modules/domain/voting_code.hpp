// SPDX-License-Identifier: AGPL-3.0-or-later
// The code de vote V: 15 random symbols of 31 and a check symbol, shown as XXXX-XXXX-XXXX-XXXX.
// Check symbol = alphabet[(sum over i = 1..15 of i × value(symbol i)) mod 31]. The booth has the same rule.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/secret.hpp"

namespace domain {

inline constexpr std::string_view k_code_alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

// A fresh code, grouped and ready to be shown.
util::SecretText make_voting_code();
// The code that belongs to `seed` (32 bytes that nobody can guess): always the same, for a page that may be sent twice.
util::SecretText voting_code_of(std::string_view seed);
// The 16 symbols without separators from what a person typed (case, spaces, hyphens, dots forgiven); nothing if the
// length, a symbol or the check is wrong.
std::optional<std::string> normalise_voting_code(std::string_view typed);

}  // namespace domain
