// SPDX-License-Identifier: AGPL-3.0-or-later
// The election as its row and calendar say.
#pragma once

#include <cstdint>
#include <string>

#include "domain/calendar.hpp"

namespace web {

// The one election the portal serves.
struct Election {
    std::string title, edition, administration;
    bool demonstration = false;
    std::uint32_t data_version = 0;
    domain::Calendar calendar;
    std::string identity;  // differs when anything above does, or any list, roll or state
};

}  // namespace web
