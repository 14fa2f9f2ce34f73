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

// The chain holds from its first entry to its last, and sceau's newest signed head is over its first entries: a changed entry, a missing
// one and a cut tail are all found.
struct Journal {
    std::uint64_t entries = 0, signed_entries = 0;
    std::string last_hash;
};
util::Result<Journal> check_journal(Office& office);

// One line for the minutes: how many entries, the last one's fingerprint, up to where they are signed. Says what is wrong, if anything is.
void say_journal(Office& office);

}  // namespace scrutinctl
