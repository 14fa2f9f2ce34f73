// SPDX-License-Identifier: AGPL-3.0-or-later
// The audit log: written by every act, shown and verified here.
#include "scrutinctl/audit.hpp"

#include "crypto/tlog.hpp"
#include "domain/audit.hpp"
#include "domain/chain_check.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/office_turn.hpp"
#include "scrutinctl/public_log.hpp"
#include "scrutinctl/store_audit.hpp"
#include "util/bytes.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

void record(Office& office, std::string_view action, std::string_view detail) {
    require_turn(office);
    const store::AuditEntry last = store::last_audit_entry(office.db());
    const std::string reason = office.reason().empty() ? "" : " ; motif : " + office.reason();
    store::AuditEntry entry{last.id + 1,
                            util::to_sql(office.clock().now()),
                            office.actor(),
                            std::string(action),
                            std::string(detail.substr(0, 2000 - reason.size())),
                            ""};
    while (!util::is_utf8(entry.detail)) entry.detail.pop_back();  // cut inside a letter
    entry.detail += reason;
    entry.hash = domain::audit_hash(last.hash, entry.at, entry.actor, entry.action, entry.detail);
    store::add_audit_entry(office.db(), entry);
}

void record_alone(Office& office, std::string_view action, std::string_view detail) {
    office.db().transaction([&] {
        record(office, action, detail);
        return true;
    });
}

util::Status audit_show(Office& office, const Arguments&) {
    store::each_audit_entry(office.db(), [](const store::AuditEntry& entry) {
        say(std::to_string(entry.id) + "  " + entry.at + "Z  " + entry.actor + "  " + entry.action + "  " + entry.detail);
    });
    return util::Done{};
}

util::Result<Journal> check_journal(Office& office) {
    const crypto::tlog::Verifier key{domain::journal_origin(office.settings().base_url), crypto::tlog::KeyKind::log,
                                     util::from_base64url(office.secret("log_public_key").view()).value_or("")};
    // Before the tables: sceau publishes what stands there already.
    const auto published = published_checkpoint(office, "journal", key);
    if (!published) return published.error();
    const auto head = store::last_journal_head(office.db());
    domain::JournalCheck check(key, head);
    store::each_audit_entry(office.db(), [&](const store::AuditEntry& entry) {
        check.add(entry.id, entry.at, entry.actor, entry.action, entry.detail, entry.hash);
    });
    if (check.is_broken()) return bad_input(check.why_not());
    const std::uint64_t size = head ? head->size : 0;
    if (*published && (*published)->size > size)
        return bad_input("journal coupé : le processus sceau a publié " +
                         counted((*published)->size, "entrée signée", "entrées signées") + ", la base de données n’en a que " +
                         std::to_string(size));
    if (std::string why = check.why_not(); !why.empty()) return bad_input(std::move(why));
    return Journal{check.entries(), size, check.last_hash()};
}

namespace {

std::string words_of(const Journal& journal) {
    return "Journal intact : " + counted(journal.entries, "entrée", "entrées") + ", dont " +
           counted(journal.signed_entries, "signée", "signées") + ". Empreinte de la dernière : " + journal.last_hash;
}

}  // namespace

void say_journal(Office& office) {
    const auto journal = check_journal(office);
    say(journal ? words_of(*journal) : "ATTENTION : " + journal.error().detail + ".");
}

util::Status audit_verify(Office& office, const Arguments&) {
    const auto journal = check_journal(office);
    if (!journal) return journal.error();
    say(words_of(*journal));
    return util::Done{};
}

}  // namespace scrutinctl
