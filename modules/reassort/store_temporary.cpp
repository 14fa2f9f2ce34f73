// SPDX-License-Identifier: AGPL-3.0-or-later
#include "reassort/store_temporary.hpp"

namespace reassort {

std::vector<Temporary> temporaries_of(db::Connection& db, domain::VoterId voter, util::Instant since) {
    std::vector<Temporary> all;
    for (const auto& row :
         db.select("SELECT id, sent_at, code_check, destination, message_id, tries, spent_at FROM reassort_temporary "
                   "WHERE voter_id = ? AND sent_at > ? ORDER BY sent_at DESC, id DESC",
                   {voter.value, util::to_sql(since)})) {
        Temporary one;
        one.id = static_cast<std::uint32_t>(row.number(0));
        one.sent_at = row.instant(1);
        one.code_check = row.text(2);
        one.destination = row.text(3);
        if (!row.is_null(4)) one.message_id = static_cast<std::uint64_t>(row.number(4));
        one.tries = static_cast<unsigned>(row.number(5));
        if (!row.is_null(6)) one.spent_at = row.instant(6);
        all.push_back(std::move(one));
    }
    return all;
}

bool has_temporary_of_key(db::Connection& db, std::string_view idempotency_key) {
    return db.select_one("SELECT 1 FROM reassort_temporary WHERE idempotency_key = ?", {idempotency_key}).has_value();
}

bool insert_temporary(db::Connection& db, domain::VoterId voter, const Temporary& temporary, std::string_view idempotency_key) {
    return db.insert_unique(
        "INSERT INTO reassort_temporary (voter_id, sent_at, code_check, destination, message_id, idempotency_key) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        {voter.value, util::to_sql(temporary.sent_at), temporary.code_check, temporary.destination, temporary.message_id,
         idempotency_key});
}

void count_wrong_try(db::Connection& db, std::uint32_t temporary) {
    db.execute("UPDATE reassort_temporary SET tries = tries + 1 WHERE id = ?", {temporary});
}

void spend_temporaries(db::Connection& db, domain::VoterId voter, util::Instant now) {
    db.execute("UPDATE reassort_temporary SET spent_at = ?, destination = '' WHERE voter_id = ? AND spent_at IS NULL",
               {util::to_sql(now), voter.value});
}

bool queue_personal_mail(db::Connection& db, domain::VoterId voter, const PersonalMail& mail, util::Instant now) {
    return db.insert_unique(
        "INSERT INTO outbox (idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at, personal) "
        "VALUES (?, 'email', ?, ?, ?, ?, ?, ?, TRUE)",
        {mail.idempotency_key, mail.recipient, mail.subject, mail.body, voter.value, util::to_sql(now), util::to_sql(now)});
}

}  // namespace reassort
