// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on the daily mail of participation: who asked for it and still sits at a bureau de vote.
#pragma once

#include <string>
#include <vector>

#include "db/connection.hpp"

namespace scrutinctl::store {

// A role of somebody who asked, with the place it is for; who has several comes several times, together.
struct TurnoutReader {
    std::string email, civility, last_name, role, place;
};
// Of this moment: who was removed or struck off is not there.
std::vector<TurnoutReader> turnout_readers(db::Connection& db);

}  // namespace scrutinctl::store
