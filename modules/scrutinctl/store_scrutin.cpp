// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_scrutin.hpp"

#include "util/build.hpp"

namespace scrutinctl::store {

std::optional<Election> find_election(db::Connection& db) {
    const auto row = db.select_one("SELECT title, edition, demonstration, small_totals FROM election WHERE id = 1");
    if (!row) return std::nullopt;
    return Election{row->text(0), row->text(1), row->flag(2) && util::is_demonstration_build(), row->flag(3)};
}

domain::Calendar read_calendar(db::Connection& db) {
    domain::Calendar calendar;
    for (const auto& row : db.select("SELECT event, at FROM calendar WHERE election_id = 1")) {
        if (const auto event = domain::calendar_event_of(row.text(0))) calendar.set(*event, row.instant(1));
    }
    return calendar;
}

void set_calendar(db::Connection& db, domain::CalendarEvent event, util::Instant at) {
    db.execute("UPDATE calendar SET at = ? WHERE election_id = 1 AND event = ?", {util::to_sql(at), domain::name_of(event)});
}

util::Instant database_now(db::Connection& db) { return db.select_one("SELECT UTC_TIMESTAMP()")->instant(0); }

void raise_data_version(db::Connection& db) { db.execute("UPDATE election SET data_version = data_version + 1 WHERE id = 1"); }

std::vector<Scrutin> scrutins(db::Connection& db) {
    std::vector<Scrutin> all;
    for (const auto& row :
         db.select("SELECT id, code, uuid, title, crypto_group, bureau, state, suspended_at, annulled_at FROM scrutin "
                   "ORDER BY position, id")) {
        all.push_back({domain::ScrutinId{static_cast<std::uint16_t>(row.number(0))},
                       row.text(1),
                       row.text(2),
                       row.text(3),
                       row.text(4),
                       row.text(5),
                       domain::scrutin_state_of(row.text(6)),
                       {row.instant_or_null(7), row.instant_or_null(8), ""}});
    }
    return all;
}

void end_vote(db::Connection& db, domain::ScrutinId scrutin) {
    db.insert_unique("INSERT INTO urne.closing (scrutin_id) VALUES (?)", {static_cast<unsigned>(scrutin.value)});
}

bool move_state(db::Connection& db, domain::ScrutinId scrutin, domain::ScrutinState from, domain::ScrutinState to) {
    const bool moved = db.execute("UPDATE scrutin SET state = ? WHERE id = ? AND state = ?",
                                  {domain::name_of(to), static_cast<unsigned>(scrutin.value), domain::name_of(from)}) == 1;
    if (moved) raise_data_version(db);  // workers keep what a scrutin is until it changes
    return moved;
}

std::vector<std::string> list_names(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<std::string> names;
    for (const auto& row : db.select("SELECT name FROM candidate_list WHERE scrutin_id = ? ORDER BY position",
                                     {static_cast<unsigned>(scrutin.value)}))
        names.push_back(row.text(0));
    return names;
}

Attendance attendance(db::Connection& db, domain::ScrutinId scrutin) {
    const auto id = static_cast<unsigned>(scrutin.value);
    const auto row = db.select_one(
        "SELECT (SELECT COUNT(*) FROM voter_scrutin r JOIN voter v ON v.id = r.voter_id WHERE r.scrutin_id = ? AND v.struck_off_at IS NULL), "
        "(SELECT COUNT(*) FROM emargement WHERE scrutin_id = ?), "
        "(SELECT COUNT(*) FROM urne.ballot WHERE scrutin_id = ?), (SELECT COUNT(*) FROM urne.inbox WHERE scrutin_id = ?)",
        {id, id, id, id});
    const auto count = [&](std::size_t column) { return static_cast<std::uint64_t>(row->number(column)); };
    return {count(0), count(1), count(2) + count(3), count(3)};
}

domain::SchemaVersion schema_version(db::Connection& db) {
    const auto row = db.select_one("SELECT version, compatible_from FROM schema_version");
    if (!row) return {};
    return {static_cast<unsigned>(row->number(0)), static_cast<unsigned>(row->number(1))};
}

std::vector<ReassortDay> reassort_days(db::Connection& db) {
    std::vector<ReassortDay> days;
    for (const auto& row :
         db.select("SELECT DATE_FORMAT(at, '%Y-%m-%d'), outcome, COUNT(*) FROM reassort_request GROUP BY 1, 2 ORDER BY 1, 2")) {
        days.push_back({row.text(0), row.text(1), static_cast<std::uint64_t>(row.number(2))});
    }
    return days;
}

Conversion reassort_conversion(db::Connection& db, util::Instant from, util::Instant until) {
    const auto row = db.select_one(
        "SELECT COUNT(DISTINCT r.voter_id), COUNT(DISTINCT e.voter_id) FROM reassort_request r "
        "LEFT JOIN emargement e ON e.voter_id = r.voter_id WHERE r.outcome IN ('sent', 'shown') AND r.at >= ? AND r.at < ?",
        {util::to_sql(from), util::to_sql(until)});
    return {static_cast<std::uint64_t>(row->number(0)), static_cast<std::uint64_t>(row->number(1))};
}

}  // namespace scrutinctl::store
