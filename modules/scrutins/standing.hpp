// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a scrutin stands for one elector, from its state, the calendar and his émargement. Knows no SQL, no page.
#pragma once

#include <string_view>

#include "domain/calendar.hpp"

namespace scrutins {

enum class Standing { upcoming, open, voted, closed };

// `state` is the scrutin's column. Voted wins over all: it stays true after the close. Open needs both the office's act
// and the hour (with the grace for who signed in before the close), so that no page offers a vote that would be refused.
Standing standing_of(std::string_view state, bool voted, const domain::Calendar& calendar, util::Instant now,
                     util::Instant signed_in_at);

// « à venir », « ouvert », « voté », « clos ».
std::string_view label_of(Standing standing);
// The kind of its badge (templates/README.md).
std::string_view badge_of(Standing standing);

bool lists_are_shown(const domain::Calendar& calendar, util::Instant now);
// Results need the proclamation and the date.
bool results_are_shown(std::string_view state, const domain::Calendar& calendar, util::Instant now);

}  // namespace scrutins
