// SPDX-License-Identifier: AGPL-3.0-or-later
// roll add: a late elector, whose line two officers make (R211-554). `detail`: his line and his rights, as the proposal keeps them.
#pragma once

#include <string>

#include "domain/ids.hpp"
#include "scrutinctl/office.hpp"
#include "scrutinctl/store_roll.hpp"
#include "util/json.hpp"

namespace scrutinctl {

// Why he cannot be added any more; empty: he can.
std::string why_not_added(db::Connection& db, const util::Json& detail);
// For who decides: the whole line, and why he votes where.
std::string words_of_late_elector(const util::Json& detail);
// Line, rights and the mail that tells him, in the caller's transaction, with the approval itself. Answers why not, and then nothing may be committed.
std::string add_elector(Office& office, const store::RollChange& change, const util::Json& detail);

}  // namespace scrutinctl
