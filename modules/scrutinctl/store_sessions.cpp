// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_sessions.hpp"

#include "web/session.hpp"

namespace scrutinctl::store {

SessionCounts count_sessions(db::Connection& db, util::Instant now) {
    const auto row = db.select_one(
        "SELECT COUNT(CASE WHEN voter_id IS NOT NULL AND last_seen_at > ? THEN 1 END), COUNT(CASE WHEN voter_id IS NULL THEN 1 END) "
        "FROM session WHERE expires_at > ?",
        {util::to_sql(now - web::k_session_idle), util::to_sql(now)});
    return {static_cast<std::uint64_t>(row->number(0)), static_cast<std::uint64_t>(row->number(1))};
}

std::optional<domain::VoterId> find_voter(db::Connection& db, std::string_view address) {
    const auto row = db.select_one("SELECT id FROM voter WHERE email = ?", {address});
    return row ? std::optional(domain::VoterId{static_cast<std::uint32_t>(row->number(0))}) : std::nullopt;
}

std::uint64_t end_sessions_of(db::Connection& db, domain::VoterId voter) {
    return db.execute("DELETE FROM session WHERE voter_id = ?", {voter.value});
}

std::uint64_t end_sessions(db::Connection& db, util::Instant begun_until, unsigned limit) {
    return db.execute("DELETE FROM session WHERE created_at <= ? ORDER BY expires_at LIMIT ?", {util::to_sql(begun_until), limit});
}

}  // namespace scrutinctl::store
