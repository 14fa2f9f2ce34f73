// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store_candidature.hpp"

#include "util/bytes.hpp"

namespace bureau {

std::optional<Candidature> find_candidature(db::Connection& db, unsigned id) {
    const auto row = db.select_one(
        "SELECT c.id, c.scrutin_code, COALESCE(s.title, ''), c.union_name, c.opens_at, c.closes_at, COALESCE(s.state <> 'draft', FALSE) "
        "FROM candidature c LEFT JOIN scrutin s ON s.code = c.scrutin_code WHERE c.id = ?",
        {id});
    if (!row) return std::nullopt;
    return Candidature{static_cast<unsigned>(row->number(0)),
                       row->text(1),
                       row->text(2),
                       row->text(3),
                       row->instant_or_null(4),
                       row->instant_or_null(5),
                       row->flag(6)};
}

bool lock_candidature(db::Connection& db, unsigned id) {
    return db.select_one("SELECT id FROM candidature WHERE id = ? FOR UPDATE", {id}).has_value();
}

const DraftFile* Draft::file(std::string_view kind) const {
    for (const DraftFile& one : files)
        if (one.kind == kind) return &one;
    return nullptr;
}

std::string Draft::digest() const {
    std::string text = util::sha256_hex(list_name) + util::sha256_hex(names) + util::sha256_hex(unions);
    for (const DraftFile& one : files) text += one.kind + one.digest;
    return util::sha256_hex(text);
}

Draft find_draft(db::Connection& db, unsigned id) {
    Draft draft;
    if (const auto row =
            db.select_one("SELECT list_name, names, unions, saved_at FROM candidature_draft WHERE candidature_id = ?", {id}))
        draft.list_name = row->text(0), draft.names = row->text(1), draft.unions = row->text(2), draft.saved_at = row->instant(3);
    for (const auto& row :
         db.select("SELECT kind, name, digest, LENGTH(content) FROM candidature_draft_file WHERE candidature_id = ? "
                   "ORDER BY kind",
                   {id}))
        draft.files.push_back({row.text(0), row.text(1), row.text(2), static_cast<std::size_t>(row.number(3))});
    return draft;
}

void save_draft(db::Connection& db, unsigned id, const Draft& draft, util::Instant now) {
    db.execute(
        "INSERT INTO candidature_draft (candidature_id, list_name, names, unions, saved_at) VALUES (?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE list_name = VALUES(list_name), names = VALUES(names), unions = VALUES(unions), saved_at = VALUES(saved_at)",
        {id, draft.list_name, draft.names, draft.unions, util::to_sql(now)});
}

void put_draft_file(db::Connection& db, unsigned id, std::string_view kind, const domain::DepositedFile& file) {
    db.execute(
        "INSERT INTO candidature_draft_file (candidature_id, kind, name, digest, content) VALUES (?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), digest = VALUES(digest), content = VALUES(content)",
        {id, kind, file.name, util::sha256_hex(file.content), file.content});
}

void remove_draft_file(db::Connection& db, unsigned id, std::string_view kind) {
    db.execute("DELETE FROM candidature_draft_file WHERE candidature_id = ? AND kind = ?", {id, kind});
}

domain::DepositedFile draft_file(db::Connection& db, unsigned id, std::string_view kind) {
    const auto row =
        db.select_one("SELECT name, content FROM candidature_draft_file WHERE candidature_id = ? AND kind = ?", {id, kind});
    return row ? domain::DepositedFile{row->text(0), row->text(1)} : domain::DepositedFile{};
}

std::vector<PastDeposit> past_deposits(db::Connection& db, unsigned id) {
    std::vector<PastDeposit> deposits;
    for (
        const auto& row : db.select(
            "SELECT d.number, d.list_name, d.digest, c.decision, c.reason, d.at FROM candidature_deposit d LEFT JOIN candidature_decision c "
            "ON c.id = (SELECT MAX(x.id) FROM candidature_decision x WHERE x.number = d.number) WHERE d.candidature_id = ? "
            "ORDER BY d.version DESC",
            {id}))
        deposits.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.instant(5)});
    return deposits;
}

void add_deposit(db::Connection& db, unsigned id, std::string_view number, const domain::Deposit& deposit, std::string_view by,
                 util::Instant now) {
    const auto last = db.select_one("SELECT COALESCE(MAX(version), 0) FROM candidature_deposit WHERE candidature_id = ?", {id});
    db.execute(
        "INSERT INTO candidature_deposit (number, candidature_id, version, list_name, at, deposited_by, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {number, id, last->number(0) + 1, deposit.list_name, util::to_sql(now), by, domain::deposit_digest(deposit)});
    unsigned position = 0;
    for (const domain::CandidateName& name : deposit.names)
        db.execute(
            "INSERT INTO candidature_name (number, position, civility, last_name, first_name, affectation) VALUES (?, ?, ?, ?, ?, ?)",
            {number, ++position, name.civility, name.last_name, name.first_name, name.affectation});
    position = 0;
    for (const domain::UnionShare& one : deposit.unions)
        db.execute("INSERT INTO candidature_union (number, position, name, share) VALUES (?, ?, ?, ?)",
                   {number, ++position, one.name, one.share});
    // Within the database, so that what was looked at is what is kept.
    db.execute(
        "INSERT INTO candidature_file (number, kind, name, digest, content) SELECT ?, kind, name, digest, content FROM candidature_draft_file "
        "WHERE candidature_id = ?",
        {number, id});
}

std::vector<std::string> delegates_of(db::Connection& db, unsigned id) {
    std::vector<std::string> addresses;
    for (const auto& row :
         db.select("SELECT email FROM desk_member WHERE role = 'delegue_liste' AND place = ? AND removed_at IS NULL "
                   "ORDER BY email",
                   {std::to_string(id)}))
        addresses.push_back(row.text(0));
    return addresses;
}

}  // namespace bureau
