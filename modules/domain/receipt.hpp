// SPDX-License-Identifier: AGPL-3.0-or-later
// The receipt of a ballot: compact JSON {"version":1,"scrutin":uuid,"tracker":…,"at":"…Z","signature":…}, signed by
// Ed25519 over "portail-receipt|1|" uuid "|" tracker "|" at. The booth checks the same. Deterministic: asked twice, equal.
#pragma once

#include <string>
#include <string_view>

#include "util/clock.hpp"

namespace domain {

std::string make_receipt(std::string_view secret_key, std::string_view uuid, std::string_view tracker, util::Instant at);
[[nodiscard]] bool verify_receipt(std::string_view public_key, std::string_view receipt);

}  // namespace domain
