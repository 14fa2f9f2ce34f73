// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the election, its calendar, its scrutins and their states.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/schema_version.hpp"
#include "domain/scrutin.hpp"

namespace scrutinctl::store {

struct Election {
    std::string title, edition;
    bool demonstration = false;
    bool small_totals = false;  // totals of fewer than five ballots are decrypted too: sealed in words
};
// Nothing before the first import.
std::optional<Election> find_election(db::Connection& db);
domain::Calendar read_calendar(db::Connection& db);
void set_calendar(db::Connection& db, domain::CalendarEvent event, util::Instant at);
// The database's own clock, which all machines share.
util::Instant database_now(db::Connection& db);
// Tells the workers that shared pages (lists, rolls, results) have changed.
void raise_data_version(db::Connection& db);

struct Scrutin {
    domain::ScrutinId id;
    std::string code, uuid, title, crypto_group, bureau;
    domain::ScrutinState state = domain::ScrutinState::draft;
    domain::Stop stop = {};  // without its reason

    std::string state_word() const { return std::string(domain::name_of(state)); }
};
std::vector<Scrutin> scrutins(db::Connection& db);

// False if the scrutin is not in state `from` any more. Waits for votes under way (they hold a shared lock on the row).
bool move_state(db::Connection& db, domain::ScrutinId scrutin, domain::ScrutinState from, domain::ScrutinState to);
// Tells sceau that no vote comes any more: what waits in the inbox enters the urne. In the transaction of the close.
void end_vote(db::Connection& db, domain::ScrutinId scrutin);

// In the order of the ballot.
std::vector<std::string> list_names(db::Connection& db, domain::ScrutinId scrutin);

// Electors on the roll; émargements; ballots, those among them that wait in the inbox for their batch.
struct Attendance {
    std::uint64_t inscrits = 0, emargements = 0, ballots = 0, waiting = 0;
};
Attendance attendance(db::Connection& db, domain::ScrutinId scrutin);

domain::SchemaVersion schema_version(db::Connection& db);
// Reassort requests by outcome and day (Paris offset ignored: UTC days).
struct ReassortDay {
    std::string day, outcome;
    std::uint64_t count = 0;
};
std::vector<ReassortDay> reassort_days(db::Connection& db);

// Electors to whom a code was sent between the two, and those of them who have voted since in any scrutin.
struct Conversion {
    std::uint64_t electors = 0, voted = 0;
};
Conversion reassort_conversion(db::Connection& db, util::Instant from, util::Instant until);

}  // namespace scrutinctl::store
