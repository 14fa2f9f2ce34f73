// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_members.hpp"

namespace scrutinctl::store {

std::vector<DeskMember> desk_members(db::Connection& db) {
    std::vector<DeskMember> members;
    for (const auto& row :
         db.select("SELECT m.id, m.email, m.role, m.place, f.enrol_until, f.enrolled_at FROM desk_member m "
                   "LEFT JOIN desk_factor f ON f.email = m.email WHERE m.removed_at IS NULL ORDER BY m.place, m.role, m.email"))
        members.push_back({static_cast<unsigned>(row.number(0)), row.text(1), row.text(2), row.text(3), row.instant_or_null(4),
                           row.instant_or_null(5)});
    return members;
}

bool is_elector(db::Connection& db, std::string_view address) {
    return db.select_one("SELECT id FROM voter WHERE email = ? AND struck_off_at IS NULL", {address}).has_value();
}

bool is_known(db::Connection& db, std::string_view address) {
    return db.select_one("SELECT id FROM voter WHERE email = ?", {address}).has_value();
}

bool is_guest(db::Connection& db, std::string_view address) {
    return db.select_one("SELECT id FROM voter WHERE email = ? AND id >= 4000000000", {address}).has_value();
}

std::vector<std::string> guest_addresses(db::Connection& db) {
    std::vector<std::string> all;
    for (const auto& row : db.select("SELECT email FROM voter WHERE id >= 4000000000 ORDER BY id")) all.push_back(row.text(0));
    return all;
}

void add_guest(db::Connection& db, const Guest& guest, util::Instant now) {
    const auto last = db.select_one("SELECT COALESCE(MAX(id), 3999999999) FROM voter WHERE id >= 4000000000 FOR UPDATE");
    db.execute(
        "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, affectation, academie_code, "
        "departement, notice_place, struck_off_at, struck_off_reason) VALUES (?, 1, ?, ?, ?, ?, '', '', '', '', NULL, '', '', ?, '')",
        {last->number(0) + 1, guest.email, guest.civility, guest.last_name, guest.first_name, util::to_sql(now)});
}

bool has_bureau(db::Connection& db, std::string_view bureau) {
    return db.select_one("SELECT id FROM scrutin WHERE bureau = ? LIMIT 1", {bureau}).has_value();
}

bool has_academie(db::Connection& db, std::string_view code) {
    return db.select_one("SELECT code FROM academie WHERE code = ?", {code}).has_value();
}

bool add_member(db::Connection& db, const DeskMember& member, util::Instant now) {
    if (db.insert_unique("INSERT INTO desk_member (email, role, place, added_at) VALUES (?, ?, ?, ?)",
                         {member.email, member.role, member.place, util::to_sql(now)}))
        return true;
    return db.execute(
               "UPDATE desk_member SET removed_at = NULL, added_at = ? WHERE email = ? AND role = ? AND place = ? AND removed_at IS NOT NULL",
               {util::to_sql(now), member.email, member.role, member.place}) == 1;
}

std::uint64_t remove_member(db::Connection& db, std::string_view address, util::Instant now) {
    db.execute("UPDATE desk_factor SET daily_mail = FALSE WHERE email = ?", {address});  // back one day, he asks again
    return db.execute("UPDATE desk_member SET removed_at = ? WHERE email = ? AND removed_at IS NULL", {util::to_sql(now), address});
}

bool is_member(db::Connection& db, std::string_view address) {
    return db.select_one("SELECT id FROM desk_member WHERE email = ? AND removed_at IS NULL LIMIT 1", {address}).has_value();
}

std::optional<Factor> lock_factor(db::Connection& db, std::string_view address) {
    const auto row = db.select_one("SELECT enrolled_at IS NOT NULL FROM desk_factor WHERE email = ? FOR UPDATE", {address});
    return row ? std::optional(Factor{row->flag(0)}) : std::nullopt;
}

void put_enrolment(db::Connection& db, std::string_view address, std::string_view hash, util::Instant until) {
    if (db.insert_unique("INSERT INTO desk_factor (email, enrol_hash, enrol_until) VALUES (?, ?, ?)",
                         {address, hash, util::to_sql(until)}))
        return;
    db.execute("UPDATE desk_factor SET enrol_hash = ?, enrol_until = ?, sealed = NULL, enrolled_at = NULL WHERE email = ?",
               {hash, util::to_sql(until), address});
}

unsigned propose_recovery(db::Connection& db, std::string_view address, std::string_view officer, util::Instant now) {
    db.execute("INSERT INTO desk_recovery (email, proposed_by, proposed_at) VALUES (?, ?, ?)",
               {address, officer, util::to_sql(now)});
    return static_cast<unsigned>(db.last_insert_id());
}

namespace {

Recovery read_recovery(const db::Row& row) {
    return {static_cast<unsigned>(row.number(0)), row.text(1), row.text(2), row.text(3), row.instant(4)};
}

}  // namespace

std::vector<Recovery> proposed_recoveries(db::Connection& db) {
    std::vector<Recovery> all;
    for (const auto& row :
         db.select("SELECT id, email, state, proposed_by, proposed_at FROM desk_recovery WHERE state = 'proposed' ORDER BY id"))
        all.push_back(read_recovery(row));
    return all;
}

std::optional<Recovery> lock_recovery(db::Connection& db, unsigned number) {
    const auto row =
        db.select_one("SELECT id, email, state, proposed_by, proposed_at FROM desk_recovery WHERE id = ? FOR UPDATE", {number});
    return row ? std::optional(read_recovery(*row)) : std::nullopt;
}

void decide_recovery(db::Connection& db, unsigned number, std::string_view state, std::string_view officer, util::Instant now) {
    db.execute("UPDATE desk_recovery SET state = ?, decided_by = ?, decided_at = ? WHERE id = ?",
               {state, officer, util::to_sql(now), number});
}

}  // namespace scrutinctl::store
