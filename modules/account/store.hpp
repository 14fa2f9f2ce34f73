// SPDX-License-Identifier: AGPL-3.0-or-later
// Every SQL statement of the account worker. Callers open the transactions that join several of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/scrutin.hpp"
#include "util/clock.hpp"

namespace account::store {

// What a sign-in is decided on.
struct Credentials {
    domain::VoterId voter;
    std::string email, civility, last_name;
    bool struck_off = false;
    std::string password_hash;  // empty: the space is not created
    unsigned failed_count = 0;  // wrong passwords since the last right one
    std::optional<util::Instant> retry_at;
};
// `address`: as domain::normalise_address gives it.
std::optional<Credentials> find_credentials(db::Connection& db, std::string_view address);
std::optional<Credentials> find_credentials(db::Connection& db, domain::VoterId voter);

// Moves the count of wrong passwords from `before` to `after`; false if another try moved it first, or without account.
bool move_failures(db::Connection& db, domain::VoterId voter, unsigned before, unsigned after,
                   std::optional<util::Instant> retry_at);
void clear_failures(db::Connection& db, domain::VoterId voter);
// A stronger hash of the same password, unless the password was changed meanwhile.
bool renew_hash(db::Connection& db, domain::VoterId voter, std::string_view old_hash, std::string_view new_hash);
bool replace_password(db::Connection& db, domain::VoterId voter, std::string_view password_hash, util::Instant now);

// A rule of « qui vote où », in the order of the import; a condition left empty holds for everybody.
struct Rule {
    std::string personnel, corps, academie_code, departement, instance;
};
std::vector<Rule> list_rules(db::Connection& db);

struct Academie {
    std::string code, name, webmail_url, recovery_url, phone, email, hours;
};
std::vector<Academie> list_academies(db::Connection& db);
std::optional<Academie> find_academie(db::Connection& db, std::string_view code);

// What the elector reads about himself.
struct Profile {
    std::string civility, last_name, first_name, email, personnel, corps, affectation, departement, notice_place;
    Academie academie;
    bool has_account = false;
    std::string
        mail_return;  // "delayed", "full", "unknown", "refused": what became of a mail to this address; empty: nothing is known
    std::optional<util::Instant> mail_returned_at;
};
std::optional<Profile> find_profile(db::Connection& db, domain::VoterId voter);

// An open connection; `reference` names it among the elector's own and opens nothing.
struct OpenConnection {
    std::string reference, device;
    util::Instant created_at, last_seen_at;
};
inline constexpr std::size_t k_reference = 16;
std::vector<OpenConnection> list_connections(db::Connection& db, domain::VoterId voter, util::Instant now);
bool close_connection(db::Connection& db, domain::VoterId voter, std::string_view reference);

// New codes that the elector was given.
unsigned count_reassorts(db::Connection& db, domain::VoterId voter);

// `created_at` and `expires_at` together say whose machine it is (web/session.hpp).
void move_whole_end(db::Connection& db, std::string_view id_hash, util::Instant created_at, util::Instant expires_at);

struct HelpRequest {
    std::string number;
    std::optional<domain::VoterId> voter;
    std::string email, academie_code, subject, body, idempotency_key;
};
// False if the number is taken or the same form was stored before: see find_help_number.
bool add_help_request(db::Connection& db, const HelpRequest& request, util::Instant now);
std::optional<std::string> find_help_number(db::Connection& db, std::string_view idempotency_key);

// What the elector asked while signed in, the newest first.
struct MyHelpRequest {
    std::string number, subject, state, answer;
    util::Instant created_at;
    std::optional<util::Instant> answered_at;
};
std::vector<MyHelpRequest> list_help_requests(db::Connection& db, domain::VoterId voter);

// Every scrutin that is not a draft, in the order of display, with what the office stopped of it.
struct ScrutinStop {
    std::string title;
    domain::Stop stop;
};
std::vector<ScrutinStop> scrutin_stops(db::Connection& db);

}  // namespace account::store
