// SPDX-License-Identifier: AGPL-3.0-or-later
// Every SQL statement of the activation worker. Callers open the transactions that join several of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "activation/mailed_link.hpp"
#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "util/clock.hpp"

namespace activation::store {

// An elector, as far as a link and an account need him.
struct Person {
    domain::VoterId voter;
    std::string email, civility, last_name;
    bool struck_off = false;
    bool has_account = false;
    bool has_question = false;  // défi
};

// `address`: as domain::normalise_address gives it.
std::optional<Person> find_by_address(db::Connection& db, std::string_view address);
std::optional<Person> find_by_id(db::Connection& db, domain::VoterId voter);

// Ends every unused link of the elector.
void supersede_links(db::Connection& db, domain::VoterId voter, util::Instant now);
// Does the work of an insert and writes nothing if there is no such elector.
void add_link(db::Connection& db, std::string_view token_hash, domain::VoterId voter, Purpose purpose, util::Instant now);
std::optional<MailedLink> find_link(db::Connection& db, std::string_view token_hash);
// True for the one caller that spends a valid link.
bool consume_link(db::Connection& db, std::string_view token_hash, Purpose purpose, util::Instant now);

struct NewAccount {
    domain::VoterId voter;
    std::string password_hash;
    std::optional<std::string> defi_question, defi_answer_hash;
};
// False if the elector has an account already.
bool add_account(db::Connection& db, const NewAccount& account, util::Instant now);
// New password, tries forgotten. False if there is no account.
bool replace_password(db::Connection& db, domain::VoterId voter, std::string_view password_hash, util::Instant now);

// Question and answer of who has none. False if there is no account, or a question.
bool add_question(db::Connection& db, domain::VoterId voter, std::string_view question, std::string_view answer_hash);

// A mark inside the open transaction to which later writes can be taken back.
void set_mark(db::Connection& db);
void keep_since_mark(db::Connection& db);
void undo_since_mark(db::Connection& db);

}  // namespace activation::store
