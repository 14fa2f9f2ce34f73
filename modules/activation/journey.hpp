// SPDX-License-Identifier: AGPL-3.0-or-later
// What the visitor's session remembers between two pages, as JSON of at most 2,000 bytes: either the mail waited for, or
// the journey that a spent link has opened. No password is ever among it, only its Argon2id hash.
#pragma once

#include <optional>
#include <string>

#include "activation/mailed_link.hpp"
#include "util/json.hpp"

namespace activation {

// After « VALIDER » on the identification page.
struct Waiting {
    std::string typed;  // the address as typed
    util::Instant asked_at;
    bool forgotten = false;  // asked on « Mot de passe oublié »
    bool limited = false;    // too many requests for this address: nothing more is sent for now
};

// « Renvoyer » is offered after this pause.
inline constexpr std::chrono::seconds k_resend_pause{60};

// After the link's button.
struct Journey {
    domain::VoterId voter;
    Purpose purpose = Purpose::activation;
    util::Instant until;        // the journey must end before
    std::string password_hash;  // chosen and not kept yet: empty before, and where it is kept at once
    bool kept = false;          // the password is kept and its owner signed in: the question défi is left
};

inline constexpr std::chrono::minutes k_journey{30};

// Left in the session that spent a link, for the button pressed twice: the second answer is the first one's.
struct Spent {
    std::string token_hash;
    util::Instant until;
};

util::Json to_data(const Spent& spent);
// True if this session has just spent this very link.
bool has_spent(const util::Json& data, std::string_view token_hash, util::Instant now);

util::Json to_data(const Waiting& waiting);
util::Json to_data(const Journey& journey);

// Nothing if the session does not hold it.
std::optional<Waiting> waiting_of(const util::Json& data);
// Nothing if there is none or its time is over.
std::optional<Journey> journey_of(const util::Json& data, util::Instant now);

}  // namespace activation
