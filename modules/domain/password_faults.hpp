// SPDX-License-Identifier: AGPL-3.0-or-later
// What a page says of a password that is refused. Knows the rules (password.hpp), no page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "domain/password.hpp"

namespace domain {

// A sentence for each rule that the password does not meet, in French; that of a guessed one names the word. Empty: accepted.
std::vector<std::string> password_faults(PasswordProfile profile, std::string_view password, std::string_view address,
                                         const KnownPasswords& known);

}  // namespace domain
