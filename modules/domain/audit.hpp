// SPDX-License-Identifier: AGPL-3.0-or-later
// The chain of the office's audit log: each entry's hash covers the one before, so a changed or missing line shows.
#pragma once

#include <string>
#include <string_view>

namespace domain {

// What stands before the first entry: 64 zeros.
inline constexpr std::string_view k_audit_start = "0000000000000000000000000000000000000000000000000000000000000000";

// Hex SHA-256(previous "|" at "|" actor "|" action "|" detail); `at` as SQL writes it (UTC).
std::string audit_hash(std::string_view previous, std::string_view at, std::string_view actor, std::string_view action,
                       std::string_view detail);

// The journal's name in the checkpoints that sceau signs: the portal's address without its scheme, and /journal.
std::string journal_origin(std::string_view base_url);

}  // namespace domain
