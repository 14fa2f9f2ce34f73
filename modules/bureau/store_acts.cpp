// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store_acts.hpp"

#include "domain/audit.hpp"

namespace bureau {

namespace {

JournalEntry journal_row(const db::Row& row) {
    return {static_cast<unsigned>(row.number(0)), util::to_sql(row.instant(1)), row.text(2), row.text(3), row.text(4), row.text(5)};
}

}  // namespace

JournalEntry last_journal_entry(db::Connection& db) {
    // As the office's tool does it: the first entry is the turnstile.
    db.select("SELECT id FROM audit WHERE id = 1 FOR UPDATE");
    const auto row =
        db.select_one("SELECT id, at, actor, action, detail, hash FROM audit ORDER BY id DESC LIMIT 1 LOCK IN SHARE MODE");
    if (!row) return {0, "", "", "", "", std::string(domain::k_audit_start)};
    return journal_row(*row);
}

void add_journal_entry(db::Connection& db, const JournalEntry& entry) {
    db.execute("INSERT INTO audit (id, at, actor, action, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
               {entry.id, entry.at, entry.actor, entry.action, entry.detail, entry.hash});
}

std::vector<JournalEntry> journal_before(db::Connection& db, unsigned before, unsigned limit) {
    std::vector<JournalEntry> entries;
    for (const auto& row :
         db.select("SELECT id, at, actor, action, detail, hash FROM audit WHERE ? = 0 OR id < ? ORDER BY id DESC LIMIT ?",
                   {before, before, limit}))
        entries.push_back(journal_row(row));
    return entries;
}

std::map<std::string, std::string> bureau_of_codes(db::Connection& db) {
    std::map<std::string, std::string> bureaux;
    for (const auto& row : db.select("SELECT code, bureau FROM scrutin")) bureaux.emplace(row.text(0), row.text(1));
    return bureaux;
}

std::map<unsigned, std::string> place_of_members(db::Connection& db) {
    std::map<unsigned, std::string> places;
    for (const auto& row : db.select("SELECT id, place FROM desk_member"))
        places.emplace(static_cast<unsigned>(row.number(0)), row.text(1));
    return places;
}

}  // namespace bureau
