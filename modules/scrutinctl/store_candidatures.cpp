// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_candidatures.hpp"

#include "domain/logo.hpp"

#include "util/bytes.hpp"

namespace scrutinctl::store {

namespace {

std::optional<unsigned> number_or_null(const db::Row& row, std::size_t column) {
    return row.is_null(column) ? std::nullopt : std::optional(static_cast<unsigned>(row.number(column)));
}

Candidature read_candidature(const db::Row& row) {
    return {static_cast<unsigned>(row.number(0)),
            row.text(1),
            row.text(2),
            row.instant_or_null(3),
            row.instant_or_null(4),
            number_or_null(row, 5),
            row.text(6)};
}

std::optional<std::string> sql_or_null(std::optional<util::Instant> at) {
    return at ? std::optional(util::to_sql(*at)) : std::nullopt;
}

}  // namespace

std::vector<Candidature> candidatures(db::Connection& db) {
    std::vector<Candidature> all;
    for (const auto& row :
         db.select("SELECT id, scrutin_code, union_name, opens_at, closes_at, position, order_act FROM candidature "
                   "ORDER BY scrutin_code, position IS NULL, position, union_name"))
        all.push_back(read_candidature(row));
    return all;
}

Candidature open_candidature(db::Connection& db, std::string_view scrutin_code, std::string_view union_name) {
    db.insert_unique("INSERT INTO candidature (scrutin_code, union_name) VALUES (?, ?)", {scrutin_code, union_name});
    return read_candidature(
        *db.select_one("SELECT id, scrutin_code, union_name, opens_at, closes_at, position, order_act FROM candidature "
                       "WHERE scrutin_code = ? AND union_name = ? FOR UPDATE",
                       {scrutin_code, union_name}));
}

std::optional<Candidature> lock_candidature(db::Connection& db, unsigned id) {
    const auto row = db.select_one(
        "SELECT id, scrutin_code, union_name, opens_at, closes_at, position, order_act FROM candidature WHERE id = ? FOR UPDATE",
        {id});
    return row ? std::optional(read_candidature(*row)) : std::nullopt;
}

void set_window(db::Connection& db, unsigned id, std::optional<util::Instant> opens, std::optional<util::Instant> closes) {
    db.execute("UPDATE candidature SET opens_at = ?, closes_at = ? WHERE id = ?", {sql_or_null(opens), sql_or_null(closes), id});
}

void set_order(db::Connection& db, unsigned id, unsigned position, std::string_view act) {
    db.execute("UPDATE candidature SET position = ?, order_act = ? WHERE id = ?", {position, act, id});
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

void end_delegates(db::Connection& db, unsigned id, util::Instant now) {
    db.execute("UPDATE desk_member SET removed_at = ? WHERE role = 'delegue_liste' AND place = ? AND removed_at IS NULL",
               {util::to_sql(now), std::to_string(id)});
}

std::optional<domain::ListRule> find_rule(db::Connection& db, std::string_view scrutin_code) {
    const auto row =
        db.select_one("SELECT least, most, is_even, women, pages FROM candidature_rule WHERE scrutin_code = ?", {scrutin_code});
    if (!row) return std::nullopt;
    return domain::ListRule{static_cast<unsigned>(row->number(0)), static_cast<unsigned>(row->number(1)), row->flag(2),
                            number_or_null(*row, 3), static_cast<unsigned>(row->number(4))};
}

void put_rule(db::Connection& db, std::string_view scrutin_code, const domain::ListRule& rule) {
    db.execute(
        "INSERT INTO candidature_rule (scrutin_code, least, most, is_even, women, pages) VALUES (?, ?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE least = VALUES(least), most = VALUES(most), is_even = VALUES(is_even), women = VALUES(women), "
        "pages = VALUES(pages)",
        {scrutin_code, rule.least, rule.most, rule.is_even, rule.women, rule.pages});
}

unsigned seats_of(db::Connection& db, std::string_view scrutin_code) {
    const auto row = db.select_one("SELECT seats FROM scrutin WHERE code = ?", {scrutin_code});
    return row ? static_cast<unsigned>(row->number(0)) : 0;
}

namespace {

Deposited read_deposit(const db::Row& row) {
    Deposited deposit;
    deposit.number = row.text(0);
    deposit.candidature = static_cast<unsigned>(row.number(1));
    deposit.version = static_cast<unsigned>(row.number(2));
    deposit.list_name = row.text(3), deposit.at = row.instant(4), deposit.by = row.text(5), deposit.digest = row.text(6);
    deposit.is_newest = row.flag(7);
    deposit.decision = row.text(8), deposit.reason = row.text(9), deposit.despite = row.text(10), deposit.decided_by = row.text(11);
    return deposit;
}

}  // namespace

std::vector<Deposited> deposits(db::Connection& db) {
    std::vector<Deposited> all;
    for (const auto& row : db.select(
             "SELECT d.number, d.candidature_id, d.version, d.list_name, d.at, d.deposited_by, d.digest, "
             "d.version = (SELECT MAX(l.version) FROM candidature_deposit l WHERE l.candidature_id = d.candidature_id), "
             "c.decision, c.reason, c.despite, c.decided_by FROM candidature_deposit d "
             "LEFT JOIN candidature_decision c ON c.id = (SELECT MAX(x.id) FROM candidature_decision x WHERE x.number = d.number) "
             "ORDER BY d.candidature_id, d.version"))
        all.push_back(read_deposit(row));
    return all;
}

std::optional<Deposited> find_deposit(db::Connection& db, std::string_view number) {
    for (Deposited& deposit : deposits(db))
        if (deposit.number == number) return std::move(deposit);
    return std::nullopt;
}

std::optional<Deposited> lock_deposit(db::Connection& db, std::string_view number) {
    const auto row = db.select_one("SELECT candidature_id FROM candidature_deposit WHERE number = ?", {number});
    if (!row || !lock_candidature(db, static_cast<unsigned>(row->number(0)))) return std::nullopt;
    return find_deposit(db, number);
}

std::optional<Deposited> newest_deposit(db::Connection& db, unsigned candidature) {
    for (Deposited& deposit : deposits(db))
        if (deposit.candidature == candidature && deposit.is_newest) return std::move(deposit);
    return std::nullopt;
}

std::vector<domain::CandidateName> names_of(db::Connection& db, std::string_view number) {
    std::vector<domain::CandidateName> names;
    for (const auto& row :
         db.select("SELECT civility, last_name, first_name, affectation FROM candidature_name WHERE number = ? ORDER BY position",
                   {number}))
        names.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
    return names;
}

namespace {

std::vector<domain::UnionShare> shares_in_rows(const std::vector<db::Row>& rows) {
    std::vector<domain::UnionShare> unions;
    for (const auto& row : rows) unions.push_back({row.text(0), number_or_null(row, 1)});
    return unions;
}

}  // namespace

std::vector<domain::UnionShare> unions_of(db::Connection& db, std::string_view number) {
    return shares_in_rows(db.select("SELECT name, share FROM candidature_union WHERE number = ? ORDER BY position", {number}));
}

std::optional<domain::DepositedFile> file_of(db::Connection& db, std::string_view number, std::string_view kind) {
    const auto row = db.select_one("SELECT name, content FROM candidature_file WHERE number = ? AND kind = ?", {number, kind});
    return row ? std::optional(domain::DepositedFile{row->text(0), row->text(1)}) : std::nullopt;
}

void add_deposit(db::Connection& db, unsigned candidature, std::string_view number, const domain::Deposit& deposit,
                 std::string_view by, util::Instant at) {
    const auto last =
        db.select_one("SELECT COALESCE(MAX(version), 0) FROM candidature_deposit WHERE candidature_id = ?", {candidature});
    db.execute(
        "INSERT INTO candidature_deposit (number, candidature_id, version, list_name, at, deposited_by, digest) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {number, candidature, last->number(0) + 1, deposit.list_name, util::to_sql(at), by, domain::deposit_digest(deposit)});
    unsigned position = 0;
    for (const domain::CandidateName& name : deposit.names)
        db.execute(
            "INSERT INTO candidature_name (number, position, civility, last_name, first_name, affectation) VALUES (?, ?, ?, ?, ?, ?)",
            {number, ++position, name.civility, name.last_name, name.first_name, name.affectation});
    position = 0;
    for (const domain::UnionShare& one : deposit.unions)
        db.execute("INSERT INTO candidature_union (number, position, name, share) VALUES (?, ?, ?, ?)",
                   {number, ++position, one.name, one.share});
    const auto add_file = [&](std::string_view kind, const domain::DepositedFile& file) {
        if (!file.content.empty())
            db.execute("INSERT INTO candidature_file (number, kind, name, digest, content) VALUES (?, ?, ?, ?, ?)",
                       {number, kind, file.name, util::sha256_hex(file.content), file.content});
    };
    add_file("profession", deposit.profession);
    add_file("logo", deposit.logo);
}

void decide_deposit(db::Connection& db, std::string_view number, std::string_view decision, std::string_view reason,
                    std::string_view despite, std::string_view officer, util::Instant at) {
    db.execute(
        "INSERT INTO candidature_decision (number, decision, reason, despite, decided_by, decided_at) VALUES (?, ?, ?, ?, ?, ?)",
        {number, decision, reason, despite, officer, util::to_sql(at)});
}

std::vector<std::string> affectations_on_roll(db::Connection& db, std::string_view scrutin_code, std::string_view sort_key) {
    std::vector<std::string> affectations;
    for (const auto& row : db.select(
             "SELECT v.affectation FROM scrutin s JOIN voter_scrutin r ON r.scrutin_id = s.id JOIN voter v ON v.id = r.voter_id "
             "WHERE s.code = ? AND r.sort_key = ? AND v.struck_off_at IS NULL ORDER BY v.affectation",
             {scrutin_code, sort_key}))
        affectations.push_back(row.text(0));
    return affectations;
}

std::vector<std::string> digests_of_lists(db::Connection& db, domain::ScrutinId scrutin, std::string_view scrutin_code) {
    std::vector<std::string> digests;
    for (const auto& list :
         db.select("SELECT l.id, l.name, l.union_name, p.pdf FROM candidate_list l LEFT JOIN profession_de_foi p "
                   "ON p.candidate_list_id = l.id WHERE l.scrutin_id = ? ORDER BY l.position",
                   {scrutin.value})) {
        domain::Deposit deposit{std::string(scrutin_code), list.text(2), list.text(1), {}, {{}, list.text(3)}, {}};
        for (const auto& row :
             db.select("SELECT civility, last_name, first_name, affectation FROM candidate WHERE candidate_list_id = ? "
                       "ORDER BY position",
                       {list.number(0)}))
            deposit.names.push_back({row.text(0), row.text(1), row.text(2), row.text(3)});
        if (const auto logo = db.select_one("SELECT png FROM list_logo WHERE candidate_list_id = ?", {list.number(0)}))
            deposit.logo.content = logo->text(0);
        deposit.unions = shares_in_rows(
            db.select("SELECT name, share FROM list_union WHERE candidate_list_id = ? ORDER BY position", {list.number(0)}));
        digests.push_back(domain::deposit_digest(deposit));
    }
    return digests;
}

bool clear_lists(db::Connection& db, domain::ScrutinId scrutin) {
    if (!db.select_one("SELECT id FROM scrutin WHERE id = ? AND state = 'draft' FOR UPDATE", {scrutin.value})) return false;
    db.execute("DELETE FROM list_delegate WHERE candidate_list_id IN (SELECT id FROM candidate_list WHERE scrutin_id = ?)",
               {scrutin.value});
    db.execute("DELETE FROM profession_de_foi WHERE candidate_list_id IN (SELECT id FROM candidate_list WHERE scrutin_id = ?)",
               {scrutin.value});
    db.execute("DELETE FROM list_logo WHERE candidate_list_id IN (SELECT id FROM candidate_list WHERE scrutin_id = ?)",
               {scrutin.value});
    db.execute("DELETE FROM list_union WHERE candidate_list_id IN (SELECT id FROM candidate_list WHERE scrutin_id = ?)",
               {scrutin.value});
    db.execute("DELETE FROM candidate WHERE candidate_list_id IN (SELECT id FROM candidate_list WHERE scrutin_id = ?)",
               {scrutin.value});
    db.execute("DELETE FROM candidate_list WHERE scrutin_id = ?", {scrutin.value});
    return true;
}

void add_list(db::Connection& db, domain::ScrutinId scrutin, unsigned position, const domain::Deposit& deposit,
              const std::vector<std::string>& delegates) {
    const auto id = db.select_one("SELECT COALESCE(MAX(id), 0) + 1 FROM candidate_list")->number(0);
    db.execute("INSERT INTO candidate_list (id, scrutin_id, position, name, union_name) VALUES (?, ?, ?, ?, ?)",
               {id, scrutin.value, position, deposit.list_name, deposit.union_name});
    if (!deposit.profession.content.empty())
        db.execute("INSERT INTO profession_de_foi (candidate_list_id, pdf) VALUES (?, ?)", {id, deposit.profession.content});
    unsigned rank = 0;
    for (const domain::CandidateName& name : deposit.names)
        db.execute(
            "INSERT INTO candidate (candidate_list_id, position, civility, last_name, first_name, affectation) VALUES (?, ?, ?, ?, ?, ?)",
            {id, ++rank, name.civility, name.last_name, name.first_name, name.affectation});
    if (const auto size = domain::logo_size(deposit.logo.content))
        db.execute("INSERT INTO list_logo (candidate_list_id, digest, width, height, png) VALUES (?, ?, ?, ?, ?)",
                   {id, util::sha256_hex(deposit.logo.content), size->width, size->height, deposit.logo.content});
    rank = 0;
    for (const domain::UnionShare& one : deposit.unions)
        db.execute("INSERT INTO list_union (candidate_list_id, position, name, share) VALUES (?, ?, ?, ?)",
                   {id, ++rank, one.name, one.share});
    for (const std::string& address : delegates)
        db.execute("INSERT INTO list_delegate (voter_id, candidate_list_id) SELECT id, ? FROM voter WHERE email = ?",
                   {id, address});
}

}  // namespace scrutinctl::store
