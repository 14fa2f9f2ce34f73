// SPDX-License-Identifier: AGPL-3.0-or-later
// Private credentials and their derivation (SPECIFICATION.md 3). Knows no voter and no ballot.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/scalar.hpp"
#include "util/result.hpp"
#include "util/secret.hpp"

namespace crypto {

// The alphabet of codes, uuids and seeds: 58 digits.
inline constexpr std::string_view k_base58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

std::string random_base58(std::size_t digits);
bool is_base58(std::string_view text);

// A fresh uuid: 14 base-58 characters.
std::string make_uuid();
// XXXXX-XXXXXX-XXXXX-XXXXXX, 22 random digits.
util::SecretText make_full_code();
// XXX-XXX-XXX-XXX-XXX, 14 random digits and a check digit.
util::SecretText make_old_code();

bool is_full_code(std::string_view code);
bool is_old_code(std::string_view code);

// The bytes from which the secret key is reduced mod q: 64 of SHA-256 for a full code, 32 of PBKDF2 for an old one; empty for
// anything else. The caller wipes them.
std::string derive_bytes(std::string_view uuid, std::string_view code);

// Nothing if the code has neither form or derives to zero.
template <class S>
std::optional<SecretScalar<S>> derive_secret(std::string_view uuid, std::string_view code) {
    std::string bytes = derive_bytes(uuid, code);
    if (bytes.empty()) return std::nullopt;
    SecretScalar<S> secret(bytes.size() == 64 ? S::reduce_wide(bytes) : S::reduce(bytes));
    sodium_memzero(bytes.data(), bytes.size());
    const bool zero = secret->is_zero();
    mark_public(&zero, sizeof zero);
    if (zero) return std::nullopt;
    return secret;
}

// The public_creds record: sorted, duplicates refused, weights all or none, no third field. Input: enc or "enc,weight".
util::Result<std::string> make_public_creds(std::vector<std::string> keys);

// What the weights of a list add up to stays below this, so that no sum of them overflows and every count can be read back.
inline constexpr std::uint64_t k_weights_below = 1'000'000'000'000'000;

// An entry of public_creds.
struct ListedCredential {
    std::string_view key;
    std::uint64_t weight = 1;
};
// Strict reading of the record's form: nothing when it is not canonical, mixes entries with and without weight, or holds a
// third field, a repeated key or weights out of range. Keys are not decoded. The views point into `record`.
std::optional<std::vector<ListedCredential>> read_public_creds(std::string_view record, std::string& why);

}  // namespace crypto
