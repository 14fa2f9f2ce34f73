// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_desk.hpp"

namespace scrutinctl::store {

namespace {

Request listed(const db::Row& row) {
    return {row.text(0), row.text(1), row.text(2), row.text(3), row.instant(4), row.instant_or_null(5), {}, {}, {}, {}, {}, {}};
}

Request shown(const db::Row& row) {
    Request request = listed(row);
    request.body = row.text(6), request.answer = row.text(7), request.email = row.text(8);
    request.civility = row.text(9), request.last_name = row.text(10), request.first_name = row.text(11);
    return request;
}

}  // namespace

std::vector<Request> list_requests(db::Connection& db, Desk desk, const RequestFilter& filter) {
    const db::Params params{filter.academie, filter.academie, filter.state, filter.state, util::to_sql(filter.until)};
    const auto rows =
        desk == Desk::claims
            ? db.select(
                  "SELECT r.number, r.state, v.academie_code, CONCAT_WS(' ', r.object, s.code), r.created_at, r.answered_at "
                  "FROM reclamation r JOIN voter v ON v.id = r.voter_id LEFT JOIN scrutin s ON s.id = r.scrutin_id "
                  "WHERE (? = '' OR v.academie_code = ?) AND (? = '' OR r.state = ?) AND r.created_at <= ? "
                  "ORDER BY r.created_at, r.id",
                  params)
            : db.select(
                  "SELECT number, state, academie_code, subject, created_at, answered_at FROM assistance "
                  "WHERE (? = '' OR academie_code = ?) AND (? = '' OR state = ?) AND created_at <= ? ORDER BY created_at, id",
                  params);
    std::vector<Request> requests;
    for (const auto& row : rows) requests.push_back(listed(row));
    return requests;
}

std::optional<Request> find_request(db::Connection& db, Desk desk, std::string_view number) {
    const auto row =
        desk == Desk::claims
            ? db.select_one(
                  "SELECT r.number, r.state, v.academie_code, CONCAT_WS(' ', r.object, s.code), r.created_at, "
                  "r.answered_at, r.body, r.answer, v.email, v.civility, v.last_name, v.first_name "
                  "FROM reclamation r JOIN voter v ON v.id = r.voter_id LEFT JOIN scrutin s ON s.id = r.scrutin_id "
                  "WHERE r.number = ?",
                  {number})
            : db.select_one(
                  "SELECT a.number, a.state, a.academie_code, a.subject, a.created_at, a.answered_at, a.body, a.answer, "
                  "a.email, v.civility, v.last_name, v.first_name FROM assistance a "
                  "LEFT JOIN voter v ON v.id = a.voter_id WHERE a.number = ?",
                  {number});
    return row ? std::optional(shown(*row)) : std::nullopt;
}

std::vector<Attachment> attachments_of(db::Connection& db, std::string_view number) {
    std::vector<Attachment> attachments;
    for (const auto& row :
         db.select("SELECT position, name, kind, size FROM reclamation_attachment WHERE number = ? ORDER BY position", {number}))
        attachments.push_back(
            {static_cast<unsigned>(row.number(0)), row.text(1), row.text(2), static_cast<std::uint64_t>(row.number(3)), {}});
    return attachments;
}

std::optional<Attachment> find_attachment(db::Connection& db, std::string_view number, unsigned position) {
    const auto row =
        db.select_one("SELECT position, name, kind, size, content FROM reclamation_attachment WHERE number = ? AND position = ?",
                      {number, position});
    if (!row) return std::nullopt;
    return Attachment{static_cast<unsigned>(row->number(0)), row->text(1), row->text(2), static_cast<std::uint64_t>(row->number(3)),
                      row->text(4)};
}

std::vector<MailReturn> list_returns(db::Connection& db, std::string_view academie) {
    std::vector<MailReturn> returns;
    for (const auto& row :
         db.select("SELECT m.recipient, v.academie_code, m.kind, m.at FROM mail_return m JOIN voter v ON v.email = m.recipient "
                   "WHERE v.struck_off_at IS NULL AND (? = '' OR v.academie_code = ?) ORDER BY m.at DESC, m.recipient",
                   {academie, academie}))
        returns.push_back({row.text(0), row.text(1), row.text(2), row.instant(3)});
    return returns;
}

std::optional<MailReturn> find_return(db::Connection& db, std::string_view address) {
    const auto row = db.select_one("SELECT recipient, kind, at FROM mail_return WHERE recipient = ?", {address});
    return row ? std::optional(MailReturn{row->text(0), {}, row->text(1), row->instant(2)}) : std::nullopt;
}

std::vector<Step> steps_of(db::Connection& db, std::string_view number) {
    std::vector<Step> steps;
    for (const auto& row : db.select("SELECT at, state, answer FROM desk_step WHERE number = ? ORDER BY step", {number}))
        steps.push_back({row.instant(0), row.text(1), row.text(2)});
    return steps;
}

namespace {

// The request's row is locked by its change: nobody adds a step meanwhile.
void add_step(db::Connection& db, std::string_view number, const Step& step) {
    db.execute(
        "INSERT INTO desk_step (number, step, at, state, answer) "
        "SELECT ?, COALESCE(MAX(step), 0) + 1, ?, ?, ? FROM desk_step WHERE number = ?",
        {number, util::to_sql(step.at), step.state, step.answer, number});
}

}  // namespace

bool take_request(db::Connection& db, Desk desk, std::string_view number, util::Instant now) {
    const auto changed =
        desk == Desk::claims
            ? db.execute("UPDATE reclamation SET state = 'en_instruction' WHERE number = ? AND state = 'recue'", {number})
            : db.execute("UPDATE assistance SET state = 'en_instruction' WHERE number = ? AND state = 'recue'", {number});
    if (changed == 0) return false;
    add_step(db, number, {now, "en_instruction", {}});
    return true;
}

bool answer_request(db::Connection& db, Desk desk, std::string_view number, const Step& step, bool again) {
    const db::Params params{step.state, step.answer, util::to_sql(step.at), number, again};
    const auto changed =
        desk == Desk::claims
            ? db.execute(
                  "UPDATE reclamation SET state = ?, answer = ?, answered_at = ? WHERE number = ? AND (answered_at IS NOT NULL) = ?",
                  params)
            : db.execute(
                  "UPDATE assistance SET state = ?, answer = ?, answered_at = ? WHERE number = ? AND (answered_at IS NOT NULL) = ?",
                  params);
    if (changed == 0) return false;
    add_step(db, number, step);
    return true;
}

bool queue_mail(db::Connection& db, std::string_view idempotency_key, std::string_view recipient, std::string_view subject,
                std::string_view body, util::Instant now) {
    return db.insert_unique(
        "INSERT INTO outbox (idempotency_key, channel, recipient, subject, body, created_at, next_attempt_at) "
        "VALUES (?, 'email', ?, ?, ?, ?, ?)",
        {idempotency_key, recipient, subject, body, util::to_sql(now), util::to_sql(now)});
}

}  // namespace scrutinctl::store
