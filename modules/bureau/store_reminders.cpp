// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store_reminders.hpp"

namespace bureau {

std::optional<Reminder> last_reminder(db::Connection& db, std::string_view academie) {
    const auto row = db.select_one(
        "SELECT id, asked_by, asked_at, state, outcome, written, ended_at FROM desk_reminder WHERE academie_code = ? ORDER BY id DESC LIMIT 1",
        {academie});
    if (!row) return std::nullopt;
    return Reminder{static_cast<unsigned>(row->number(0)),
                    static_cast<unsigned>(row->number(1)),
                    row->instant(2),
                    row->text(3),
                    row->text(4),
                    static_cast<std::uint64_t>(row->number(5)),
                    row->instant_or_null(6)};
}

// What it reads stays locked until the end of the transaction: of two at once one is undone, run again, and finds the other.
bool ask_reminder(db::Connection& db, std::string_view academie, unsigned member, util::Instant since, util::Instant now) {
    return db.execute(
               "INSERT INTO desk_reminder (academie_code, asked_by, asked_at) SELECT ?, ?, ? FROM DUAL WHERE NOT EXISTS "
               "(SELECT 1 FROM desk_reminder WHERE academie_code = ? AND asked_at > ? AND state <> 'impossible')",
               {academie, member, util::to_sql(now), academie, util::to_sql(since)}) == 1;
}

}  // namespace bureau
