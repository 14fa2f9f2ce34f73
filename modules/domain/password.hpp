// SPDX-License-Identifier: AGPL-3.0-or-later
// Password profiles: what an edition asks of a password, and the sentences that say so.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/known_passwords.hpp"

namespace domain {

enum class PasswordProfile { seed2018, seed2022, modern };

// The rules a password does not meet, in the order they are shown.
enum class PasswordRule {
    too_short,
    too_long,
    no_lower,
    no_upper,
    no_digit,
    no_special,
    is_address,
    too_common,
    known,
    not_printable
};

// Lengths count code points after NFC. `address`: the professional address, which is refused as one. Empty result: accepted.
std::vector<PasswordRule> broken_rules(PasswordProfile profile, std::string_view password, std::string_view address,
                                       const KnownPasswords& known);

// The sentence for a broken rule, in French: « au moins une majuscule ».
std::string sentence_of(PasswordProfile profile, PasswordRule rule);

// The rules a page announces before the choice, in the order of their names.
std::vector<PasswordRule> announced_rules(PasswordProfile profile);

}  // namespace domain
