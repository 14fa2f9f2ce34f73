// SPDX-License-Identifier: AGPL-3.0-or-later
// Every SQL statement of sceau: hashes of ballots, the log and its heads, all in `urne`. Hashes are hexadecimal as in the
// tables.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"

namespace sceau {

struct Scrutin {
    domain::ScrutinId id;
    std::string uuid, log_key;  // the public key that sealing named
};
std::vector<Scrutin> sealed_scrutins(db::Connection& db);

// The log's leaves in order: (index, ballot hash).
void each_leaf(db::Connection& db, domain::ScrutinId scrutin,
               const std::function<void(std::uint64_t index, const std::string& ballot_hash)>& each);

struct Head {
    std::uint64_t size;
    std::string root, signature;
};
std::optional<Head> last_head(db::Connection& db, domain::ScrutinId scrutin);

std::uint64_t count_ballots(db::Connection& db, domain::ScrutinId scrutin);
// Ballots that are not in the log, the smallest hashes first, at most `limit`.
std::vector<std::string> pending_ballots(db::Connection& db, domain::ScrutinId scrutin, unsigned limit);

// One transaction: leaves from index `first` on, and the head over all. Throws db::Error (duplicate: somebody else wrote).
void append(db::Connection& db, domain::ScrutinId scrutin, std::uint64_t first, const std::vector<std::string>& ballot_hashes,
            const Head& head);

}  // namespace sceau
