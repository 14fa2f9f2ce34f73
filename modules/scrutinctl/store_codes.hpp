// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the codes made before the sealing: their batches, what waits for the urne, and the notices whose code died.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/envelope.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

// The batch whose file is not whole yet; there is one at most.
std::optional<unsigned> unfinished_batch(db::Connection& db);
unsigned begin_batch(db::Connection& db, util::Instant at);
void finish_batch(db::Connection& db, unsigned batch, util::Instant at);
std::uint64_t count_codes(db::Connection& db, unsigned batch);
// Envelopes that no batch knows: of a sealing that an older program began.
std::uint64_t count_codes_without_batch(db::Connection& db);
// All its codes, and those that no batch knows, are given up: a trigger refuses once anything is sealed.
void give_up_batch(db::Connection& db, unsigned batch);
// By elector's number.
void each_envelope(db::Connection& db, unsigned batch,
                   const std::function<void(const std::string& email, const domain::Envelope& envelope)>& each);

// What waits for the urne, by elector's number, the struck off left out.
void each_pending(db::Connection& db, const std::function<void(domain::VoterId voter, const std::string& sealed)>& each);
// Who votes where, by elector's and scrutin's numbers, the struck off left out.
void each_right(db::Connection& db, const std::function<void(domain::VoterId voter, domain::ScrutinId scrutin)>& each);
// Once all is sealed nothing waits any more; which batch has whose code stays, for the notices.
void forget_pending(db::Connection& db);

// Electors with a code of a batch that is done: all those of a batch, of a place of delivery, or one by his address.
std::vector<domain::VoterId> coded_of_batch(db::Connection& db, unsigned batch);
std::vector<domain::VoterId> coded_of_place(db::Connection& db, std::string_view place);
std::vector<domain::VoterId> coded_of_address(db::Connection& db, std::string_view address);
// His code dies, if he has one, and its notice is one to take back. In the caller's transaction. False: he has none.
bool withdraw_code(db::Connection& db, domain::VoterId voter, std::string_view cause, util::Instant at);

struct WithdrawnNotice {
    std::string place, last_name, first_name, email, cause;
    unsigned batch = 0, generation = 0;
    util::Instant at;
};
// By place of delivery and name.
std::vector<WithdrawnNotice> withdrawn_notices(db::Connection& db);

}  // namespace scrutinctl::store
