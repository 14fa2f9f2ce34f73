// SPDX-License-Identifier: AGPL-3.0-or-later
// What both ways into the desk share: tries, and the entry itself.
#pragma once

#include <chrono>

#include "bureau/desk.hpp"

namespace bureau {

inline constexpr std::chrono::hours k_desk_lives{2};

// Counts a try; false past 8 in an hour or 30 in a day. A right one counts too: nobody signs in so often.
bool may_try(web::Env& env);
// In the caller's transaction.
void enter(web::Env& env, const Desk& desk);
bool is_in(web::Env& env);

}  // namespace bureau
