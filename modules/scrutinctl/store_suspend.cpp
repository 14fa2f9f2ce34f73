// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_suspend.hpp"

namespace scrutinctl::store {

namespace {

StopOrder stop_order_of(const db::Row& row) {
    return {static_cast<unsigned>(row.number(0)),
            domain::ScrutinId{static_cast<std::uint16_t>(row.number(1))},
            row.text(2),
            row.text(3),
            row.text(4),
            row.text(5),
            row.text(6),
            row.text(7),
            row.instant(8),
            row.instant_or_null(9)};
}

}  // namespace

unsigned next_stop_number(db::Connection& db) {
    return static_cast<unsigned>(db.select_one("SELECT COALESCE(MAX(number), 0) + 1 FROM suspension")->number(0));
}

void propose_stop(db::Connection& db, const StopOrder& order) {
    db.execute(
        "INSERT INTO suspension (number, scrutin_id, kind, reason, authority, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {order.number, static_cast<unsigned>(order.scrutin.value), order.kind, order.reason, order.authority, order.proposed_by,
         util::to_sql(order.proposed_at)});
}

std::vector<StopOrder> stop_orders(db::Connection& db) {
    std::vector<StopOrder> orders;
    for (const auto& row :
         db.select("SELECT p.number, p.scrutin_id, s.code, p.kind, p.reason, p.authority, p.state, p.proposed_by, p.proposed_at, "
                   "p.decided_at FROM suspension p JOIN scrutin s ON s.id = p.scrutin_id ORDER BY p.number, s.position, s.id"))
        orders.push_back(stop_order_of(row));
    return orders;
}

std::vector<StopOrder> lock_stop(db::Connection& db, unsigned number) {
    std::vector<StopOrder> orders;
    for (
        const auto& row : db.select(
            "SELECT p.number, p.scrutin_id, s.code, p.kind, p.reason, p.authority, p.state, p.proposed_by, p.proposed_at, "
            "p.decided_at FROM suspension p JOIN scrutin s ON s.id = p.scrutin_id WHERE p.number = ? ORDER BY p.scrutin_id FOR UPDATE",
            {number}))
        orders.push_back(stop_order_of(row));
    return orders;
}

void decide_stop(db::Connection& db, unsigned number, std::string_view state, std::string_view by, util::Instant at) {
    db.execute("UPDATE suspension SET state = ?, decided_by = ?, decided_at = ? WHERE number = ?",
               {state, by, util::to_sql(at), number});
}

bool suspend_scrutin(db::Connection& db, domain::ScrutinId scrutin, util::Instant at) {
    return db.execute(
               "UPDATE scrutin SET suspended_at = ? WHERE id = ? AND state = 'open' AND suspended_at IS NULL AND annulled_at IS NULL",
               {util::to_sql(at), static_cast<unsigned>(scrutin.value)}) == 1;
}

bool resume_scrutin(db::Connection& db, domain::ScrutinId scrutin) {
    return db.execute(
               "UPDATE scrutin SET suspended_at = NULL WHERE id = ? AND state = 'open' AND suspended_at IS NOT NULL AND annulled_at IS NULL",
               {static_cast<unsigned>(scrutin.value)}) == 1;
}

bool annul_scrutin(db::Connection& db, domain::ScrutinId scrutin, util::Instant at) {
    return db.execute(
               "UPDATE scrutin SET annulled_at = ?, state = 'closed' WHERE id = ? AND state IN ('open', 'closed') AND annulled_at IS NULL",
               {util::to_sql(at), static_cast<unsigned>(scrutin.value)}) == 1;
}

}  // namespace scrutinctl::store
