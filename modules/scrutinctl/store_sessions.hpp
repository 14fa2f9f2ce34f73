// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on open connections: counted and ended. What opens one, or was typed in it, is never read.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

struct SessionCounts {
    std::uint64_t members = 0, visitors = 0;  // signed in; in the middle of a form before sign-in
};
SessionCounts count_sessions(db::Connection& db, util::Instant now);

std::optional<domain::VoterId> find_voter(db::Connection& db, std::string_view address);
std::uint64_t end_sessions_of(db::Connection& db, domain::VoterId voter);
// Those begun until then, `limit` at most; gives how many.
std::uint64_t end_sessions(db::Connection& db, util::Instant begun_until, unsigned limit);

}  // namespace scrutinctl::store
