// SPDX-License-Identifier: AGPL-3.0-or-later
// The statements of courrier. While a message is `sending`, next_attempt_at is the moment it was taken. Of a mobile number that was written
// to, or given up, its last two digits stay; of an address that was given for one message, nothing.
#include "courrier/store.hpp"

#include <algorithm>
#include <unordered_set>

namespace courrier {
namespace {

void take(std::vector<std::uint64_t>& ids, const std::vector<db::Row>& rows) {
    for (const auto& row : rows) ids.push_back(static_cast<std::uint64_t>(row.number(0)));
}

}  // namespace

std::vector<std::uint64_t> due_messages(db::Connection& db, util::Instant now, unsigned limit) {
    const std::string at = util::to_sql(now);
    std::vector<std::uint64_t> newest, oldest;
    take(newest, db.select("SELECT id FROM outbox WHERE state = 'queued' AND next_attempt_at <= ? "
                           "ORDER BY next_attempt_at DESC LIMIT ?",
                           {at, limit}));
    take(oldest, db.select("SELECT id FROM outbox WHERE state = 'deferred' AND next_attempt_at <= ? "
                           "ORDER BY next_attempt_at LIMIT ?",
                           {at, limit / 2}));
    take(oldest, db.select("SELECT id FROM outbox WHERE state = 'queued' AND next_attempt_at <= ? "
                           "ORDER BY next_attempt_at LIMIT ?",
                           {at, limit}));
    std::vector<std::uint64_t> due;
    std::unordered_set<std::uint64_t> taken;
    for (std::size_t i = 0; i < std::max(newest.size(), oldest.size()) && due.size() < limit; ++i) {
        if (i < newest.size() && taken.insert(newest[i]).second) due.push_back(newest[i]);
        if (i < oldest.size() && taken.insert(oldest[i]).second && due.size() < limit) due.push_back(oldest[i]);
    }
    return due;
}

std::optional<Claimed> claim(db::Connection& db, std::uint64_t id, util::Instant now) {
    const std::string at = util::to_sql(now);
    if (db.execute("UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_attempt_at = ? "
                   "WHERE id = ? AND state IN ('queued', 'deferred') AND next_attempt_at <= ?",
                   {at, id, at}) == 0) {
        return std::nullopt;
    }
    const auto row = db.select_one(
        "SELECT channel = 'sms', attempts, created_at, idempotency_key, recipient, subject, body "
        "FROM outbox WHERE id = ?",
        {id});
    if (!row) return std::nullopt;
    return Claimed{id,
                   row->flag(0),
                   static_cast<unsigned>(row->number(1)),
                   row->instant(2),
                   {row->text(3), row->text(4), row->text(5), row->text(6), id}};
}

void mark_sent(db::Connection& db, std::uint64_t id, util::Instant now) {
    db.execute(
        "UPDATE outbox SET state = 'sent', sent_at = ?, body = '', last_error = '', "
        "recipient = CASE WHEN channel = 'sms' THEN CONCAT('…', RIGHT(recipient, 2)) WHEN personal THEN '…' ELSE recipient END WHERE id = ? AND state = 'sending'",
        {util::to_sql(now), id});
}

void mark_deferred(db::Connection& db, std::uint64_t id, util::Instant next, std::string_view error) {
    db.execute("UPDATE outbox SET state = 'deferred', next_attempt_at = ?, last_error = ? WHERE id = ? AND state = 'sending'",
               {util::to_sql(next), error, id});
}

void mark_failed(db::Connection& db, std::uint64_t id, std::string_view error) {
    db.execute(
        "UPDATE outbox SET state = 'failed', body = '', last_error = ?, "
        "recipient = CASE WHEN channel = 'sms' THEN CONCAT('…', RIGHT(recipient, 2)) WHEN personal THEN '…' ELSE recipient END WHERE id = ? AND state = 'sending'",
        {error, id});
}

void note_doubt(db::Connection& db, std::uint64_t id, std::string_view error) {
    db.execute("UPDATE outbox SET last_error = ? WHERE id = ? AND state = 'sending'", {error, id});
}

void note_sms(db::Connection& db, std::uint64_t id, SmsState state, util::Instant now) {
    const int rank = static_cast<int>(state);  // the column's words stand in the same order
    const std::string at = util::to_sql(now);
    if (db.insert_unique("INSERT INTO sms_state (message_id, state, at) VALUES (?, ?, ?)", {id, rank, at})) return;
    db.execute("UPDATE sms_state SET state = ?, at = ? WHERE message_id = ? AND state + 0 < ?", {rank, at, id, rank});
}

bool note_return(db::Connection& db, std::uint64_t id, ReturnKind kind, util::Instant now) {
    const auto row = db.select_one("SELECT recipient FROM outbox WHERE id = ? AND channel = 'email' AND NOT personal", {id});
    if (!row) return false;
    const int rank = static_cast<int>(kind);  // the column's words stand in the same order
    const std::string at = util::to_sql(now);
    if (db.insert_unique("INSERT INTO mail_return (recipient, kind, at) VALUES (?, ?, ?)", {row->text(0), rank, at})) return true;
    db.execute("UPDATE mail_return SET kind = ?, at = ? WHERE recipient = ?", {rank, at, row->text(0)});
    return true;
}

std::vector<std::uint64_t> in_doubt(db::Connection& db, util::Instant since) {
    std::vector<std::uint64_t> ids;
    take(ids,
         db.select("SELECT id FROM outbox WHERE state = 'sending' AND next_attempt_at < ? ORDER BY id", {util::to_sql(since)}));
    return ids;
}

Backlog backlog_of(db::Connection& db, util::Instant now) {
    Backlog backlog;
    for (const auto& row :
         db.select("SELECT state = 'queued', COUNT(*) FROM outbox WHERE state IN ('queued', 'deferred') GROUP BY state")) {
        (row.flag(0) ? backlog.queued : backlog.deferred) = static_cast<std::uint64_t>(row.number(1));
    }
    const auto oldest = db.select_one("SELECT MIN(next_attempt_at) FROM outbox WHERE state = 'queued' AND next_attempt_at <= ?",
                                      {util::to_sql(now)});
    if (const auto at = oldest ? oldest->instant_or_null(0) : std::nullopt) backlog.oldest_seconds = (now - *at).count();
    return backlog;
}

}  // namespace courrier
