// SPDX-License-Identifier: AGPL-3.0-or-later
// Ed25519 signatures of the house's own texts: receipts, heads of the public log. Keys and signatures are base64url texts.
#pragma once

#include <string>
#include <string_view>

#include "util/secret.hpp"

namespace util {

struct SigningKeys {
    SecretText secret_key;   // base64url, 64 bytes (libsodium's form)
    std::string public_key;  // base64url, 32 bytes
};
SigningKeys make_signing_keys();
// The public half of a secret key text. Throws std::runtime_error if malformed.
std::string public_key_of(std::string_view secret_key);

std::string sign(std::string_view secret_key, std::string_view message);  // base64url
[[nodiscard]] bool verify_signature(std::string_view public_key, std::string_view message, std::string_view signature);

}  // namespace util
