// SPDX-License-Identifier: AGPL-3.0-or-later
// The calendar as pages show it: dates in words, and what is open at this instant. No HTTP, no SQL.
#pragma once

#include <string>

#include "domain/calendar.hpp"
#include "domain/local_time.hpp"
#include "util/json.hpp"

namespace account {

// Puts into `view`, for each event: <event>_date (« 3 décembre 2026 ») and <event>_full (with hour and « heure de Paris », and the
// reader's own hour in `place`, which may be null);
// and the states portal_open, lists_shown, reclamation_open, reassort_early/open/over, vote_early/open/over, results_shown.
void put_calendar(util::Json& view, const domain::Calendar& calendar, util::Instant now, const domain::Place* place = nullptr);

// What all of that depends on, but for the dates (the election's identity says them) and the place: for the key of a kept page.
std::string calendar_key(const domain::Calendar& calendar, util::Instant now);

}  // namespace account
