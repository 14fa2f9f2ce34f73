// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on temporary codes. What a code or a destination is stays with its caller: here are checks and sealed texts.
// All functions throw db::Error when the server fails; those that write want the lock on the elector's envelope (store.hpp, lock_sealed).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace reassort {

struct Temporary {
    std::uint32_t id = 0;
    util::Instant sent_at{};
    std::string code_check;   // hex
    std::string destination;  // sealed; empty once spent
    std::optional<std::uint64_t> message_id;
    unsigned tries = 0;
    std::optional<util::Instant> spent_at;
};

// Those sent after `since`, the newest first.
std::vector<Temporary> temporaries_of(db::Connection& db, domain::VoterId voter, util::Instant since);

// Whether the form of this key has sent one already.
bool has_temporary_of_key(db::Connection& db, std::string_view idempotency_key);

// Of `temporary`: when, check, destination and message. False if the key is there already.
bool insert_temporary(db::Connection& db, domain::VoterId voter, const Temporary& temporary, std::string_view idempotency_key);

void count_wrong_try(db::Connection& db, std::uint32_t temporary);

// All of this elector that have not served: one did.
void spend_temporaries(db::Connection& db, domain::VoterId voter, util::Instant now);

// The mail of a temporary code, to an address that was given for it: courrier forgets the address once the mail has left. False if it is
// there already.
struct PersonalMail {
    std::string idempotency_key, recipient, subject, body;
};
bool queue_personal_mail(db::Connection& db, domain::VoterId voter, const PersonalMail& mail, util::Instant now);

}  // namespace reassort
