// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store_roll.hpp"

#include <map>

#include "domain/roll_line.hpp"

namespace bureau {

namespace {

DeskLine line_of(const db::Row& row) {
    DeskLine line;
    line.voter = domain::VoterId{static_cast<std::uint32_t>(row.number(0))};
    line.civility = row.text(1), line.last_name = row.text(2), line.first_name = row.text(3), line.corps = row.text(4);
    line.affectation = row.text(5), line.notice_place = row.text(6), line.email = row.text(7), line.academie = row.text(8);
    line.struck_off_at = row.instant_or_null(9), line.struck_off_reason = row.text(10);
    return line;
}

DeskChange change_of(const db::Row& row) {
    DeskChange change;
    change.id = static_cast<unsigned>(row.number(0));
    change.voter = domain::VoterId{static_cast<std::uint32_t>(row.number(1))};  // NULL reads as nobody's
    change.kind = row.text(2), change.detail = row.text(3), change.reason = row.text(4);
    change.member = static_cast<unsigned>(row.number(5));
    if (!row.is_null(6)) change.request = row.text(6);
    change.at = row.instant(7), change.expires_at = row.instant(8);
    change.state = row.text(9), change.proposed_by = row.text(10), change.proposer_email = row.text(11);
    change.decided_by = row.text(12), change.outcome = row.text(13), change.academie = row.text(14);
    change.last_name = row.text(15), change.first_name = row.text(16);
    change.decided_at = row.instant_or_null(17), change.ended_at = row.instant_or_null(18);
    if (change.kind == "add") {
        const auto late = domain::line_in(util::parse_json(change.detail).value_or(util::Json::object()));
        change.last_name = late.last_name, change.first_name = late.first_name;
    }
    return change;
}

// As the journal has him.
std::string name_of_member(unsigned number) { return "membre n° " + std::to_string(number); }

std::optional<DeskLine> line_or_none(const std::optional<db::Row>& row) {
    return row ? std::optional(line_of(*row)) : std::nullopt;
}

}  // namespace

std::optional<DeskLine> find_line(db::Connection& db, domain::VoterId voter) {
    return line_or_none(db.select_one(
        "SELECT v.id, v.civility, v.last_name, v.first_name, v.corps, v.affectation, v.notice_place, v.email, v.academie_code, v.struck_off_at, v.struck_off_reason FROM voter v WHERE v.id = ?",
        {voter.value}));
}

std::optional<DeskLine> lock_line(db::Connection& db, domain::VoterId voter) {
    return line_or_none(db.select_one(
        "SELECT v.id, v.civility, v.last_name, v.first_name, v.corps, v.affectation, v.notice_place, v.email, v.academie_code, v.struck_off_at, v.struck_off_reason FROM voter v WHERE v.id = ? FOR UPDATE",
        {voter.value}));
}

// Roll by roll, each in the order of its index until enough are found: all rolls in one statement took a quarter of a second of processor for 200,000 electors,
// as everybody of the académie was read first.
std::vector<DeskLine> lines_by_name(db::Connection& db, std::string_view academie, std::string_view from, std::string_view until,
                                    unsigned limit) {
    std::map<std::pair<std::string, std::uint32_t>, DeskLine> by_name;
    for (const auto& scrutin : db.select("SELECT id FROM scrutin ORDER BY id"))
        for (
            const auto& row : db.select(
                "SELECT STRAIGHT_JOIN v.id, v.civility, v.last_name, v.first_name, v.corps, v.affectation, v.notice_place, v.email, v.academie_code, v.struck_off_at, v.struck_off_reason, "
                "r.sort_key FROM voter_scrutin r FORCE INDEX (roll) JOIN voter v ON v.id = r.voter_id WHERE r.scrutin_id = ? AND r.sort_key >= ? AND r.sort_key < ? "
                "AND v.academie_code = ? ORDER BY r.sort_key, r.voter_id LIMIT ?",
                {scrutin.number(0), from, until, academie, limit}))
            by_name.try_emplace({row.text(11), static_cast<std::uint32_t>(row.number(0))}, line_of(row));
    std::vector<DeskLine> lines;
    for (auto& [key, line] : by_name)
        if (lines.size() < limit) lines.push_back(std::move(line));
    return lines;
}

std::optional<DeskLine> line_by_address(db::Connection& db, std::string_view academie, std::string_view address) {
    return line_or_none(db.select_one(
        "SELECT v.id, v.civility, v.last_name, v.first_name, v.corps, v.affectation, v.notice_place, v.email, v.academie_code, v.struck_off_at, v.struck_off_reason FROM voter v WHERE v.email = ? AND v.academie_code = ? AND v.id < 4000000000",
        {address, academie}));
}

std::optional<domain::VoterId> elector_of_claim(db::Connection& db, std::string_view number) {
    const auto row = db.select_one("SELECT voter_id FROM reclamation WHERE number = ?", {number});
    return row ? std::optional(domain::VoterId{static_cast<std::uint32_t>(row->number(0))}) : std::nullopt;
}

bool is_anything_sealed(db::Connection& db) { return db.select_one("SELECT scrutin_id FROM seal LIMIT 1").has_value(); }

bool has_stopped_reassort(db::Connection& db, domain::VoterId voter) {
    const auto row = db.select_one(
        "SELECT COALESCE(SUM(outcome = 'frozen'), 0) > COALESCE(SUM(outcome = 'reopened'), 0) FROM reassort_request WHERE voter_id = ?",
        {voter.value});
    return row && row->flag(0);
}

unsigned count_other_deciders(db::Connection& db, std::string_view academie, std::string_view address) {
    const auto row = db.select_one(
        "SELECT COUNT(*) FROM desk_member WHERE role = 'gestionnaire' AND place = ? AND email <> ? AND removed_at IS NULL",
        {academie, address});
    return static_cast<unsigned>(row->number(0));
}

unsigned add_proposal(db::Connection& db, const RollProposal& proposal) {
    const std::string by = name_of_member(proposal.member);
    const bool is_late = proposal.kind == "add";
    db.execute(
        "INSERT INTO roll_change (voter_id, kind, detail, reason, proposed_by, proposed_at, proposed_member, request, expires_at, "
        "form_hash, academie_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {is_late ? std::nullopt : std::optional(proposal.voter.value), proposal.kind, proposal.detail, proposal.reason, by,
         util::to_sql(proposal.at), proposal.member, proposal.request, util::to_sql(proposal.expires_at), proposal.form_hash,
         is_late ? std::optional(proposal.academie) : std::nullopt});
    return static_cast<unsigned>(db.last_insert_id());
}

