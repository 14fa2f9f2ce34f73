// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_audit.hpp"

#include "domain/audit.hpp"

namespace scrutinctl::store {

namespace {

AuditEntry read_entry(const db::Row& row) {
    return {static_cast<unsigned>(row.number(0)), util::to_sql(row.instant(1)), row.text(2), row.text(3), row.text(4), row.text(5)};
}

}  // namespace

AuditEntry last_audit_entry(db::Connection& db) {
    // The first entry is the turnstile: whoever has it is alone until his transaction ends. Only then is the last one read, as it is now.
    db.select("SELECT id FROM audit WHERE id = 1 FOR UPDATE");
    const auto row =
        db.select_one("SELECT id, at, actor, action, detail, hash FROM audit ORDER BY id DESC LIMIT 1 LOCK IN SHARE MODE");
    if (!row) return {0, "", "", "", "", std::string(domain::k_audit_start)};
    return read_entry(*row);
}

void add_audit_entry(db::Connection& db, const AuditEntry& entry) {
    db.execute("INSERT INTO audit (id, at, actor, action, detail, hash) VALUES (?, ?, ?, ?, ?, ?)",
               {entry.id, entry.at, entry.actor, entry.action, entry.detail, entry.hash});
}

void each_audit_entry(db::Connection& db, const std::function<void(const AuditEntry&)>& each) {
    db.select_each("SELECT id, at, actor, action, detail, hash FROM audit ORDER BY id", {},
                   [&](const db::Row& row) { each(read_entry(row)); });
}

std::optional<JournalHead> last_journal_head(db::Connection& db) {
    const auto row = db.select_one("SELECT size, note FROM urne.journal_head ORDER BY size DESC LIMIT 1");
    if (!row) return std::nullopt;
    return JournalHead{static_cast<std::uint64_t>(row->number(0)), row->text(1)};
}

std::optional<util::Instant> audit_time(db::Connection& db, const std::string& action, const std::string& subject) {
    const auto row =
        db.select_one("SELECT MIN(at) FROM audit WHERE action = ? AND LEFT(detail, CHAR_LENGTH(?) + 1) = CONCAT(?, ' ')",
                      {action, subject, subject});
    return row ? row->instant_or_null(0) : std::nullopt;
}

std::string first_audit_detail(db::Connection& db, const std::string& action, const std::string& subject) {
    const auto row = db.select_one(
        "SELECT detail FROM audit WHERE action = ? AND LEFT(detail, CHAR_LENGTH(?) + 1) = CONCAT(?, ' ') ORDER BY id LIMIT 1",
        {action, subject, subject});
    return row ? row->text(0) : std::string();
}

std::string last_audit_detail(db::Connection& db, const std::string& action) {
    const auto row = db.select_one("SELECT detail FROM audit WHERE action = ? ORDER BY id DESC LIMIT 1", {action});
    return row ? row->text(0) : std::string();
}

}  // namespace scrutinctl::store
