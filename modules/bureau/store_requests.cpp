// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store_requests.hpp"

namespace bureau {

std::optional<RequestKind> request_kind_of(std::string_view number) {
    if (number.starts_with("R-")) return RequestKind::claim;
    if (number.starts_with("A-")) return RequestKind::help;
    return std::nullopt;
}

domain::DeskRight right_for(RequestKind kind) {
    return kind == RequestKind::claim ? domain::DeskRight::claims : domain::DeskRight::assistance;
}

std::vector<ListedRequest> list_requests(db::Connection& db, RequestKind kind, std::string_view academie, std::string_view state,
                                         unsigned limit) {
    const db::Params params{academie, state, state, state, limit};
    const auto rows =
        kind == RequestKind::claim
            ? db.select(
                  "SELECT r.number, r.state, CONCAT_WS(' ', r.object, s.code), r.created_at, r.answered_at, a.member_id FROM reclamation r "
                  "JOIN voter v ON v.id = r.voter_id LEFT JOIN scrutin s ON s.id = r.scrutin_id LEFT JOIN desk_assignment a ON a.number = r.number "
                  "WHERE v.academie_code = ? AND (? = '' OR r.state = ? OR (? = 'traitee' AND r.answered_at IS NOT NULL)) "
                  "ORDER BY r.created_at, r.id LIMIT ?",
                  params)
            : db.select(
                  "SELECT q.number, q.state, q.subject, q.created_at, q.answered_at, a.member_id FROM assistance q "
                  "LEFT JOIN desk_assignment a ON a.number = q.number "
                  "WHERE q.academie_code = ? AND (? = '' OR q.state = ? OR (? = 'traitee' AND q.answered_at IS NOT NULL)) "
                  "ORDER BY q.created_at, q.id LIMIT ?",
                  params);
    std::vector<ListedRequest> requests;
    for (const auto& row : rows)
        requests.push_back(
            {row.text(0), row.text(1), row.text(2), row.instant(3), row.instant_or_null(4), static_cast<unsigned>(row.number(5))});
    return requests;
}

std::optional<ShownRequest> find_request(db::Connection& db, std::string_view number) {
    const auto kind = request_kind_of(number);
    if (!kind) return std::nullopt;
    const auto row =
        *kind == RequestKind::claim
            ? db.select_one(
                  "SELECT r.number, r.state, CONCAT_WS(' ', r.object, s.code), r.created_at, r.answered_at, a.member_id, v.academie_code, "
                  "r.body, r.answer, v.email, v.civility, v.last_name, v.first_name, v.affectation FROM reclamation r "
                  "JOIN voter v ON v.id = r.voter_id LEFT JOIN scrutin s ON s.id = r.scrutin_id LEFT JOIN desk_assignment a ON a.number = r.number "
                  "WHERE r.number = ?",
                  {number})
            : db.select_one(
                  "SELECT q.number, q.state, q.subject, q.created_at, q.answered_at, a.member_id, q.academie_code, q.body, q.answer, q.email, "
                  "v.civility, v.last_name, v.first_name, v.affectation FROM assistance q LEFT JOIN voter v ON v.id = q.voter_id "
                  "LEFT JOIN desk_assignment a ON a.number = q.number WHERE q.number = ?",
                  {number});
    if (!row) return std::nullopt;
    ShownRequest request;
    request.number = row->text(0), request.state = row->text(1), request.subject = row->text(2);
    request.created_at = row->instant(3), request.answered_at = row->instant_or_null(4);
    request.member = static_cast<unsigned>(row->number(5));
    request.academie = row->text(6), request.body = row->text(7), request.answer = row->text(8), request.email = row->text(9);
    request.civility = row->text(10), request.last_name = row->text(11), request.first_name = row->text(12);
    request.affectation = row->text(13);
    return request;
}

std::vector<RequestStep> request_steps(db::Connection& db, std::string_view number) {
    std::vector<RequestStep> steps;
    for (const auto& row : db.select("SELECT at, state, answer FROM desk_step WHERE number = ? ORDER BY step", {number}))
        steps.push_back({row.instant(0), row.text(1), row.text(2)});
    return steps;
}

std::vector<RequestFile> request_files(db::Connection& db, std::string_view number) {
    std::vector<RequestFile> files;
    for (const auto& row :
         db.select("SELECT position, name, kind FROM reclamation_attachment WHERE number = ? ORDER BY position", {number}))
        files.push_back({static_cast<unsigned>(row.number(0)), row.text(1), row.text(2), {}});
    return files;
}

std::optional<RequestFile> find_request_file(db::Connection& db, std::string_view number, unsigned position) {
    const auto row =
        db.select_one("SELECT position, name, kind, content FROM reclamation_attachment WHERE number = ? AND position = ?",
                      {number, position});
    if (!row) return std::nullopt;
    return RequestFile{static_cast<unsigned>(row->number(0)), row->text(1), row->text(2), row->text(3)};
}

namespace {

// The request's row is locked by its change: nobody adds a step meanwhile.
void add_request_step(db::Connection& db, std::string_view number, const RequestStep& step) {
    db.execute(
        "INSERT INTO desk_step (number, step, at, state, answer) "
        "SELECT ?, COALESCE(MAX(step), 0) + 1, ?, ?, ? FROM desk_step WHERE number = ?",
        {number, util::to_sql(step.at), step.state, step.answer, number});
}

}  // namespace

bool take_request(db::Connection& db, std::string_view number, util::Instant now) {
    const auto changed =
        request_kind_of(number) == RequestKind::claim
            ? db.execute("UPDATE reclamation SET state = 'en_instruction' WHERE number = ? AND state = 'recue'", {number})
            : db.execute("UPDATE assistance SET state = 'en_instruction' WHERE number = ? AND state = 'recue'", {number});
    if (changed == 0) return false;
    add_request_step(db, number, {now, "en_instruction", {}});
    return true;
}

void assign_request(db::Connection& db, std::string_view number, unsigned member, util::Instant now) {
    db.execute("REPLACE INTO desk_assignment (number, member_id, at) VALUES (?, ?, ?)", {number, member, util::to_sql(now)});
}

bool answer_request(db::Connection& db, std::string_view number, const RequestStep& step) {
    const db::Params params{step.state, step.answer, util::to_sql(step.at), number};
    const auto changed =
        request_kind_of(number) == RequestKind::claim
            ? db.execute("UPDATE reclamation SET state = ?, answer = ?, answered_at = ? WHERE number = ? AND answered_at IS NULL",
                         params)
            : db.execute("UPDATE assistance SET state = ?, answer = ?, answered_at = ? WHERE number = ? AND answered_at IS NULL",
                         params);
    if (changed == 0) return false;
    add_request_step(db, number, step);
    return true;
}

Activation activation_of(db::Connection& db, std::string_view academie) {
    const auto row = db.select_one(
        "SELECT COUNT(*), SUM(a.voter_id IS NULL) FROM voter v LEFT JOIN account a ON a.voter_id = v.id "
        "WHERE v.academie_code = ? AND v.struck_off_at IS NULL",
        {academie});
    return {static_cast<std::uint64_t>(row->number(0)), static_cast<std::uint64_t>(row->number(1))};
}

std::vector<Cause> causes_of(db::Connection& db, RequestKind kind, std::string_view academie) {
    std::vector<Cause> causes;
    const auto rows =
        kind == RequestKind::claim
            ? db.select(
                  "SELECT r.object, COUNT(*), SUM(r.answered_at IS NULL) FROM reclamation r JOIN voter v ON v.id = r.voter_id "
                  "WHERE v.academie_code = ? GROUP BY r.object ORDER BY 2 DESC, 1 LIMIT 10",
                  {academie})
            : db.select(
                  "SELECT subject, COUNT(*), SUM(answered_at IS NULL) FROM assistance WHERE academie_code = ? "
                  "GROUP BY subject ORDER BY 2 DESC, 1 LIMIT 10",
                  {academie});
    for (const auto& row : rows)
        causes.push_back({row.text(0), static_cast<std::uint64_t>(row.number(1)), static_cast<std::uint64_t>(row.number(2))});
    return causes;
}

}  // namespace bureau
