// SPDX-License-Identifier: AGPL-3.0-or-later
// The key of an envelope from its code: PBKDF2-HMAC-SHA256, 2,000 rounds. It is most of what a sealing costs, so the two states of the HMAC are
// made once and each round is two compressions, of two keys side by side where the
// processor has instructions for it (sha_rounds.hpp). Knows no envelope.
#pragma once

#include <span>
#include <string_view>

#include "util/secret.hpp"

namespace domain {

inline constexpr std::size_t k_envelope_key_bytes = 32, k_envelope_salt_bytes = 16;
using EnvelopeKey = util::Secret<k_envelope_key_bytes>;

// `code` has 64 bytes at most, `salt` has k_envelope_salt_bytes. Its time depends on neither.
void derive_envelope_key(EnvelopeKey& key, std::string_view code, std::string_view salt);

struct EnvelopeKeyToDerive {
    EnvelopeKey& key;
    std::string_view code, salt;
};
// The same of one or two, which cost little more than one.
void derive_envelope_keys(std::span<const EnvelopeKeyToDerive> keys);
// The same key where the processor has no instructions for it.
void derive_envelope_key_plainly(const EnvelopeKeyToDerive& key);

}  // namespace domain
