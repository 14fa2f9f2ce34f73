// SPDX-License-Identifier: AGPL-3.0-or-later
// Campaigns of mails, for who runs one that no officer typed.
#pragma once

#include <cstdint>
#include <string>

#include "scrutinctl/office.hpp"
#include "scrutinctl/store_invite.hpp"
#include "web/election.hpp"

namespace scrutinctl {

// Why no such mail leaves at this hour; empty: it may.
std::string why_not_invited_now(const store::Campaign& campaign, const web::Election& election, util::Instant now);
// How many were written to by this run. Killed, it goes on with the next one of the same name.
std::uint64_t run_campaign(Office& office, const store::Campaign& campaign, const web::Election& election);

}  // namespace scrutinctl
