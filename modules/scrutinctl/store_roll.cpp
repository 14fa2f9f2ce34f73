// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_roll.hpp"

namespace scrutinctl::store {

RollChange change_of(const db::Row& row) {
    return {static_cast<unsigned>(row.number(0)),
            domain::VoterId{row.is_null(1) ? 0 : static_cast<std::uint32_t>(row.number(1))},
            row.text(2),
            row.text(3),
            row.text(4),
            row.text(5),
            row.text(6),
            row.instant(7),
            static_cast<unsigned>(row.number(8)),
            row.text(9),
            row.instant_or_null(10),
            row.text(11)};
}

namespace {

std::optional<RollLine> line_of(const std::optional<db::Row>& row) {
    if (!row) return std::nullopt;
    RollLine line;
    line.voter = domain::VoterId{static_cast<std::uint32_t>(row->number(0))};
    line.civility = row->text(1), line.last_name = row->text(2), line.first_name = row->text(3), line.corps = row->text(4);
    line.affectation = row->text(5), line.notice_place = row->text(6), line.is_struck_off = !row->is_null(7);
    return line;
}

}  // namespace

std::string why_roll_is_sealed(db::Connection& db) {
    if (db.select_one("SELECT scrutin_id FROM seal LIMIT 1")) return "l’élection est scellée : la liste électorale ne change plus";
    if (db.select_one("SELECT number FROM code_batch WHERE done_at IS NULL"))
        return "un lot de codes de vote est inachevé : relancez d’abord « codes »";
    return {};
}

std::optional<RollLine> find_line(db::Connection& db, std::string_view address) {
    return line_of(db.select_one(
        "SELECT id, civility, last_name, first_name, corps, affectation, notice_place, struck_off_at FROM voter WHERE email = ? AND id < 4000000000",
        {address}));
}

std::optional<RollLine> lock_line(db::Connection& db, domain::VoterId voter) {
    return line_of(db.select_one(
        "SELECT id, civility, last_name, first_name, corps, affectation, notice_place, struck_off_at FROM voter WHERE id = ? FOR UPDATE",
        {voter.value}));
}

std::string address_of(db::Connection& db, domain::VoterId voter) {
    const auto row = db.select_one("SELECT email FROM voter WHERE id = ?", {voter.value});
    return row ? row->text(0) : std::string();
}

unsigned propose_change(db::Connection& db, const RollChange& change) {
    db.execute("INSERT INTO roll_change (voter_id, kind, detail, reason, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?, ?)",
               {change.voter.value, change.kind, change.detail, change.reason, change.proposed_by,
                util::to_sql(change.proposed_at)});
    return static_cast<unsigned>(db.last_insert_id());
}

std::vector<RollChange> proposed_changes(db::Connection& db, util::Instant now) {
    std::vector<RollChange> changes;
    for (
        const auto& row : db.select(
            "SELECT id, voter_id, kind, detail, reason, state, proposed_by, proposed_at, proposed_member, decided_by, expires_at, academie_code "
            "FROM roll_change WHERE state = 'proposed' AND (expires_at IS NULL OR expires_at > ?) ORDER BY id",
            {util::to_sql(now)}))
        changes.push_back(change_of(row));
    return changes;
}

std::optional<RollChange> lock_change(db::Connection& db, unsigned id) {
    const auto row = db.select_one(
        "SELECT id, voter_id, kind, detail, reason, state, proposed_by, proposed_at, proposed_member, decided_by, expires_at, academie_code "
        "FROM roll_change WHERE id = ? FOR UPDATE",
        {id});
    return row ? std::optional(change_of(*row)) : std::nullopt;
}

void decide_change(db::Connection& db, unsigned id, std::string_view state, std::string_view by, util::Instant now) {
    db.execute("UPDATE roll_change SET state = ?, decided_by = ?, decided_at = ? WHERE id = ?", {state, by, util::to_sql(now), id});
}

void strike_off(db::Connection& db, domain::VoterId voter, util::Instant now, std::string_view reason) {
    db.execute("UPDATE voter SET struck_off_at = ?, struck_off_reason = ? WHERE id = ?", {util::to_sql(now), reason, voter.value});
}

void reinstate(db::Connection& db, domain::VoterId voter) {
    db.execute("UPDATE voter SET struck_off_at = NULL, struck_off_reason = '' WHERE id = ?", {voter.value});
}

void correct_line(db::Connection& db, const RollLine& line, std::string_view sort_key) {
    db.execute(
        "UPDATE voter SET civility = ?, last_name = ?, first_name = ?, corps = ?, affectation = ?, notice_place = ? WHERE id = ?",
        {line.civility, line.last_name, line.first_name, line.corps, line.affectation, line.notice_place, line.voter.value});
    db.execute("UPDATE voter_scrutin SET sort_key = ? WHERE voter_id = ?", {sort_key, line.voter.value});
}

std::vector<std::string> scrutins_of(db::Connection& db, domain::VoterId voter) {
    std::vector<std::string> codes;
    for (const auto& row :
         db.select("SELECT s.code FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id WHERE r.voter_id = ? "
                   "ORDER BY s.position, s.id",
                   {voter.value}))
        codes.push_back(row.text(0));
    return codes;
}

void add_right(db::Connection& db, domain::VoterId voter, std::string_view scrutin, std::string_view sort_key,
               std::string_view reason) {
    db.execute("INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason) SELECT id, ?, ?, ? FROM scrutin WHERE code = ?",
               {voter.value, sort_key, reason, scrutin});
}

void remove_right(db::Connection& db, domain::VoterId voter, std::string_view scrutin) {
    db.execute("DELETE FROM voter_scrutin WHERE voter_id = ? AND scrutin_id = (SELECT id FROM scrutin WHERE code = ?)",
               {voter.value, scrutin});
}

bool is_reassort_stopped(db::Connection& db, domain::VoterId voter) {
    const auto row = db.select_one(
        "SELECT COALESCE(SUM(outcome = 'frozen'), 0) > COALESCE(SUM(outcome = 'reopened'), 0) FROM reassort_request WHERE voter_id = ?",
        {voter.value});
    return row && row->flag(0);
}

void reopen_reassort(db::Connection& db, domain::VoterId voter, util::Instant now, std::string_view idempotency_key) {
    db.execute(
        "INSERT INTO reassort_request (voter_id, at, outcome, generation, idempotency_key) "
        "SELECT ?, ?, 'reopened', COALESCE(MAX(generation), 0), ? FROM reassort_request WHERE voter_id = ?",
        {voter.value, util::to_sql(now), idempotency_key, voter.value});
}

}  // namespace scrutinctl::store
