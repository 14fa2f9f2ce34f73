// SPDX-License-Identifier: AGPL-3.0-or-later
// Passwords that a guesser tries first: common ones and the words of this vote, alone or joined, whatever digits, signs
// and look-alike characters dress them. Works offline; knows no account.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

// `password`: NFC. `address`: the elector's professional address, whose parts count as words; may be empty. Of a password that is guessed
// first, the words it comes down to, in plain lower-case letters; no word where it is one character repeated, or characters in a row.
std::optional<std::vector<std::string>> guessed_words(std::string_view password, std::string_view address);

// The words of common_passwords.txt, one per line.
std::string_view common_password_lines();

}  // namespace domain
