// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt of a ballot: compact JSON {"version":1,"scrutin":uuid,"tracker":…,"at":"…Z","signature":…}, signed by Ed25519 over
// "portail-receipt|1|" uuid "|" tracker "|" at. The booth, the worker and the auditor read the same. Deterministic: asked twice, equal.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "util/clock.hpp"

namespace crypto {

struct Receipt {
    std::string scrutin, tracker, at, signature;  // uuid, base64 of the ballot's hash, ISO time in UTC, base64url
};

std::string make_receipt(std::string_view secret_key, std::string_view uuid, std::string_view tracker, util::Instant at);

std::string write_receipt(const Receipt& receipt);

// One writing only: whatever else the text holds, it is no receipt. Says nothing of the signature.
std::optional<Receipt> read_receipt(std::string_view text);
[[nodiscard]] bool is_signed(const Receipt& receipt, std::string_view public_key);
// Both.
[[nodiscard]] bool verify_receipt(std::string_view public_key, std::string_view text);

}  // namespace crypto
