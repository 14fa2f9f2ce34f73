// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements of the purge: each deletes `limit` rows at most, in a transaction of its own, and gives how many. Reads nothing but ages.
#pragma once

#include <cstdint>

#include "db/connection.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

// Connections that ended before; visitors' too.
std::uint64_t delete_sessions(db::Connection& db, util::Instant before, unsigned limit);
// Counts of limits whose window began before.
std::uint64_t delete_counts(db::Connection& db, util::Instant before, unsigned limit);
// Messages that left, or were given up, before.
std::uint64_t delete_sent_messages(db::Connection& db, util::Instant before, unsigned limit);
std::uint64_t delete_failed_messages(db::Connection& db, util::Instant before, unsigned limit);

// What became of SMS, where the last word on it is of before.
std::uint64_t delete_sms_states(db::Connection& db, util::Instant before, unsigned limit);

// Words on addresses at which mails came back before.
std::uint64_t delete_mail_returns(db::Connection& db, util::Instant before, unsigned limit);

// Drafts of lists, and their files, whose deposit closed before: at the candidature's own hour, else when lists are shown.
std::uint64_t delete_drafts(db::Connection& db, util::Instant before, unsigned limit);
std::uint64_t delete_draft_files(db::Connection& db, util::Instant before, unsigned limit);

// Temporary codes of réassorts sent before.
std::uint64_t delete_temporary_codes(db::Connection& db, util::Instant before, unsigned limit);

}  // namespace scrutinctl::store
