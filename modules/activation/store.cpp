// SPDX-License-Identifier: AGPL-3.0-or-later
#include "activation/store.hpp"

#include "domain/guest.hpp"

namespace activation::store {

namespace {

// A guest's row is struck off and his door open.
bool is_shut_out(const db::Row& row, std::size_t voter, std::size_t struck_off_at) {
    return !row.is_null(struck_off_at) && !domain::is_guest(domain::VoterId{static_cast<std::uint32_t>(row.number(voter))});
}

Person person_of(const db::Row& row) {
    return {domain::VoterId{static_cast<std::uint32_t>(row.number(0))},
            row.text(1),
            row.text(2),
            row.text(3),
            is_shut_out(row, 0, 4),
            !row.is_null(5),
            !row.is_null(6)};
}

}  // namespace

std::optional<Person> find_by_address(db::Connection& db, std::string_view address) {
    const auto row = db.select_one(
        "SELECT v.id, v.email, v.civility, v.last_name, v.struck_off_at, a.voter_id, a.defi_question "
        "FROM voter v LEFT JOIN account a ON a.voter_id = v.id WHERE v.email = ?",
        {address});
    return row ? std::optional(person_of(*row)) : std::nullopt;
}

std::optional<Person> find_by_id(db::Connection& db, domain::VoterId voter) {
    const auto row = db.select_one(
        "SELECT v.id, v.email, v.civility, v.last_name, v.struck_off_at, a.voter_id, a.defi_question "
        "FROM voter v LEFT JOIN account a ON a.voter_id = v.id WHERE v.id = ?",
        {voter.value});
    return row ? std::optional(person_of(*row)) : std::nullopt;
}

void supersede_links(db::Connection& db, domain::VoterId voter, util::Instant now) {
    db.execute("UPDATE mail_token SET superseded_at = ? WHERE voter_id = ? AND superseded_at IS NULL AND used_at IS NULL",
               {util::to_sql(now), voter.value});
}

void add_link(db::Connection& db, std::string_view token_hash, domain::VoterId voter, Purpose purpose, util::Instant now) {
    db.execute(
        "INSERT INTO mail_token (token_hash, voter_id, purpose, created_at, expires_at) "
        "SELECT ?, id, ?, ?, ? FROM voter WHERE id = ?",
        {token_hash, name_of(purpose), util::to_sql(now), util::to_sql(now + life_of(purpose)), voter.value});
}

std::optional<MailedLink> find_link(db::Connection& db, std::string_view token_hash) {
    const auto row = db.select_one(
        "SELECT t.voter_id, t.purpose, t.expires_at, t.superseded_at, t.used_at, v.struck_off_at, a.voter_id "
        "FROM mail_token t JOIN voter v ON v.id = t.voter_id LEFT JOIN account a ON a.voter_id = t.voter_id "
        "WHERE t.token_hash = ?",
        {token_hash});
    if (!row) return std::nullopt;
    return MailedLink{domain::VoterId{static_cast<std::uint32_t>(row->number(0))},
                      row->text(1) == "reset" ? Purpose::reset : Purpose::activation,
                      row->instant(2),
                      !row->is_null(3),
                      !row->is_null(4),
                      is_shut_out(*row, 0, 5),
                      !row->is_null(6)};
}

bool consume_link(db::Connection& db, std::string_view token_hash, Purpose purpose, util::Instant now) {
    return db.execute(
               "UPDATE mail_token SET used_at = ? WHERE token_hash = ? AND purpose = ? AND used_at IS NULL "
               "AND superseded_at IS NULL AND expires_at > ?",
               {util::to_sql(now), token_hash, name_of(purpose), util::to_sql(now)}) == 1;
}

bool add_account(db::Connection& db, const NewAccount& account, util::Instant now) {
    return db.insert_unique(
        "INSERT INTO account (voter_id, password_hash, defi_question, defi_answer_hash, activated_at, password_changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?)",
        {account.voter.value, account.password_hash, account.defi_question, account.defi_answer_hash, util::to_sql(now),
         util::to_sql(now)});
}

bool replace_password(db::Connection& db, domain::VoterId voter, std::string_view password_hash, util::Instant now) {
    return db.execute(
               "UPDATE account SET password_hash = ?, password_changed_at = ?, failed_count = 0, retry_at = NULL "
               "WHERE voter_id = ?",
               {password_hash, util::to_sql(now), voter.value}) == 1;
}

bool add_question(db::Connection& db, domain::VoterId voter, std::string_view question, std::string_view answer_hash) {
    return db.execute("UPDATE account SET defi_question = ?, defi_answer_hash = ? WHERE voter_id = ? AND defi_question IS NULL",
                      {question, answer_hash, voter.value}) == 1;
}

void set_mark(db::Connection& db) { db.run("SAVEPOINT mark"); }
void keep_since_mark(db::Connection& db) { db.run("RELEASE SAVEPOINT mark"); }
void undo_since_mark(db::Connection& db) { db.run("ROLLBACK TO SAVEPOINT mark"); }

}  // namespace activation::store
