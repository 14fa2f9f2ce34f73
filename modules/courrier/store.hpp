// SPDX-License-Identifier: AGPL-3.0-or-later
// Every statement of courrier: it reads and updates `outbox`, and writes `sms_state` and `mail_return`, nothing else. All functions throw db::Error.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "courrier/return_notice.hpp"
#include "courrier/sms_state.hpp"
#include "courrier/transport.hpp"
#include "db/connection.hpp"
#include "util/clock.hpp"

namespace courrier {

// Numbers of due messages, at most `limit`: the newest and the oldest by turns, so that who waits for a link is not behind
// a campaign of a million, and the campaign goes on.
std::vector<std::uint64_t> due_messages(db::Connection& db, util::Instant now, unsigned limit);

struct Claimed {
    std::uint64_t id = 0;
    bool is_sms = false;
    unsigned attempts = 0;  // this one included
    util::Instant created_at{};
    Outgoing message;
};
// Takes a message for sending, committed before anything is sent. Nothing if another process took it.
std::optional<Claimed> claim(db::Connection& db, std::uint64_t id, util::Instant now);

// The end of an attempt. What is sent or failed loses its body: it may hold a link or a code.
void mark_sent(db::Connection& db, std::uint64_t id, util::Instant now);
void mark_deferred(db::Connection& db, std::uint64_t id, util::Instant next, std::string_view error);
void mark_failed(db::Connection& db, std::uint64_t id, std::string_view error);
// Stays `sending`, with its reason.
void note_doubt(db::Connection& db, std::uint64_t id, std::string_view error);

// What became of an SMS, for whoever waits for it. A later word replaces an earlier one (SmsState's order), never the other way.
void note_sms(db::Connection& db, std::uint64_t id, SmsState state, util::Instant now);

// That a mail to the address of this message came back, or was not taken; the newest word on an address stays. False if the message is no mail,
// went to an address that is forgotten, or is gone with the purge.
bool note_return(db::Connection& db, std::uint64_t id, ReturnKind kind, util::Instant now);

// Messages taken before `since` and never ended: their process died, or the answer never came.
std::vector<std::uint64_t> in_doubt(db::Connection& db, util::Instant since);

struct Backlog {
    std::uint64_t queued = 0, deferred = 0;
    std::int64_t oldest_seconds = 0;  // of the queued ones that are due
};
Backlog backlog_of(db::Connection& db, util::Instant now);

}  // namespace courrier
