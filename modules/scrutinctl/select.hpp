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

// The hour by which an act is early or late: the database's, so that it does not depend on whose machine an officer sits at. A demonstration's
// moved clock moves it.
util::Instant hour_of_acts(Office& office);

// Those named by --scrutin, or all. not_found names an unknown code.
util::Result<std::vector<store::Scrutin>> chosen_scrutins(Office& office, const cli::Arguments& arguments);
// The same without those that were stopped for good, which are never counted; says which, and refuses one that is named.
util::Result<std::vector<store::Scrutin>> scrutins_to_count(Office& office, const cli::Arguments& arguments);

}  // namespace scrutinctl