std::optional<unsigned> proposal_of_form(db::Connection& db, std::string_view form_hash) {
    const auto row = db.select_one("SELECT id FROM roll_change WHERE form_hash = ?", {form_hash});
    return row ? std::optional(static_cast<unsigned>(row->number(0))) : std::nullopt;
}

std::optional<unsigned> waiting_change_of(db::Connection& db, domain::VoterId voter, std::string_view kind, util::Instant now) {
    const auto row = db.select_one(
        "SELECT id FROM roll_change WHERE voter_id = ? AND kind = ? AND "
        "((state = 'proposed' AND (expires_at IS NULL OR expires_at > ?)) OR (state = 'approved' AND proposed_member IS NOT NULL)) "
        "ORDER BY id LIMIT 1",
        {voter.value, kind, util::to_sql(now)});
    return row ? std::optional(static_cast<unsigned>(row->number(0))) : std::nullopt;
}

std::optional<DeskChange> find_change(db::Connection& db, unsigned id) {
    const auto row = db.select_one(
        "SELECT c.id, c.voter_id, c.kind, c.detail, c.reason, c.proposed_member, c.request, c.proposed_at, c.expires_at, c.state, c.proposed_by, m.email, c.decided_by, c.outcome, COALESCE(c.academie_code, v.academie_code), v.last_name, v.first_name, c.decided_at, c.ended_at "
        "FROM roll_change c JOIN desk_member m ON m.id = c.proposed_member LEFT JOIN voter v ON v.id = c.voter_id "
        "WHERE c.id = ?",
        {id});
    return row ? std::optional(change_of(*row)) : std::nullopt;
}

std::vector<DeskChange> changes_of_academie(db::Connection& db, std::string_view academie, unsigned limit) {
    std::vector<DeskChange> changes;
    for (
        const auto& row : db.select(
            "SELECT c.id, c.voter_id, c.kind, c.detail, c.reason, c.proposed_member, c.request, c.proposed_at, c.expires_at, c.state, c.proposed_by, m.email, c.decided_by, c.outcome, COALESCE(c.academie_code, v.academie_code), v.last_name, v.first_name, c.decided_at, c.ended_at "
            "FROM roll_change c JOIN desk_member m ON m.id = c.proposed_member LEFT JOIN voter v ON v.id = c.voter_id "
            "WHERE COALESCE(c.academie_code, v.academie_code) = ? ORDER BY c.state = 'proposed' DESC, c.id DESC LIMIT ?",
            {academie, limit}))
        changes.push_back(change_of(row));
    return changes;
}

std::vector<DeskChange> changes_of_elector(db::Connection& db, domain::VoterId voter, unsigned limit) {
    std::vector<DeskChange> changes;
    for (
        const auto& row : db.select(
            "SELECT c.id, c.voter_id, c.kind, c.detail, c.reason, c.proposed_member, c.request, c.proposed_at, c.expires_at, c.state, c.proposed_by, m.email, c.decided_by, c.outcome, COALESCE(c.academie_code, v.academie_code), v.last_name, v.first_name, c.decided_at, c.ended_at "
            "FROM roll_change c JOIN desk_member m ON m.id = c.proposed_member LEFT JOIN voter v ON v.id = c.voter_id "
            "WHERE c.voter_id = ? ORDER BY c.id DESC LIMIT ?",
            {voter.value, limit}))
        changes.push_back(change_of(row));
    return changes;
}

bool decide_proposal(db::Connection& db, unsigned id, std::string_view state, unsigned member, std::string_view outcome,
                     util::Instant now) {
    const std::string by = name_of_member(member);
    return db.execute(
               "UPDATE roll_change SET state = ?, decided_by = ?, decided_member = ?, decided_at = ?, outcome = ? "
               "WHERE id = ? AND state = 'proposed'",
               {state, by, member, util::to_sql(now), outcome, id}) == 1;
}

}  // namespace bureau
