// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers an SMS may go to, as people type them, made regular. Knows the French numbering plan's mobile ranges, mainland and
// overseas; elsewhere only the countries that an operator has declared: abroad costs more, and an open prefix would let a thief empty the budget.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

// A country where postings are declared.
struct PhoneCountry {
    std::string prefix;  // "+32"
    std::string name;    // "Belgique", as electors read it
};
// From "+32 Belgique". Nothing unless it is a plus, one to three digits and a name, or if France or an overseas territory has the prefix.
std::optional<PhoneCountry> read_phone_country(std::string_view text);

enum class PhoneFault { malformed, landline, prefix_not_allowed };
struct Phone {
    std::optional<std::string> e164;
    std::string prefix;                        // with e164: "+33", "+687", "+32"
    bool abroad = false;                       // one of the declared countries
    PhoneFault fault = PhoneFault::malformed;  // without e164
};
// E.164 from "06 12 34 56 78", "+262 692 12 34 56", "00687…": French mobiles (+33 6 and 7) and those overseas (+262, +590,
// +594, +596, +508, +681, +687, +689), and any number of a declared country, whose mobile ranges we do not know. Nothing for landlines and
// other prefixes.
Phone normalise_phone(std::string_view typed, const std::vector<PhoneCountry>& declared = {});

}  // namespace domain
