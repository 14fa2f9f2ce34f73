// SPDX-License-Identifier: AGPL-3.0-or-later
// The election record (SPECIFICATION.md 4): reading, and writing of the portal's form. Knows no group arithmetic: the
// public key is text here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/election_rules.hpp"
#include "util/result.hpp"

namespace crypto {

struct QuestionRecord {
    std::string question;
    std::vector<std::string> answers;
    bool blank = false;
    unsigned min = 0, max = 0;

    // Ciphertexts of an answer: the blank vote comes first when there is one.
    std::size_t choices() const { return answers.size() + (blank ? 1 : 0); }
    std::size_t overall_proofs() const { return max - min + 1 + (blank ? 1 : 0); }
};

struct ElectionRecord {
    std::string bytes;
    std::string uuid, group, public_key, name, description;
    std::string fingerprint;  // phi = sha_b64(bytes)
    std::vector<QuestionRecord> questions;
    ElectionRules rules;  // that the description ends with
};

// invalid: not compact JSON, a repeated key, version other than 1, bad uuid, a question that is not homomorphic, bounds out of
// range. Unknown keys are ignored, as every verifier does: the bytes are what is hashed. The group is not looked up.
util::Result<ElectionRecord> read_election_record(std::string_view bytes);

}  // namespace crypto
