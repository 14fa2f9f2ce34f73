// SPDX-License-Identifier: AGPL-3.0-or-later
#include "account/store.hpp"

#include "domain/guest.hpp"
#include "web/session.hpp"

namespace account::store {

namespace {

Credentials credentials_of(const db::Row& row) {
    return {domain::VoterId{static_cast<std::uint32_t>(row.number(0))},
            row.text(1),
            row.text(2),
            row.text(3),
            !row.is_null(4) && !domain::is_guest(domain::VoterId{static_cast<std::uint32_t>(row.number(0))}),
            row.text(5),
            static_cast<unsigned>(row.number(6)),
            row.instant_or_null(7)};
}

Academie academie_of(const db::Row& row, std::size_t first) {
    return {row.text(first),     row.text(first + 1), row.text(first + 2), row.text(first + 3),
            row.text(first + 4), row.text(first + 5), row.text(first + 6)};
}

}  // namespace

std::optional<Credentials> find_credentials(db::Connection& db, std::string_view address) {
    const auto row = db.select_one(
        "SELECT v.id, v.email, v.civility, v.last_name, v.struck_off_at, a.password_hash, a.failed_count, a.retry_at "
        "FROM voter v LEFT JOIN account a ON a.voter_id = v.id WHERE v.email = ?",
        {address});
    return row ? std::optional(credentials_of(*row)) : std::nullopt;
}

std::optional<Credentials> find_credentials(db::Connection& db, domain::VoterId voter) {
    const auto row = db.select_one(
        "SELECT v.id, v.email, v.civility, v.last_name, v.struck_off_at, a.password_hash, a.failed_count, a.retry_at "
        "FROM voter v LEFT JOIN account a ON a.voter_id = v.id WHERE v.id = ?",
        {voter.value});
    return row ? std::optional(credentials_of(*row)) : std::nullopt;
}

bool move_failures(db::Connection& db, domain::VoterId voter, unsigned before, unsigned after,
                   std::optional<util::Instant> retry_at) {
    const auto at = retry_at ? std::optional(util::to_sql(*retry_at)) : std::nullopt;
    return db.execute("UPDATE account SET failed_count = ?, retry_at = ? WHERE voter_id = ? AND failed_count = ?",
                      {after, at, voter.value, before}) == 1;
}

void clear_failures(db::Connection& db, domain::VoterId voter) {
    db.execute("UPDATE account SET failed_count = 0, retry_at = NULL WHERE voter_id = ?", {voter.value});
}

bool renew_hash(db::Connection& db, domain::VoterId voter, std::string_view old_hash, std::string_view new_hash) {
    return db.execute("UPDATE account SET password_hash = ? WHERE voter_id = ? AND password_hash = ?",
                      {new_hash, voter.value, old_hash}) == 1;
}

bool replace_password(db::Connection& db, domain::VoterId voter, std::string_view password_hash, util::Instant now) {
    return db.execute(
               "UPDATE account SET password_hash = ?, password_changed_at = ?, failed_count = 0, retry_at = NULL "
               "WHERE voter_id = ?",
               {password_hash, util::to_sql(now), voter.value}) == 1;
}

std::vector<Rule> list_rules(db::Connection& db) {
    std::vector<Rule> rules;
    for (const auto& row :
         db.select("SELECT personnel, corps, academie_code, departement, instance FROM eligibility_rule ORDER BY position"))
        rules.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)});
    return rules;
}

std::vector<Academie> list_academies(db::Connection& db) {
    std::vector<Academie> academies;
    for (const auto& row :
         db.select("SELECT code, name, webmail_url, recovery_url, assistance_phone, assistance_email, assistance_hours "
                   "FROM academie ORDER BY position, name"))
        academies.push_back(academie_of(row, 0));
    return academies;
}

std::optional<Academie> find_academie(db::Connection& db, std::string_view code) {
    const auto row = db.select_one(
        "SELECT code, name, webmail_url, recovery_url, assistance_phone, assistance_email, assistance_hours "
        "FROM academie WHERE code = ?",
        {code});
    return row ? std::optional(academie_of(*row, 0)) : std::nullopt;
}

