// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether this election asks the question défi, and what hangs on it: its own setting, else its edition's.
#pragma once

#include "web/env.hpp"

namespace web {

bool asks_defi(Env& env);

// Whether a new code de vote is shown on screen to who brings a temporary one. Never without the question: the temporary code goes where
// its asker says, and proves nothing of him.
bool shows_new_code(Env& env);

}  // namespace web
