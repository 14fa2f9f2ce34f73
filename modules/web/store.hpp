// SPDX-License-Identifier: AGPL-3.0-or-later
// Every SQL statement of the skeleton: the election and its calendar, sessions, outbox, limits.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/schema_version.hpp"
#include "util/clock.hpp"
#include "web/election.hpp"
#include "web/session.hpp"

namespace web::store {

domain::SchemaVersion read_schema_version(db::Connection& db);
// Throws NoElection when none is loaded, std::runtime_error when a calendar event is missing.
Election read_election(db::Connection& db);
Assistances read_assistances(db::Connection& db);

// Whether the election asks the question défi; nothing: as its edition says.
std::optional<bool> read_asks_defi(db::Connection& db);
// Whether a new code is shown on screen; nothing: as its edition says.
std::optional<bool> read_shows_new_code(db::Connection& db);

struct SessionRow {
    std::string id_hash;
    std::optional<std::string> previous_hash;  // set by renew_session
    std::optional<util::Instant> previous_until;
    std::optional<domain::VoterId> voter;
    util::Instant created_at, last_seen_at, expires_at;
    std::string data, email, civility, first_name, last_name, academie_code;
    std::vector<RollLine> rolls;
    bool struck_off = false;  // the elector, who then has no session any more
    std::string struck_off_reason;
    util::Instant database_hour{};  // by the database's clock, as the row was read
};
// One joined query for the session and its elector; with the rolls he stands on, for workers whose pages are about them.
std::optional<SessionRow> find_session(db::Connection& db, std::string_view id_hash);
std::optional<SessionRow> find_session_with_rolls(db::Connection& db, std::string_view id_hash);
// With his line on one roll, if he stands on it.
std::optional<SessionRow> find_session_with_roll(db::Connection& db, std::string_view id_hash, domain::ScrutinId scrutin);
std::vector<RollLine> find_rolls(db::Connection& db, domain::VoterId voter);
// The same, by the identifier it had before the last renewal, which is good until previous_until.
std::optional<SessionRow> find_renewed_session(db::Connection& db, std::string_view previous_hash);
// The database's clock, which all machines share.
util::Instant database_hour(db::Connection& db);
// Moves a session from one identifier to another; `previous` may still open it until then. False if it moved meanwhile.
bool renew_session(db::Connection& db, std::string_view id_hash, std::string_view fresh_hash, std::string_view previous,
                   util::Instant previous_until);
void end_previous(db::Connection& db, std::string_view id_hash, util::Instant at);
void insert_session(db::Connection& db, std::string_view id_hash, std::optional<domain::VoterId> voter, util::Instant now,
                    util::Instant expires_at, std::string_view device, std::string_view data);
void touch_session(db::Connection& db, std::string_view id_hash, util::Instant now);
void update_session_data(db::Connection& db, std::string_view id_hash, std::string_view data);
void delete_session(db::Connection& db, std::string_view id_hash);
void delete_other_sessions(db::Connection& db, domain::VoterId voter, std::string_view kept_id_hash);

struct OutboxRow {
    std::string idempotency_key, channel, recipient, subject, body;
    std::optional<domain::VoterId> voter;
};
bool insert_message(db::Connection& db, const OutboxRow& row, util::Instant now);

// Counts one more and gives the count of this window.
unsigned count_try(db::Connection& db, std::string_view key_hash, util::Instant window_start);
unsigned tries_counted(db::Connection& db, std::string_view key_hash, util::Instant window_start);

}  // namespace web::store
