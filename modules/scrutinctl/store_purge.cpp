// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_purge.hpp"

namespace scrutinctl::store {

std::uint64_t delete_sessions(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute("DELETE FROM session WHERE expires_at < ? ORDER BY expires_at LIMIT ?", {util::to_sql(before), limit});
}

std::uint64_t delete_counts(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute("DELETE FROM throttle WHERE window_start < ? ORDER BY window_start LIMIT ?", {util::to_sql(before), limit});
}

// next_attempt_at is the moment the message was taken to be sent.
std::uint64_t delete_sent_messages(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute("DELETE FROM outbox WHERE state = 'sent' AND next_attempt_at < ? ORDER BY next_attempt_at LIMIT ?",
                      {util::to_sql(before), limit});
}

std::uint64_t delete_failed_messages(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute("DELETE FROM outbox WHERE state = 'failed' AND next_attempt_at < ? ORDER BY next_attempt_at LIMIT ?",
                      {util::to_sql(before), limit});
}

std::uint64_t delete_sms_states(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute("DELETE FROM sms_state WHERE at < ? ORDER BY at LIMIT ?", {util::to_sql(before), limit});
}

std::uint64_t delete_mail_returns(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute("DELETE FROM mail_return WHERE at < ? ORDER BY recipient LIMIT ?", {util::to_sql(before), limit});
}

std::uint64_t delete_drafts(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute(
        "DELETE FROM candidature_draft WHERE candidature_id IN (SELECT c.id FROM candidature c WHERE COALESCE(c.closes_at, "
        "(SELECT k.at FROM calendar k WHERE k.event = 'lists_shown')) < ?) LIMIT ?",
        {util::to_sql(before), limit});
}

std::uint64_t delete_draft_files(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute(
        "DELETE FROM candidature_draft_file WHERE candidature_id IN (SELECT c.id FROM candidature c WHERE COALESCE(c.closes_at, "
        "(SELECT k.at FROM calendar k WHERE k.event = 'lists_shown')) < ?) LIMIT ?",
        {util::to_sql(before), limit});
}

std::uint64_t delete_temporary_codes(db::Connection& db, util::Instant before, unsigned limit) {
    return db.execute("DELETE FROM reassort_temporary WHERE sent_at < ? ORDER BY sent_at LIMIT ?", {util::to_sql(before), limit});
}

}  // namespace scrutinctl::store
