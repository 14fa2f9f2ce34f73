// SPDX-License-Identifier: AGPL-3.0-or-later
// One total decrypted with one key: both proofs, read again, and the rule that a total must not show what each has voted. The caller
// says where the total comes from. Knows no file.
#pragma once

#include <string>

#include "crypto/protocol.hpp"

namespace trustee {

struct Total {
    const crypto::Election& election;
    std::string setup;     // hash of the Setup event
    std::string trustees;  // the record
    std::string encrypted_tally;
    std::uint64_t ballots = 0;
};
struct Decrypted {
    std::string partial, second_proof;
};

// Empty, or why a total of so few ballots is not decrypted under these sealed rules: a sentence.
std::string why_too_small(const crypto::ElectionRules& rules, std::uint64_t ballots);

// invalid: sentences; crypto's reasons in its own words.
util::Result<Decrypted> decrypt_total(const Total& total, unsigned owner, const util::SecretText& key);

}  // namespace trustee
