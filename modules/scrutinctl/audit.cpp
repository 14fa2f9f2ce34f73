// SPDX-License-Identifier: AGPL-3.0-or-later
// The audit log: written by every act, shown and verified here.
#include "scrutinctl/audit.hpp"

#include "domain/audit.hpp"
#include "scrutinctl/commands.hpp"
#include "scrutinctl/store_audit.hpp"
#include "util/text.hpp"

namespace scrutinctl {

using namespace cli;

void record(Office& office, std::string_view action, std::string_view detail) {
    const store::AuditEntry last = store::last_audit_entry(office.db());
    store::AuditEntry entry{last.id + 1,         util::to_sql(office.clock().now()),  office.actor(),
                            std::string(action), std::string(detail.substr(0, 2000)), ""};
    while (!util::is_utf8(entry.detail)) entry.detail.pop_back();  // cut inside a letter
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

util::Status audit_verify(Office& office, const Arguments&) {
    std::string previous(domain::k_audit_start);
    unsigned expected = 1, first_bad = 0;
    store::each_audit_entry(office.db(), [&](const store::AuditEntry& entry) {
        if (first_bad != 0) return;
        const bool follows = entry.id == expected;
        const bool holds = entry.hash == domain::audit_hash(previous, entry.at, entry.actor, entry.action, entry.detail);
        if (!follows || !holds) first_bad = expected;
        previous = entry.hash;
        ++expected;
    });
    if (first_bad != 0) {
        return bad_input("journal rompu à l’entrée " + std::to_string(first_bad) + " : elle manque ou elle a été changée");
    }
    say("Journal intact : " + counted(expected - 1, "entrée", "entrées") + ". Empreinte de la dernière : " + previous);
    return util::Done{};
}

}  // namespace scrutinctl
