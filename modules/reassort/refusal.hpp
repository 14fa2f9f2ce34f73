// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in the way of a demand before any form is read. Knows no page.
#pragma once

#include <optional>

#include "web/env.hpp"

namespace reassort {

enum class Refusal { not_yet, closed, none_left, frozen, too_many_tries, busy, not_ready, no_question, too_many_codes };

// Who never activated his space would otherwise be asked less than who did.
bool lacks_question(web::Env& env);

// The refusal that stands before any form: window, freeze, requests left, a question défi that is asked and was never chosen. `remaining`: the requests left, when none does.
std::optional<Refusal> standing_refusal(web::Env& env, unsigned& remaining);

}  // namespace reassort
