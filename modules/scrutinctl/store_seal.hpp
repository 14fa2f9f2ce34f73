// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the sealing: electors without codes, envelopes and escrow, public credentials, the sealed records.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "db/connection.hpp"
#include "domain/envelope.hpp"
#include "domain/ids.hpp"

namespace scrutinctl::store {

struct VoterToCode {
    domain::VoterId id;
    std::string email, civility, last_name, first_name, notice_place;
    unsigned generation = 1;  // of the envelope to make: one more than any that died
    std::vector<domain::ScrutinId> scrutins;
};
// The next electors after `after`, by id, who have no envelope; with the scrutins they elect.
std::vector<VoterToCode> voters_to_code(db::Connection& db, domain::VoterId after, unsigned limit);
std::uint64_t count_voters_to_code(db::Connection& db);

// Every elector of every roll, by elector.
void each_elector_of_rolls(db::Connection& db,
                           const std::function<void(const std::string& email, domain::ScrutinId scrutin)>& each);

struct Code {
    domain::VoterId voter;
    domain::Envelope envelope;
    std::string escrow, pending;
};
void insert_codes(db::Connection& db, unsigned batch, const std::vector<Code>& codes);

struct Credential {
    std::string_view binding, public_key;
};
void insert_credentials(db::Connection& db, domain::ScrutinId scrutin, const std::vector<Credential>& credentials);

struct SealedRecords {
    std::string uuid, election, trustees, public_creds_hash, receipt_key, log_key;
};
void insert_setup(db::Connection& db, domain::ScrutinId scrutin, const SealedRecords& records);

}  // namespace scrutinctl::store
