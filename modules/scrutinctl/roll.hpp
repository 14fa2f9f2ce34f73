// SPDX-License-Identifier: AGPL-3.0-or-later
// A change of the roll that a second person has approved, made.
#pragma once

#include <string>

#include "scrutinctl/office.hpp"
#include "scrutinctl/store_roll.hpp"

namespace scrutinctl {

// In the caller's transaction; of any kind but "add". Why not, and nothing may be committed then; empty: it is made.
std::string carry_out_change(Office& office, const store::RollChange& change);

}  // namespace scrutinctl
