// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of what decides a result, as the tables hold it now, and of the seals that say what it was.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/chain_check.hpp"
#include "domain/ids.hpp"
#include "domain/seal.hpp"
#include "util/clock.hpp"

namespace scrutinctl::store {

// The election, the scrutin, its seats, lists and candidates: those fields of the seal, the others as they were.
void read_scrutin_to_seal(db::Connection& db, domain::ScrutinId scrutin, domain::Seal& seal);
// The electors who are not struck off, by number.
void each_roll_entry(db::Connection& db, domain::ScrutinId scrutin, const std::function<void(const domain::RollEntry&)>& each);
// Hidden name and public credential of each elector, in the order of the names.
void each_credential(db::Connection& db, domain::ScrutinId scrutin,
                     const std::function<void(const std::string& binding, const std::string& public_key)>& each);

struct StoredSeal {
    std::string digest, text;
};
std::optional<StoredSeal> find_seal(db::Connection& db, domain::ScrutinId scrutin);
void insert_seal(db::Connection& db, domain::ScrutinId scrutin, const StoredSeal& seal);

// Lists of programs: the first is the sealing's, later ones are interventions.
struct Programs {
    unsigned number = 0;
    std::string digest, text, reason;
};
std::optional<Programs> last_programs(db::Connection& db);
std::vector<Programs> all_programs(db::Connection& db);  // in their order
void insert_programs(db::Connection& db, const Programs& programs, util::Instant at);

// The newest signed head of the public log of a scrutin's ballots.
using domain::LogHead;
std::optional<LogHead> last_log_head(db::Connection& db, domain::ScrutinId scrutin);
// The log's ballot hashes in its order; how many of them are no ballot of the urne.
void each_leaf(db::Connection& db, domain::ScrutinId scrutin,
               const std::function<void(std::uint64_t index, const std::string& ballot_hash)>& each);
std::uint64_t leaves_without_ballot(db::Connection& db, domain::ScrutinId scrutin);
// Ballots of the urne that were opened for checking: none, unless somebody went round the vote worker.
std::uint64_t opened_and_cast(db::Connection& db, domain::ScrutinId scrutin);

}  // namespace scrutinctl::store
