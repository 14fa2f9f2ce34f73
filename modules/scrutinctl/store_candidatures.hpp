// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements of deposits of lists: who may deposit, what was deposited, what was decided of it. Drafts are out of this tool's reach.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/candidature.hpp"
#include "domain/ids.hpp"

namespace scrutinctl::store {

struct Candidature {
    unsigned id = 0;  // « candidature n° 3 »
    std::string scrutin_code, union_name;
    std::optional<util::Instant> opens_at, closes_at;  // its own window
    std::optional<unsigned> position;                  // in the order of the draw or of the arrêté
    std::string order_act;
};
std::vector<Candidature> candidatures(db::Connection& db);  // by scrutin, position, union
// The row, made if it was not there, locked until the caller's transaction ends.
Candidature open_candidature(db::Connection& db, std::string_view scrutin_code, std::string_view union_name);
std::optional<Candidature> lock_candidature(db::Connection& db, unsigned id);
void set_window(db::Connection& db, unsigned id, std::optional<util::Instant> opens, std::optional<util::Instant> closes);
void set_order(db::Connection& db, unsigned id, unsigned position, std::string_view act);

// Addresses of its delegates of now.
std::vector<std::string> delegates_of(db::Connection& db, unsigned id);
void end_delegates(db::Connection& db, unsigned id, util::Instant now);

std::optional<domain::ListRule> find_rule(db::Connection& db, std::string_view scrutin_code);
void put_rule(db::Connection& db, std::string_view scrutin_code, const domain::ListRule& rule);
unsigned seats_of(db::Connection& db, std::string_view scrutin_code);

struct Deposited {
    std::string number;  // "C-7K3M-9PQR"
    unsigned candidature = 0, version = 0;
    std::string list_name, by, digest;
    util::Instant at{};
    bool is_newest = false;  // a later one of the same candidature replaced it otherwise
    std::string decision;    // "accepted", "refused" or empty: the newest
    std::string reason, despite, decided_by;
};
std::vector<Deposited> deposits(db::Connection& db);  // by candidature and version
std::optional<Deposited> find_deposit(db::Connection& db, std::string_view number);
// Locks the candidature of the deposit first, so that nobody replaces it meanwhile.
std::optional<Deposited> lock_deposit(db::Connection& db, std::string_view number);
std::optional<Deposited> newest_deposit(db::Connection& db, unsigned candidature);
std::vector<domain::CandidateName> names_of(db::Connection& db, std::string_view number);
std::vector<domain::UnionShare> unions_of(db::Connection& db, std::string_view number);
// `kind`: "profession" or "logo".
std::optional<domain::DepositedFile> file_of(db::Connection& db, std::string_view number, std::string_view kind);
// In the caller's transaction, which holds the candidature's lock. The next version.
void add_deposit(db::Connection& db, unsigned candidature, std::string_view number, const domain::Deposit& deposit,
                 std::string_view by, util::Instant at);
void decide_deposit(db::Connection& db, std::string_view number, std::string_view decision, std::string_view reason,
                    std::string_view despite, std::string_view officer, util::Instant at);

// Electors of this name on the scrutin's roll, by their affectation; struck off ones are not.
std::vector<std::string> affectations_on_roll(db::Connection& db, std::string_view scrutin_code, std::string_view sort_key);

// Where each list of a scrutin comes from, for the comparison before it is replaced: the text of deposit_digest of each, in their order.
std::vector<std::string> digests_of_lists(db::Connection& db, domain::ScrutinId scrutin, std::string_view scrutin_code);
// Both in the caller's transaction, of a draft scrutin (false: it is none any more).
bool clear_lists(db::Connection& db, domain::ScrutinId scrutin);
void add_list(db::Connection& db, domain::ScrutinId scrutin, unsigned position, const domain::Deposit& deposit,
              const std::vector<std::string>& delegates);

}  // namespace scrutinctl::store
