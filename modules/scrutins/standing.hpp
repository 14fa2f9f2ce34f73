// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a scrutin stands for one elector, from its state, the calendar and his émargement. Knows no SQL, no page.
#pragma once

#include <string_view>

#include "domain/scrutin.hpp"

namespace scrutins {

enum class Standing { upcoming, open, suspended, voted, closed, annulled };

// Annulled and voted win over all: they stay true after the close. The rest is the voting space's own rule (domain::phase_of), so that no page
// offers a vote that would be refused.
Standing standing_of(domain::ScrutinState state, const domain::Stop& stop, bool voted, const domain::Calendar& calendar,
                     util::Instant now, util::Instant signed_in_at);

// « à venir », « ouvert », « suspendu », « voté », « clos », « annulé ».
std::string_view label_of(Standing standing);
// The kind of its badge (templates/README.md).
std::string_view badge_of(Standing standing);

}  // namespace scrutins