std::optional<Profile> find_profile(db::Connection& db, domain::VoterId voter) {
    const auto row = db.select_one(
        "SELECT v.civility, v.last_name, v.first_name, v.email, v.personnel, v.corps, v.affectation, v.departement, "
        "v.notice_place, a.code, a.name, a.webmail_url, a.recovery_url, a.assistance_phone, a.assistance_email, "
        "a.assistance_hours, o.voter_id, m.kind, m.at FROM voter v JOIN academie a ON a.code = v.academie_code "
        "LEFT JOIN account o ON o.voter_id = v.id LEFT JOIN mail_return m ON m.recipient = v.email WHERE v.id = ?",
        {voter.value});
    if (!row) return std::nullopt;
    return Profile{row->text(0),
                   row->text(1),
                   row->text(2),
                   row->text(3),
                   row->text(4),
                   row->text(5),
                   row->text(6),
                   row->text(7),
                   row->text(8),
                   academie_of(*row, 9),
                   !row->is_null(16),
                   row->text(17),
                   row->instant_or_null(18)};
}

std::vector<OpenConnection> list_connections(db::Connection& db, domain::VoterId voter, util::Instant now) {
    std::vector<OpenConnection> connections;
    for (const auto& row :
         db.select("SELECT LEFT(id_hash, 16), device, created_at, last_seen_at, expires_at FROM session "
                   "WHERE voter_id = ? AND expires_at > ? AND last_seen_at > ? ORDER BY last_seen_at DESC, created_at DESC",
                   {voter.value, util::to_sql(now), util::to_sql(now - web::k_session_idle)})) {
        if (now - row.instant(3) >= web::idle_limit(web::machine_of(row.instant(2), row.instant(4)))) continue;
        connections.push_back({row.text(0), row.text(1), row.instant(2), row.instant(3)});
    }
    return connections;
}

bool close_connection(db::Connection& db, domain::VoterId voter, std::string_view reference) {
    return db.execute("DELETE FROM session WHERE voter_id = ? AND LEFT(id_hash, 16) = ?", {voter.value, reference}) > 0;
}

unsigned count_reassorts(db::Connection& db, domain::VoterId voter) {
    const auto row =
        db.select_one("SELECT COUNT(*) FROM reassort_request WHERE voter_id = ? AND outcome IN ('sent', 'shown')", {voter.value});
    return static_cast<unsigned>(row->number(0));
}

void move_whole_end(db::Connection& db, std::string_view id_hash, util::Instant created_at, util::Instant expires_at) {
    db.execute("UPDATE session SET created_at = ?, expires_at = ? WHERE id_hash = ?",
               {util::to_sql(created_at), util::to_sql(expires_at), id_hash});
}

bool add_help_request(db::Connection& db, const HelpRequest& request, util::Instant now) {
    const auto voter = request.voter ? std::optional(request.voter->value) : std::nullopt;
    return db.insert_unique(
        "INSERT INTO assistance (number, voter_id, email, academie_code, subject, body, created_at, idempotency_key) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        {request.number, voter, request.email, request.academie_code, request.subject, request.body, util::to_sql(now),
         request.idempotency_key});
}

std::optional<std::string> find_help_number(db::Connection& db, std::string_view idempotency_key) {
    const auto row = db.select_one("SELECT number FROM assistance WHERE idempotency_key = ?", {idempotency_key});
    return row ? std::optional(row->text(0)) : std::nullopt;
}

std::vector<MyHelpRequest> list_help_requests(db::Connection& db, domain::VoterId voter) {
    std::vector<MyHelpRequest> mine;
    for (const auto& row : db.select("SELECT number, subject, state, answer, created_at, answered_at FROM assistance "
                                     "WHERE voter_id = ? ORDER BY created_at DESC, id DESC",
                                     {voter.value}))
        mine.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.instant(4), row.instant_or_null(5)});
    return mine;
}

std::vector<ScrutinStop> scrutin_stops(db::Connection& db) {
    std::vector<ScrutinStop> all;
    for (const auto& row : db.select(
             "SELECT s.title, s.suspended_at, s.annulled_at, COALESCE((SELECT p.reason FROM suspension p WHERE p.scrutin_id = s.id "
             "AND p.state = 'done' ORDER BY p.number DESC LIMIT 1), '') FROM scrutin s WHERE s.state <> 'draft' "
             "ORDER BY s.position, s.id"))
        all.push_back({row.text(0), {row.instant_or_null(1), row.instant_or_null(2), row.text(3)}});
    return all;
}

}  // namespace account::store
