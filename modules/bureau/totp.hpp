// SPDX-License-Identifier: AGPL-3.0-or-later
// Codes of a second factor (RFC 6238: HMAC-SHA-1, steps of 30 s, six digits), as every application makes them. Computed by liboath. Knows no member.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "util/clock.hpp"
#include "util/secret.hpp"

namespace bureau {

inline constexpr std::size_t k_totp_secret_bytes = 20;

std::int64_t totp_step(util::Instant at);

// `secret`: raw bytes; `digits`: 6 to 8.
std::string totp_code(std::string_view secret, std::int64_t step, unsigned digits = 6);

// The step whose code this is: the one of `now`, the one before (typed late) or the one after (a clock that is fast). Blanks forgiven.
std::optional<std::int64_t> step_of_totp(std::string_view secret, std::string_view typed, util::Instant now);

// RFC 4648 base32, as applications want the secret typed.
util::SecretText totp_base32(std::string_view secret);
// otpauth://totp/…, what its QR code says. `issuer` and `account`: any text.
util::SecretText totp_address(std::string_view issuer, std::string_view account, std::string_view secret);

}  // namespace bureau
