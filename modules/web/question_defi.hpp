// SPDX-License-Identifier: AGPL-3.0-or-later
// Whether this election asks the question défi: its own setting, else its edition's.
#pragma once

#include "web/env.hpp"

namespace web {

bool asks_defi(Env& env);

}  // namespace web
