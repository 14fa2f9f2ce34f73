// SPDX-License-Identifier: AGPL-3.0-or-later
// Storage of passwords and défi answers: Argon2id of HMAC-SHA256(pepper, NFC text). The pepper is not in the database, so its
// theft alone lets nobody try guesses.
#pragma once

#include <string>
#include <string_view>

namespace domain {

// Argon2id, 19 MiB, t = 2, p = 1 (some 25 ms): run it in web::HashPool, whose threads keep the memory. `secret` is taken as typed, after NFC.
std::string hash_secret(std::string_view pepper, std::string_view secret);
[[nodiscard]] bool verify_secret(std::string_view pepper, std::string_view secret, std::string_view hash);
// Whether `hash` was not made with today's parameters: make it anew when its secret is at hand.
bool is_outdated(std::string_view hash);
// Same cost as a verification, always false: an unknown account must take as long as a known one.
bool verify_dummy(std::string_view pepper, std::string_view secret);

}  // namespace domain
