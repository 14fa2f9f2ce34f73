// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in the way of a demand before any form is read. Knows no page.
#pragma once

#include <optional>

#include "web/env.hpp"

namespace reassort {

enum class Refusal { not_yet, closed, none_left, frozen, too_many_tries, busy, not_ready };

// The refusal that stands before any form: window, freeze, requests left. `remaining`: the requests left, when none does.
std::optional<Refusal> standing_refusal(web::Env& env, unsigned& remaining);

}  // namespace reassort
