// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers an SMS may go to, as people type them, made regular. Knows the French numbering plan's mobile ranges, mainland and
// overseas: abroad costs more, and an open prefix would let a thief empty the budget.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace domain {

enum class PhoneFault { malformed, landline, prefix_not_allowed };
struct Phone {
    std::optional<std::string> e164;
    PhoneFault fault = PhoneFault::malformed;  // without e164
};
// E.164 from "06 12 34 56 78", "+262 692 12 34 56", "00687…": French mobiles (+33 6 and 7) and those overseas (+262, +590,
// +594, +596, +508, +681, +687, +689). Nothing for landlines and other prefixes.
Phone normalise_phone(std::string_view typed);

}  // namespace domain
