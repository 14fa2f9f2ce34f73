// SPDX-License-Identifier: AGPL-3.0-or-later
// Password profiles (quality.md section 3) and their storage: Argon2id of HMAC(pepper, NFC password).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace domain {

enum class PasswordProfile { seed2018, seed2022, modern };

// The rules a password does not meet, in the order they are shown.
enum class PasswordRule { too_short, too_long, no_lower, no_upper, no_digit, no_special, is_address, too_common, not_printable };

// Lengths count code points after NFC. `address`: the professional address (PW-1). Empty result: accepted.
std::vector<PasswordRule> broken_rules(PasswordProfile profile, std::string_view password, std::string_view address);

// The sentence for a broken rule, in French: « au moins une majuscule ».
std::string sentence_of(PasswordProfile profile, PasswordRule rule);

// The rules a page announces before the choice, in the order of their names.
std::vector<PasswordRule> announced_rules(PasswordProfile profile);

// Unicode NFC. Nothing if not UTF-8.
std::optional<std::string> to_nfc(std::string_view text);

// Argon2id, 19 MiB, t = 2, p = 1 (about 20 to 45 ms): run it in web::HashPool. `secret` is taken as typed, after NFC.
std::string hash_secret(std::string_view pepper, std::string_view secret);
[[nodiscard]] bool verify_secret(std::string_view pepper, std::string_view secret, std::string_view hash);
// Same cost as a verification, always false: for unknown accounts (SEC-26).
bool verify_dummy(std::string_view pepper, std::string_view secret);

}  // namespace domain
