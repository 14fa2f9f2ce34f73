// SPDX-License-Identifier: AGPL-3.0-or-later
// Which scrutins a command works on.
#pragma once

#include <vector>

#include "scrutinctl/office.hpp"
#include "scrutinctl/store_scrutin.hpp"

namespace scrutinctl {

// The election, or a failure that says to import first.
util::Result<store::Election> the_election(Office& office);

// An act of a real election says who does it and why. invalid: it does not.
util::Status require_reason(Office& office, bool demonstration);

// Those named by --scrutin, or all. not_found names an unknown code.
util::Result<std::vector<store::Scrutin>> chosen_scrutins(Office& office, const cli::Arguments& arguments);

}  // namespace scrutinctl
