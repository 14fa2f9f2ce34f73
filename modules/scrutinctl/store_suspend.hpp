// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on orders that stop a vote under way, or let it go on: proposed by one officer, carried out by another.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

// One order over one scrutin; an order over several has a row for each, under one number.
struct StopOrder {
    unsigned number = 0;
    domain::ScrutinId scrutin;
    std::string code;                // the scrutin's
    std::string kind;                // suspend, resume or annul
    std::string reason, authority;   // as voters read it; who authorised it
    std::string state, proposed_by;  // proposed, done or refused
    util::Instant proposed_at{};
    std::optional<util::Instant> decided_at;  // of a done one: when it took effect
};

// Number for a new order. Inside the transaction that proposes it; the office's turn keeps others away.
unsigned next_stop_number(db::Connection& db);
void propose_stop(db::Connection& db, const StopOrder& order);
// All of them, in the order of their numbers and of the scrutins.
std::vector<StopOrder> stop_orders(db::Connection& db);
// Those of one number, in the order of the scrutins' ids, under a lock.
std::vector<StopOrder> lock_stop(db::Connection& db, unsigned number);
void decide_stop(db::Connection& db, unsigned number, std::string_view state, std::string_view by, util::Instant at);

// Each waits for the votes under way, which hold the scrutin's row; none comes in behind it. False: the scrutin does not stand where the act begins.
bool suspend_scrutin(db::Connection& db, domain::ScrutinId scrutin, util::Instant at);
bool resume_scrutin(db::Connection& db, domain::ScrutinId scrutin);
bool annul_scrutin(db::Connection& db, domain::ScrutinId scrutin, util::Instant at);

}  // namespace scrutinctl::store
