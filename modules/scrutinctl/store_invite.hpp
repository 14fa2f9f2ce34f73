// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements of campaigns: who is to be written to, and the message with the note that it was written.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

// campaign: its name in the table; kind: "invitation" (everybody on the roll), "not-activated" (without a voter space) or "non-voters" (an open
// scrutin is left). academie: of this one alone; spared_since: nobody to whom any campaign has written later.
struct Campaign {
    std::string name, kind;
    std::string academie;
    std::optional<util::Instant> spared_since;
};

struct Invited {
    domain::VoterId voter;
    std::string email, civility, last_name;
};

// Those whom the campaign has not written to yet.
std::uint64_t count_to_invite(db::Connection& db, const Campaign& campaign);
// In the order of their numbers, from after `after`.
std::vector<Invited> next_to_invite(db::Connection& db, const Campaign& campaign, domain::VoterId after, unsigned limit);
// Those whom it has written to.
std::uint64_t count_invited(db::Connection& db, std::string_view campaign);
// Those on the roll, whatever became of them.
std::uint64_t count_electors(db::Connection& db);
// When the last message to each mail domain leaves, of all campaigns; past ones are not told.
std::map<std::string, util::Instant> last_departures(db::Connection& db, util::Instant now);

// Notes and queues in the caller's transaction; false if he was written to meanwhile.
struct InvitationMail {
    std::string idempotency_key, subject, body;
    util::Instant leaves_at;
};
bool invite(db::Connection& db, const Campaign& campaign, const Invited& invited, const InvitationMail& mail, util::Instant now);

}  // namespace scrutinctl::store
