// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/entering.hpp"

#include <algorithm>

#include "web/pseudonym.hpp"
#include "web/throttle.hpp"

namespace bureau {

bool may_try(web::Env& env) {
    const std::string who = std::to_string(env.session.voter->value);
    return web::throttle_allows(env, "desk-code", who, 8, 3600) && web::throttle_allows(env, "desk-code-day", who, 30, 24 * 3600);
}

void enter(web::Env& env, const Desk& desk) {
    enter_desk(env.db, env.session.id_hash, env.now, std::min<util::Instant>(env.now + k_desk_lives, env.session.whole_end));
    record(env, desk.roles.front(), "enter", "entrée : " + desk.roles.front().place);
    web::log_act(util::Level::info, "desk-entered", env);
}

bool is_in(web::Env& env) {
    const auto until = desk_entry(env.db, env.session.id_hash, env.session.voter_email);
    return until && *until > env.now;
}

}  // namespace bureau
