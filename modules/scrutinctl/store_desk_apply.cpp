// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_desk_apply.hpp"

namespace scrutinctl::store {

std::vector<RollChange> approved_at_desk(db::Connection& db) {
    std::vector<RollChange> changes;
    for (
        const auto& row : db.select(
            "SELECT id, voter_id, kind, detail, reason, state, proposed_by, proposed_at, proposed_member, decided_by, expires_at, academie_code "
            "FROM roll_change WHERE state = 'approved' AND proposed_member IS NOT NULL ORDER BY decided_at, id"))
        changes.push_back(change_of(row));
    return changes;
}

std::uint64_t count_approved_at_desk(db::Connection& db) {
    return static_cast<std::uint64_t>(
        db.select_one("SELECT COUNT(*) FROM roll_change WHERE state = 'approved' AND proposed_member IS NOT NULL")->number(0));
}

// From the journal, whose chain shows it if somebody takes a line away: the table's rows do not.
std::uint64_t count_unread_strikes(db::Connection& db, util::Instant since) {
    return static_cast<std::uint64_t>(
        db.select_one(
              "SELECT COUNT(*) FROM audit WHERE action = 'roll' AND at > ? "
              "AND detail LIKE 'radiation faite, n° %, proposée par membre n° %' "
              "AND id > (SELECT COALESCE(MAX(id), 0) FROM audit WHERE action = 'roll' AND detail LIKE 'radiations relues%')",
              {util::to_sql(since)})
            ->number(0));
}

void end_change(db::Connection& db, unsigned id, std::string_view state, std::string_view outcome, util::Instant now) {
    db.execute("UPDATE roll_change SET state = ?, outcome = ?, ended_at = ? WHERE id = ?", {state, outcome, util::to_sql(now), id});
}

std::vector<AskedReminder> asked_reminders(db::Connection& db) {
    std::vector<AskedReminder> all;
    for (const auto& row : db.select("SELECT id, asked_by, academie_code FROM desk_reminder WHERE state = 'asked' ORDER BY id"))
        all.push_back({static_cast<unsigned>(row.number(0)), static_cast<unsigned>(row.number(1)), row.text(2)});
    return all;
}

bool end_reminder(db::Connection& db, unsigned id, std::string_view state, std::uint64_t written, std::string_view outcome,
                  util::Instant now) {
    return db.execute("UPDATE desk_reminder SET state = ?, written = ?, outcome = ?, ended_at = ? WHERE id = ? AND state = 'asked'",
                      {state, static_cast<std::int64_t>(written), outcome, util::to_sql(now), id}) == 1;
}

}  // namespace scrutinctl::store
