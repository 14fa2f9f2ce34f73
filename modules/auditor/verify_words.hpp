// SPDX-License-Identifier: AGPL-3.0-or-later
// The verifier's words in French. crypto/verify says what fails in English, for its JSON report and for engineers; the officer
// and the expert read this. Knows no archive.
#pragma once

#include <string>
#include <string_view>

#include "crypto/archive/verify.hpp"

namespace auditor {

// Every phrase of the table replaced, longest first; numbers, hashes and JSON names stay. Unknown words stay as they are
// (tests/lint/verify_words.mjs sees to it that there are none).
std::string verify_words(std::string_view text);

// « bulletin 7ef1… (numéro de suivi m2Xq…) : preuve de la réponse (answers[0].overall_proof) ».
std::string failure_line(const crypto::VerifyFailure& failure);

}  // namespace auditor
