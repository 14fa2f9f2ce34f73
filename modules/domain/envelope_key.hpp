// SPDX-License-Identifier: AGPL-3.0-or-later
// The key of an envelope from its code: PBKDF2-HMAC-SHA256, 2,000 rounds. It is most of what a sealing costs, so the two states of the HMAC are
// made once and each round is two compressions. Knows no envelope.
#pragma once

#include <string_view>

#include "util/secret.hpp"

namespace domain {

inline constexpr std::size_t k_envelope_key_bytes = 32, k_envelope_salt_bytes = 16;
using EnvelopeKey = util::Secret<k_envelope_key_bytes>;

// `code` has 64 bytes at most, `salt` has k_envelope_salt_bytes. Its time depends on neither.
void derive_envelope_key(EnvelopeKey& key, std::string_view code, std::string_view salt);

}  // namespace domain
