// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/desk.hpp"

#include <algorithm>

#include "bureau/store_acts.hpp"
#include "domain/audit.hpp"

namespace bureau {

const Membership* Desk::role_for(domain::DeskRight right, std::string_view place) const {
    for (const Membership& role : roles)
        if (role.place == place && domain::may(role.role, right)) return &role;
    return nullptr;
}

std::vector<std::string> Desk::places(domain::DeskRight right) const {
    std::vector<std::string> found;
    for (const Membership& role : roles)
        if (domain::may(role.role, right)) found.push_back(role.place);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

namespace {

util::Result<Desk> member_of(web::Env& env) {
    Desk desk{memberships(env.db, env.session.voter_email), {}};
    if (desk.roles.empty()) return util::failure(util::Fault::not_found, "desk");
    if (const auto until = desk_entry(env.db, env.session.id_hash, env.session.voter_email)) desk.until = *until;
    return desk;
}

}  // namespace

web::Handler at_desk(DeskHandler handler) {
    return [handler = std::move(handler)](const web::Request& request, web::Env& env) -> web::Answer {
        const auto desk = member_of(env);
        if (!desk) return desk.error();
        if (desk->until <= env.now) return web::Response::redirect("/bureau/code");
        return handler(request, env, *desk);
    };
}

web::Handler at_door(DeskHandler handler) {
    return [handler = std::move(handler)](const web::Request& request, web::Env& env) -> web::Answer {
        const auto desk = member_of(env);
        if (!desk) return desk.error();
        if (desk->until > env.now) return web::Response::redirect("/bureau");  // a form sent twice, too
        return handler(request, env, *desk);
    };
}

void record(web::Env& env, const Membership& by, std::string_view act, std::string_view detail) {
    const JournalEntry last = last_journal_entry(env.db);
    JournalEntry entry{
        last.id + 1, util::to_sql(env.now), "membre n° " + std::to_string(by.id), "desk-" + std::string(act), std::string(detail),
        ""};
    entry.hash = domain::audit_hash(last.hash, entry.at, entry.actor, entry.action, entry.detail);
    add_journal_entry(env.db, entry);
}

void record_alone(web::Env& env, const Membership& by, std::string_view act, std::string_view detail) {
    env.db.transaction([&] {
        record(env, by, act, detail);
        return true;
    });
}

}  // namespace bureau
