// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the audit log.
#pragma once

#include <functional>
#include <string>

#include "db/connection.hpp"
#include "domain/chain_check.hpp"

namespace scrutinctl::store {

struct AuditEntry {
    unsigned id = 0;
    std::string at, actor, action, detail, hash;
};

// The last entry, held against other writers until the transaction ends; id 0 and the chain's start if there is none.
AuditEntry last_audit_entry(db::Connection& db);
void add_audit_entry(db::Connection& db, const AuditEntry& entry);
void each_audit_entry(db::Connection& db, const std::function<void(const AuditEntry&)>& each);

// The newest head that sceau signed.
using domain::JournalHead;
std::optional<JournalHead> last_journal_head(db::Connection& db);

// The time (SQL text) of the first entry of this action whose detail begins with `subject` and a space; empty if none.
std::optional<util::Instant> audit_time(db::Connection& db, const std::string& action, const std::string& subject);
// The detail of the first such entry; empty if none.
std::string first_audit_detail(db::Connection& db, const std::string& action, const std::string& subject);
// The detail of the last entry of this action; empty if none.
std::string last_audit_detail(db::Connection& db, const std::string& action);

}  // namespace scrutinctl::store
