// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store.hpp"

namespace bureau {

std::vector<Membership> memberships(db::Connection& db, std::string_view address) {
    std::vector<Membership> all;
    for (const auto& row :
         db.select("SELECT id, role, place FROM desk_member WHERE email = ? AND removed_at IS NULL ORDER BY id", {address})) {
        if (const auto role = domain::desk_role_of(row.text(1)))
            all.push_back({static_cast<unsigned>(row.number(0)), *role, row.text(2)});
    }
    return all;
}

std::optional<util::Instant> desk_entry(db::Connection& db, std::string_view session_hash, std::string_view address) {
    const auto row = db.select_one(
        "SELECT s.expires_at FROM desk_session s JOIN desk_factor f ON f.email = ? AND s.entered_at >= f.enrolled_at "
        "WHERE s.session_hash = ?",
        {address, session_hash});
    return row ? std::optional(row->instant(0)) : std::nullopt;
}

void leave_desk(db::Connection& db, std::string_view session_hash) {
    db.execute("DELETE FROM desk_session WHERE session_hash = ?", {session_hash});
}

std::optional<StoredFactor> find_factor(db::Connection& db, std::string_view address) {
    const auto row = db.select_one("SELECT sealed, enrol_hash, enrol_until FROM desk_factor WHERE email = ?", {address});
    return row ? std::optional(StoredFactor{row->text(0), row->text(1), row->instant_or_null(2)}) : std::nullopt;
}

bool spend_step(db::Connection& db, std::string_view address, std::string_view sealed, std::int64_t step) {
    return db.execute("UPDATE desk_factor SET last_step = ? WHERE email = ? AND sealed = ? AND last_step < ?",
                      {step, address, sealed, step}) == 1;
}

bool enrol_factor(db::Connection& db, std::string_view address, std::string_view enrol_hash, std::string_view sealed,
                  std::int64_t step, util::Instant now) {
    return db.execute(
               "UPDATE desk_factor SET sealed = ?, enrolled_at = ?, last_step = ?, enrol_hash = NULL, enrol_until = NULL "
               "WHERE email = ? AND enrol_hash = ? AND enrol_until > ?",
               {sealed, util::to_sql(now), step, address, enrol_hash, util::to_sql(now)}) == 1;
}

void enter_desk(db::Connection& db, std::string_view session_hash, util::Instant now, util::Instant until) {
    db.execute("REPLACE INTO desk_session (session_hash, entered_at, expires_at) VALUES (?, ?, ?)",
               {session_hash, util::to_sql(now), util::to_sql(until)});
}

bool has_daily_mail(db::Connection& db, std::string_view address) {
    const auto row = db.select_one("SELECT daily_mail FROM desk_factor WHERE email = ?", {address});
    return row && row->flag(0);
}

void ask_daily_mail(db::Connection& db, std::string_view address, bool asks) {
    db.execute("UPDATE desk_factor SET daily_mail = ? WHERE email = ?", {asks, address});
}

namespace {

WatchedScrutin watched(const db::Row& row) {
    return {domain::ScrutinId{static_cast<std::uint16_t>(row.number(0))},
            row.text(1),
            row.text(2),
            row.text(3),
            row.text(4),
            domain::scrutin_state_of(row.text(5))};
}

}  // namespace

std::vector<WatchedScrutin> watched_scrutins(db::Connection& db, std::string_view bureau) {
    std::vector<WatchedScrutin> all;
    for (const auto& row :
         db.select("SELECT id, code, title, uuid, bureau, state FROM scrutin WHERE bureau = ? ORDER BY position, id", {bureau}))
        all.push_back(watched(row));
    return all;
}

std::optional<WatchedScrutin> find_watched_scrutin(db::Connection& db, std::string_view code) {
    const auto row = db.select_one("SELECT id, code, title, uuid, bureau, state FROM scrutin WHERE code = ?", {code});
    return row ? std::optional(watched(*row)) : std::nullopt;
}

ScrutinCounters scrutin_counters(db::Connection& db, domain::ScrutinId scrutin) {
    const unsigned id = scrutin.value;
    const auto row = db.select_one(
        "SELECT (SELECT COUNT(*) FROM emargement WHERE scrutin_id = ?), (SELECT COUNT(*) FROM urne.ballot WHERE scrutin_id = ?), "
        "(SELECT COUNT(*) FROM urne.inbox WHERE scrutin_id = ?)",
        {id, id, id});
    return {static_cast<std::uint64_t>(row->number(0)), static_cast<std::uint64_t>(row->number(1) + row->number(2))};
}

}  // namespace bureau
