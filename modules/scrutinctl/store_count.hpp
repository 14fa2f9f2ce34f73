// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the count and of what it needs from the urne: sealed records, ballots, tally, partial decryptions, results.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/protocol.hpp"
#include "db/connection.hpp"
#include "domain/ids.hpp"

namespace scrutinctl::store {

struct Setup {
    std::string election, trustees, public_creds_hash;
};
std::optional<Setup> find_setup(db::Connection& db, domain::ScrutinId scrutin);

// Public credentials, one after another.
std::vector<std::string> public_keys(db::Connection& db, domain::ScrutinId scrutin);

// Up to `limit` ballots in the order of their hashes, after `after` (empty: from the first).
struct Ballot {
    std::string hash, credential_hash, bytes;
};
std::vector<Ballot> ballots_after(db::Connection& db, domain::ScrutinId scrutin, const std::string& after, unsigned limit);

// Ballots in the order of the public log, up to `limit` from `from`; `bytes` empty when a logged ballot is missing.
std::vector<Ballot> logged_ballots(db::Connection& db, domain::ScrutinId scrutin, unsigned from, unsigned limit);

struct StoredTally {
    crypto::Election::Tally tally;
    std::string result;  // empty until combined
};
std::optional<StoredTally> find_tally(db::Connection& db, domain::ScrutinId scrutin);
void insert_tally(db::Connection& db, domain::ScrutinId scrutin, const crypto::Election::Tally& tally);
void set_result(db::Connection& db, domain::ScrutinId scrutin, const std::string& result);

struct StoredPartial {
    unsigned owner = 0;
    std::string partial;
    std::string second_proof;  // empty: taken in before there were any
};
// By owner.
std::vector<StoredPartial> partials(db::Connection& db, domain::ScrutinId scrutin);
// False if this owner's is there already.
bool insert_partial(db::Connection& db, domain::ScrutinId scrutin, const StoredPartial& partial);

struct Outcome {
    std::uint64_t inscrits = 0, votants = 0, blancs = 0, exprimes = 0;
    bool draw_needed = false;
    struct List {
        unsigned id = 0;
        std::uint64_t votes = 0;
        unsigned seats = 0;
    };
    std::vector<List> lists;
};
// Replaces what an earlier, undecided count of this scrutin wrote. `proclaimed_at` empty: not proclaimed yet.
void write_outcome(db::Connection& db, domain::ScrutinId scrutin, const Outcome& outcome,
                   const std::optional<std::string>& proclaimed_at);

}  // namespace scrutinctl::store
