// SPDX-License-Identifier: AGPL-3.0-or-later
// The election as its row and calendar say.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "domain/calendar.hpp"

namespace web {

// Whom electors of an académie may call.
struct Assistance {
    std::string academie, phone, email, hours;
};
using Assistances = std::map<std::string, Assistance, std::less<>>;  // by the académie's code

// The one election the portal serves.
struct Election {
    std::string title, edition, administration;
    bool demonstration = false;
    std::uint32_t data_version = 0;
    domain::Calendar calendar;
    Assistances assistance;  // in a worker
    std::string identity;    // differs when anything above does, or any list, roll or state
};

}  // namespace web
