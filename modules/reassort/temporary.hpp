// SPDX-License-Identifier: AGPL-3.0-or-later
// The réassort that shows its code on screen, as transactions: proofs against a temporary code, a temporary code against a new code de
// vote. Knows no page. The new code exists in memory only, and on the screen of who asked.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "reassort/demand_form.hpp"
#include "reassort/keys.hpp"
#include "reassort/temporary_code.hpp"
#include "util/clock.hpp"
#include "util/secret.hpp"

namespace reassort {

inline constexpr std::chrono::hours k_resend_within{1};  // of the newest; later the proofs are asked again
inline constexpr std::chrono::minutes k_shown_again{2};  // to the same form: the first answer may be lost

// What became of a demand, or of « renvoyer ».
enum class Asked {
    sent,      // a temporary code is on its way; the code de vote is what it was
    mismatch,  // the proofs are not the elector's; counted as a try
    too_many_tries,
    none_left,          // three new codes were given already
    frozen,             // the owner stopped further requests
    busy,               // too many messages left for this number or address
    too_many_codes,     // six temporary ones in 24 hours
    too_soon,           // the last one left less than a minute ago
    nothing_to_resend,  // none that may be sent again
    not_ready,          // no envelope or escrow: codes are not made, or the elector was struck off
};

// The way out of the house, inside the transaction, as in issue.hpp. `announce` gives the message's number.
struct TemporaryPost {
    std::function<bool(const Destination&)> may_send;
    std::function<std::optional<std::uint64_t>(const Destination&, std::string_view temporary_code)> announce;
};

// `defi_holds` as in issue.hpp. The same idempotency key (64 hex) changes nothing the second time. Throws db::Error.
Asked ask_temporary(db::Connection& db, const Keys& keys, domain::VoterId voter, const Demand& demand, bool defi_holds,
                    std::string_view idempotency_key, util::Instant now, const TemporaryPost& post);

// Another code to where the last one went. Those before stay good for their time.
Asked resend_temporary(db::Connection& db, const Keys& keys, domain::VoterId voter, std::string_view idempotency_key,
                       util::Instant now, const TemporaryPost& post);

// What is under way, for the page that asks for the code; nothing when the demand is to be made (again).
struct Pending {
    Destination to;
    util::Instant sent_at{};
    std::optional<std::uint64_t> message_id;
    bool is_live = false;  // the newest has not expired, and was not given five wrong tries
};
std::optional<Pending> pending_of(db::Connection& db, const Keys& keys, domain::VoterId voter, util::Instant now);

// What became of a temporary code that was typed.
enum class Look {
    shown,         // `code` is the new code de vote; the old one is dead
    shown_before,  // to this form, or for this temporary code; nothing was changed
    wrong,         // counted as a try
    expired,       // right, and too late
    dead,          // five wrong tries: another temporary code is needed
    no_code,       // none was sent
    none_left,
    frozen,
    not_ready,
};
struct Shown {
    Look look = Look::not_ready;
    util::SecretText code;
    unsigned remaining = 0;
};

// `temporary_code`: eight digits. `form_key`: of the page that was sent; the same one shows the same code for two minutes and gives no second.
// `tell` warns the owner, once, inside the transaction. Throws db::Error; std::runtime_error if the escrow cannot be opened with our key.
Shown show_code(db::Connection& db, const Keys& keys, domain::VoterId voter, std::string_view temporary_code,
                std::string_view form_key, util::Instant now, const std::function<void(unsigned remaining)>& tell);

}  // namespace reassort
