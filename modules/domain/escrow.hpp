// SPDX-License-Identifier: AGPL-3.0-or-later
// The escrow of a private credential: a sealed box that the réassort worker alone opens, to put the credential under a new
// code de vote.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/secret.hpp"

namespace domain {

// Sealed box (libsodium) to the reassort worker; keys are base64url texts of 32 bytes.
struct EscrowKeys {
    util::SecretText secret_key;
    std::string public_key;
};
EscrowKeys make_escrow_keys();
std::string seal_escrow(std::string_view public_key, std::string_view credential);
std::optional<util::SecretText> open_escrow(std::string_view public_key, std::string_view secret_key, std::string_view sealed);

}  // namespace domain
