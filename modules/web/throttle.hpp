// SPDX-License-Identifier: AGPL-3.0-or-later
// Counts tries in portail.throttle: fixed windows, shared by all workers.
#pragma once

#include <string>
#include <string_view>

#include "web/env.hpp"

namespace web {

// Counts one more of (rule, subject) in the current window and tells whether it is within `limit`.
// throttle_allows(env, "reclamation", voter, 10, 24 * 3600)
bool throttle_allows(Env& env, std::string_view rule, std::string_view subject, unsigned limit, unsigned window_seconds);

// The same without counting: for what only counts when it ends badly. Tries at once may each find room.
bool throttle_has_room(Env& env, std::string_view rule, std::string_view subject, unsigned limit, unsigned window_seconds);

// The same for the network of a client; `base` is its limit unless the operator declared it with many people (networks.hpp).
bool network_allows(Env& env, std::string_view rule, std::string_view client_ip, unsigned base, unsigned window_seconds);
bool network_has_room(Env& env, std::string_view rule, std::string_view client_ip, unsigned base, unsigned window_seconds);

}  // namespace web
