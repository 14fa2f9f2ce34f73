// SPDX-License-Identifier: AGPL-3.0-or-later
// Passwords that a guesser tries first: common ones and the words of this vote, alone or joined, whatever digits, signs
// and look-alike characters dress them. Works offline; knows no account.
#pragma once

#include <string_view>

namespace domain {

// `password`: NFC. `address`: the elector's professional address, whose parts count as words; may be empty.
bool is_common_password(std::string_view password, std::string_view address);

// The words of common_passwords.txt, one per line.
std::string_view common_password_lines();

}  // namespace domain
