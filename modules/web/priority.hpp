// SPDX-License-Identifier: AGPL-3.0-or-later
// Whose work goes first on a busy processor: pages and ballots of who is in, then passwords of who waits, then pages of who wants in.
#pragma once

#include <string>

namespace web {

// This thread's work is passwords: a tenth of the right to a core that the others have, and never in the way of who wakes up.
void stand_below_members();
// This thread's work is pages of who is not in: what the others leave.
void stand_below_all();

// Why it would not be so: the kernel gives each session the same share of a core. Empty if it is.
std::string why_priority_is_lost();

}  // namespace web
