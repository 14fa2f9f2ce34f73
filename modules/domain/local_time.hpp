// SPDX-License-Identifier: AGPL-3.0-or-later
// Times as French people read them: in Paris, where the law counts the vote's hours, and in the elector's own place beside it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/time_zone.hpp"
#include "util/clock.hpp"

namespace domain {

// TimeZone::instant_of, in Paris.
std::optional<util::Instant> from_paris(std::string_view wall);

// « jeudi 3 décembre 2026 à 10 h 00 (heure de Paris) », « 3 décembre 2026 », « 10 h 00 » (no line break within the hour).
std::string paris_full(util::Instant at);
std::string paris_date(util::Instant at);
std::string paris_time(util::Instant at);

// Where clocks are not set as in Paris, all the year or a part of it.
struct Place {
    TimeZone zone;
    std::string words;  // « heure de Nouméa »
};

// paris_full, and where the place has another hour then: « … (heure de Paris), soit 20 h 00, heure de Nouméa », with the day if it
// is another one. `place` may be null.
std::string full_for(const Place* place, util::Instant at);

// « jeudi 3 décembre 2026 à 10 h 00 au jeudi 10 décembre 2026 à 17 h 00 (heure de Paris) », to be put after « du », and for a place with other
// hours « …, soit du jeudi 3 décembre à 20 h 00 au vendredi 11 décembre à 3 h 00, heure de Nouméa »: each zone is said once.
std::string period_for(const Place* place, util::Instant from, util::Instant until);
// The same of paris_time: « 17 h 30 (heure de Paris), soit … ».
std::string time_for(const Place* place, util::Instant at);

}  // namespace domain
