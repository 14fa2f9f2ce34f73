// SPDX-License-Identifier: AGPL-3.0-or-later
// Every statement of the reassort worker. It is the only worker that reads the escrow and the identity check.
// All functions throw db::Error when the server fails.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "domain/envelope.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace reassort {

// What a new code needs of an elector, read under a lock on his envelope: two requests of one elector follow each other.
// Precondition: inside a transaction. Nothing when his codes are not made yet.
struct Sealed {
    domain::Envelope envelope;
    std::string escrow;          // base64url sealed box
    std::string identity_check;  // hex
};
std::optional<Sealed> lock_sealed(db::Connection& db, domain::VoterId voter);

// Replaces the envelope by the next generation, in one statement. False if it changed meanwhile.
bool replace_envelope(db::Connection& db, domain::VoterId voter, const domain::Envelope& next);

// What was asked before.
struct History {
    unsigned sent = 0;              // requests that gave a code
    unsigned mismatches_today = 0;  // wrong identity checks in the last 24 hours
    bool frozen = false;            // the owner said « ce n'est pas moi », and the office has not reopened since
    unsigned reopened = 0;          // how often it has
};
History history_of(db::Connection& db, domain::VoterId voter, util::Instant now);

enum class Outcome { sent, mismatch, frozen, shown };  // sent by SMS; shown on screen
struct Request {
    Outcome outcome = Outcome::sent;
    unsigned generation = 0;  // the envelope's, after it
    std::string phone_end;    // last four digits
    util::Instant at{};
    std::optional<std::uint64_t> message_id;  // the SMS that bears the code
};
// The request a form made, when it was sent before.
std::optional<Request> request_of_key(db::Connection& db, std::string_view idempotency_key);
// The newest request that gave a code.
std::optional<Request> last_given(db::Connection& db, domain::VoterId voter);
// How far an SMS came, as courrier tells it (sms_state.state); nothing while it waits.
struct SmsState {
    std::string word;
    util::Instant at{};
};
std::optional<SmsState> sms_state(db::Connection& db, std::uint64_t message_id);

// False if the key is there already.
bool record(db::Connection& db, domain::VoterId voter, const Request& request, std::string_view idempotency_key);

// The question défi the elector chose when he opened his space, if he did.
struct Defi {
    std::string question, answer_hash;
};
std::optional<Defi> find_defi(db::Connection& db, domain::VoterId voter);

}  // namespace reassort
