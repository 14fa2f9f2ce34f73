// SPDX-License-Identifier: AGPL-3.0-or-later
// Zones of the IANA data base, by ICU's tables. A zone is read once; asking it is a search in a small table, for ICU's own
// answers cost microseconds and a page asks many.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

#include "util/clock.hpp"

namespace domain {

class TimeZone {
public:
    // "Indian/Reunion". Nothing if there is no such zone.
    static std::optional<TimeZone> find(std::string_view name);

    // What the zone's clocks show beyond UTC. Known from 2000 to 2100; before and after, the nearest.
    std::chrono::seconds offset_at(util::Instant at) const;

    // The instant of a wall-clock time, "2026-12-03 10:00" or with seconds. Nothing if it is none or if the clocks skip it; where
    // they show it twice, the first of the two.
    std::optional<util::Instant> instant_of(std::string_view wall) const;

private:
    struct Change {
        util::Instant at;
        std::chrono::seconds offset;  // from then on
    };
    std::vector<Change> changes_;  // by time, never empty; the first holds for all that is before
};

}  // namespace domain
