// SPDX-License-Identifier: AGPL-3.0-or-later
#include "web/throttle.hpp"

#include "util/bytes.hpp"
#include "web/pseudonym.hpp"
#include "web/store.hpp"

namespace web {

namespace {

util::Instant window_of(const Env& env, unsigned window_seconds) {
    const auto seconds = env.now.time_since_epoch().count();
    return util::Instant{std::chrono::seconds{seconds - seconds % window_seconds}};
}

std::string key_of(std::string_view rule, std::string_view subject) {
    return util::sha256_hex(std::string(rule) + "|" + std::string(subject));
}

}  // namespace

bool throttle_allows(Env& env, std::string_view rule, std::string_view subject, unsigned limit, unsigned window_seconds) {
    const unsigned count = store::count_try(env.db, key_of(rule, subject), window_of(env, window_seconds));
    if (count == limit + 1) log_act(util::Level::warning, "limit-reached", env, env.session.voter_email, std::string(rule));
    return count <= limit;
}

bool throttle_has_room(Env& env, std::string_view rule, std::string_view subject, unsigned limit, unsigned window_seconds) {
    return store::tries_counted(env.db, key_of(rule, subject), window_of(env, window_seconds)) < limit;
}

bool network_allows(Env& env, std::string_view rule, std::string_view client_ip, unsigned base, unsigned window_seconds) {
    const auto budget = env.settings.networks.budget(client_ip, base);
    return throttle_allows(env, rule, budget.network, budget.limit, window_seconds);
}

bool network_has_room(Env& env, std::string_view rule, std::string_view client_ip, unsigned base, unsigned window_seconds) {
    const auto budget = env.settings.networks.budget(client_ip, base);
    return throttle_has_room(env, rule, budget.network, budget.limit, window_seconds);
}

}  // namespace web
