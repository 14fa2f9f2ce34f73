// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements of this worker: members and their second factors, scrutins and their counters. sql/grants/bureau.sql has the rights.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/desk.hpp"
#include "domain/ids.hpp"
#include "domain/scrutin.hpp"

namespace bureau {

struct Membership {
    unsigned id = 0;  // « membre n° 12 »
    domain::DeskRole role{};
    std::string place;  // a bureau's name, or an académie's code
};
std::vector<Membership> memberships(db::Connection& db, std::string_view address);

// Until when the second factor that was given in this connection counts; nothing: none, or that factor was replaced since.
std::optional<util::Instant> desk_entry(db::Connection& db, std::string_view session_hash, std::string_view address);
void leave_desk(db::Connection& db, std::string_view session_hash);

struct StoredFactor {
    std::string sealed;                        // empty: not enrolled
    std::string enrol_hash;                    // of the code that waits; empty: none
    std::optional<util::Instant> enrol_until;  // of that code
};
std::optional<StoredFactor> find_factor(db::Connection& db, std::string_view address);
// In the caller's transaction. False: the code has served, a later one has, or the factor is another by now.
bool spend_step(db::Connection& db, std::string_view address, std::string_view sealed, std::int64_t step);
// The same. False: that enrolment code does not wait any more.
bool enrol_factor(db::Connection& db, std::string_view address, std::string_view enrol_hash, std::string_view sealed,
                  std::int64_t step, util::Instant now);
void enter_desk(db::Connection& db, std::string_view session_hash, util::Instant now, util::Instant until);

// Whether he asks for the participation once a day, by mail (scrutinctl's turnout mail writes it).
bool has_daily_mail(db::Connection& db, std::string_view address);
void ask_daily_mail(db::Connection& db, std::string_view address, bool asks);

struct WatchedScrutin {
    domain::ScrutinId id;
    std::string code, title, uuid, bureau;
    domain::ScrutinState state{};
};
std::vector<WatchedScrutin> watched_scrutins(db::Connection& db, std::string_view bureau);

std::optional<WatchedScrutin> find_watched_scrutin(db::Connection& db, std::string_view code);

struct ScrutinCounters {
    std::uint64_t emargements = 0, ballots = 0;  // of one moment; ballots: in the urne and waiting for it
};
ScrutinCounters scrutin_counters(db::Connection& db, domain::ScrutinId scrutin);

}  // namespace bureau
