// SPDX-License-Identifier: AGPL-3.0-or-later
// One line of the audit log per act of the office, written in the act's own transaction.
#pragma once

#include <string_view>

#include "scrutinctl/office.hpp"

namespace scrutinctl {

// Precondition: inside a transaction of office.db(). `detail` is cut at 2,000 bytes and holds no secret and no elector.
void record(Office& office, std::string_view action, std::string_view detail);

// The same in a transaction of its own, for acts that change no row.
void record_alone(Office& office, std::string_view action, std::string_view detail);

}  // namespace scrutinctl
