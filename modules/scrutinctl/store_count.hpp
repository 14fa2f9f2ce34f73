// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the count and of what it needs from the urne: sealed records, ballots, tally, partial decryptions, results.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/protocol.hpp"
#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/proclamation.hpp"

namespace scrutinctl::store {

struct Setup {
    std::string election, trustees, public_creds_hash, receipt_key, log_key;
};
std::optional<Setup> find_setup(db::Connection& db, domain::ScrutinId scrutin);

// Public credentials, one after another.
std::vector<std::string> public_keys(db::Connection& db, domain::ScrutinId scrutin);

// Ballots in the order of the public log, up to `limit` from `from`; empty where a logged ballot is missing.
std::vector<std::string> logged_ballots(db::Connection& db, domain::ScrutinId scrutin, unsigned from, unsigned limit);

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

// Replaces what an earlier, undecided count of this scrutin wrote; the proclamation itself once it is decided. The lists are those of the
// ballot, in its order.
void write_outcome(db::Connection& db, domain::ScrutinId scrutin, const domain::Proclamation& outcome, bool decided);

// What was proclaimed, as stored: nobody has compared the text with its digest.
struct StoredProclamation {
    std::string digest, text;
};
std::optional<StoredProclamation> find_proclamation(db::Connection& db, domain::ScrutinId scrutin);

}  // namespace scrutinctl::store
