// SPDX-License-Identifier: AGPL-3.0-or-later
// The statements of the reassort worker.
#include "reassort/store.hpp"

#include <stdexcept>

namespace reassort {
namespace {

std::string_view word_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::sent: return "sent";
        case Outcome::mismatch: return "mismatch";
        case Outcome::frozen: return "frozen";
        case Outcome::shown: return "shown";
    }
    return {};
}

Outcome outcome_of(std::string_view word) {
    if (word == "sent") return Outcome::sent;
    if (word == "mismatch") return Outcome::mismatch;
    if (word == "frozen") return Outcome::frozen;
    if (word == "shown") return Outcome::shown;
    throw std::runtime_error("reassort_request.outcome: unknown word");
}

std::optional<Request> request_from(const std::optional<db::Row>& row) {
    if (!row) return std::nullopt;
    return Request{outcome_of(row->text(0)), static_cast<unsigned>(row->number(1)), row->text(2), row->instant(3),
                   row->is_null(4) ? std::nullopt : std::optional(static_cast<std::uint64_t>(row->number(4)))};
}

}  // namespace

std::optional<Sealed> lock_sealed(db::Connection& db, domain::VoterId voter) {
    // The lock comes first and alone: what is read after it is what the request before this one left.
    const auto envelope =
        db.select_one("SELECT voter_ref, generation, salt, nonce, ciphertext FROM envelope WHERE voter_id = ? FOR UPDATE",
                      {voter.value});
    if (!envelope) return std::nullopt;
    const auto rest = db.select_one(
        "SELECT e.sealed, v.identity_check FROM escrow e JOIN voter v ON v.id = e.voter_id "
        "WHERE e.voter_id = ? AND v.struck_off_at IS NULL",
        {voter.value});
    if (!rest) return std::nullopt;
    Sealed sealed;
    sealed.envelope.voter_ref = envelope->text(0);
    sealed.envelope.generation = static_cast<unsigned>(envelope->number(1));
    sealed.envelope.salt = envelope->text(2);
    sealed.envelope.nonce = envelope->text(3);
    sealed.envelope.ciphertext = envelope->text(4);
    sealed.escrow = rest->text(0);
    sealed.identity_check = rest->text(1);
    return sealed;
}

bool replace_envelope(db::Connection& db, domain::VoterId voter, const domain::Envelope& next) {
    return db.execute(
               "UPDATE envelope SET generation = ?, salt = ?, nonce = ?, ciphertext = ? WHERE voter_id = ? AND generation = ?",
               {next.generation, next.salt, next.nonce, next.ciphertext, voter.value, next.generation - 1}) == 1;
}

History history_of(db::Connection& db, domain::VoterId voter, util::Instant now) {
    const auto row = db.select_one(
        "SELECT COALESCE(SUM(outcome IN ('sent', 'shown')), 0), COALESCE(SUM(outcome = 'mismatch' AND at > ?), 0), "
        "COALESCE(SUM(outcome = 'frozen'), 0), COALESCE(SUM(outcome = 'reopened'), 0) FROM reassort_request WHERE voter_id = ?",
        {util::to_sql(now - std::chrono::hours(24)), voter.value});
    return {static_cast<unsigned>(row->number(0)), static_cast<unsigned>(row->number(1)), row->number(2) > row->number(3),
            static_cast<unsigned>(row->number(3))};
}

std::optional<Request> request_of_key(db::Connection& db, std::string_view idempotency_key) {
    return request_from(
        db.select_one("SELECT outcome, generation, phone_end, at, message_id FROM reassort_request WHERE idempotency_key = ?",
                      {idempotency_key}));
}

std::optional<Request> last_given(db::Connection& db, domain::VoterId voter) {
    return request_from(
        db.select_one("SELECT outcome, generation, phone_end, at, message_id FROM reassort_request "
                      "WHERE voter_id = ? AND outcome IN ('sent', 'shown') ORDER BY at DESC, id DESC LIMIT 1",
                      {voter.value}));
}

std::optional<SmsState> sms_state(db::Connection& db, std::uint64_t message_id) {
    const auto row = db.select_one("SELECT state, at FROM sms_state WHERE message_id = ?", {message_id});
    return row ? std::optional(SmsState{row->text(0), row->instant(1)}) : std::nullopt;
}

bool record(db::Connection& db, domain::VoterId voter, const Request& request, std::string_view idempotency_key) {
    return db.insert_unique(
        "INSERT INTO reassort_request (voter_id, at, outcome, generation, phone_end, message_id, idempotency_key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        {voter.value, util::to_sql(request.at), word_of(request.outcome), request.generation, request.phone_end, request.message_id,
         idempotency_key});
}

std::optional<Defi> find_defi(db::Connection& db, domain::VoterId voter) {
    const auto row = db.select_one(
        "SELECT defi_question, defi_answer_hash FROM account WHERE voter_id = ? AND defi_question IS NOT NULL "
        "AND defi_answer_hash IS NOT NULL",
        {voter.value});
    return row ? std::optional(Defi{row->text(0), row->text(1)}) : std::nullopt;
}

}  // namespace reassort
