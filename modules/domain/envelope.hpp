// SPDX-License-Identifier: AGPL-3.0-or-later
// The envelope of a private credential under a code de vote; the booth opens the same envelope. key = PBKDF2-HMAC-SHA256(16 symbols, salt, 2,000 rounds, 32 bytes); AES-256-GCM with 16-byte tag
// appended; aad = "portail-envelope|1|" voter_ref "|" generation.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "util/secret.hpp"

namespace domain {

struct Envelope {
    std::string voter_ref;  // 22 characters base64url, random, the elector's name inside envelopes
    unsigned generation = 1;
    std::string salt, nonce, ciphertext;  // base64url
};

// `voting_code`: as made or typed; `credential`: the Belenios code. Precondition: the code is well formed.
Envelope seal_envelope(std::string_view voting_code, std::string_view credential, std::string_view voter_ref, unsigned generation);
struct EnvelopeToSeal {
    std::string_view voting_code, credential, voter_ref;
    unsigned generation = 1;
};
// Many, in their order: two keys are made at a time, for little more than the cost of one.
std::vector<Envelope> seal_envelopes(std::span<const EnvelopeToSeal> all);
std::optional<util::SecretText> open_envelope(const Envelope& envelope, std::string_view voting_code);

}  // namespace domain
