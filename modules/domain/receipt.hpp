// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt of a ballot (F34): compact JSON {"version":1,"scrutin":uuid,"tracker":…,"at":"…Z","signature":…}, signed by
// Ed25519 over "portail-receipt|1|" uuid "|" tracker "|" at. The booth checks the same. Deterministic: asked twice, equal.
#pragma once

#include <string>
#include <string_view>

#include "util/clock.hpp"
#include "util/secret.hpp"

namespace domain {

struct SigningKeys {
    util::SecretText secret_key;  // base64url, 64 bytes (libsodium's form)
    std::string public_key;       // base64url, 32 bytes
};
SigningKeys make_signing_keys();
// The public half of a secret key text. Throws std::runtime_error if malformed.
std::string public_key_of(std::string_view secret_key);

std::string sign(std::string_view secret_key, std::string_view message);  // base64url
[[nodiscard]] bool verify_signature(std::string_view public_key, std::string_view message, std::string_view signature);

std::string make_receipt(std::string_view secret_key, std::string_view uuid, std::string_view tracker, util::Instant at);
[[nodiscard]] bool verify_receipt(std::string_view public_key, std::string_view receipt);

}  // namespace domain
