// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutins/memory.hpp"

#include "util/log.hpp"
#include "web/pseudonym.hpp"

namespace scrutins {

bool Readings::allows(const web::Env& env, std::string_view rule, unsigned allowed, unsigned window_seconds) {
    const std::int64_t window = env.now.time_since_epoch().count() / window_seconds;
    const std::lock_guard lock(mutex_);
    if (window != window_) counts_.clear();
    window_ = window;
    const unsigned count = ++counts_[env.session.voter->value];
    if (count == allowed + 1) web::log_act(util::Level::warning, "limit-reached", env, env.session.voter_email, std::string(rule));
    return count <= allowed;
}

std::vector<MyScrutin> my_scrutins(const web::Env& env, Memory& memory) {
    return web::scrutins_of_rolls<MyScrutin>(
        env, memory.scrutins, [&] { return my_scrutins(env.db, *env.session.voter); },
        [](MyScrutin& mine, const web::RollLine& roll) {
            mine.reason = roll.reason;
            mine.voted_at = roll.voted_at;
        });
}

std::optional<MyScrutin> my_scrutin(const web::Env& env, Memory& memory, std::string_view code) {
    return web::scrutin_of_code(my_scrutins(env, memory), code);
}

}  // namespace scrutins
