// SPDX-License-Identifier: AGPL-3.0-or-later
// Issuing a new code de vote: identity, limits, escrow, envelope, message,
// in one transaction. Knows no page. The code and the credential exist in memory only, and in the message.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/reassort.hpp"
#include "reassort/demand_form.hpp"
#include "reassort/keys.hpp"
#include "reassort/store.hpp"
#include "util/clock.hpp"

namespace reassort {

inline constexpr unsigned k_requests_allowed = domain::k_reassorts_allowed;
inline constexpr unsigned k_mismatches_allowed = 5;  // per elector and 24 hours

enum class Verdict {
    sent,      // a new code is on its way; the old one is dead
    mismatch,  // the identity data are not the elector's; counted as a try
    too_many_tries,
    none_left,  // three requests were sent already
    frozen,     // the owner stopped further requests
    busy,       // the data are right, but too many messages left for this number or prefix: nothing was changed
    not_ready,  // no envelope or escrow: codes are not made, or the elector was struck off
};
struct Issued {
    Verdict verdict = Verdict::not_ready;
    unsigned remaining = 0;  // requests left after this one
};

// The way out of the house, inside the transaction. `may_send` counts one message and is asked only once the identity is
// proved, so that no stranger can use up the owner's messages; `announce` queues the SMS that bears the code and the mail to the owner, at most once,
// and gives the SMS's number.
struct Post {
    std::function<bool()> may_send;
    std::function<std::optional<std::uint64_t>(std::string_view voting_code, unsigned remaining)> announce;
};

// `defi_holds`: the answer to the elector's question défi was right, or none is asked of him. A wrong one is a mismatch like any
// other: the verdict does not say which of the data failed.
// The same idempotency key (64 hex) gives the same verdict and changes nothing. Throws db::Error; std::runtime_error if
// the escrow cannot be opened with our key (nothing is changed).
Issued issue_code(db::Connection& db, const Keys& keys, domain::VoterId voter, const Demand& demand, bool defi_holds,
                  std::string_view idempotency_key, util::Instant now, const Post& post);

// Whether NUMEN and birth date are the elector's.
bool is_his(const Keys& keys, const Demand& demand, const Sealed& sealed);

// Opens the escrow and seals what it holds under `voting_code`, as the envelope's next generation: the code before is dead. Precondition: inside
// the transaction that locked `sealed`. False if the envelope changed meanwhile; std::runtime_error if the escrow does not open.
bool seal_anew(db::Connection& db, const Keys& keys, domain::VoterId voter, const Sealed& sealed, std::string_view voting_code);

// « Ce n'est pas moi »: no further request until the assistance lifts it. Twice is once.
void freeze(db::Connection& db, domain::VoterId voter, util::Instant now);

}  // namespace reassort
