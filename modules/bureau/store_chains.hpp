// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about what was sealed and signed, for the check that a member asks for. Reads hashes and heads, never a ballot.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "bureau/store_acts.hpp"
#include "db/connection.hpp"
#include "domain/chain_check.hpp"
#include "domain/ids.hpp"

namespace bureau {

struct StoredSeal {
    std::string digest, text, log_key;  // log_key: of the urne's setup
};
std::optional<StoredSeal> find_stored_seal(db::Connection& db, domain::ScrutinId scrutin);

struct SealedPrograms {
    unsigned number = 0;
    std::string digest, text;
};
std::optional<SealedPrograms> last_sealed_programs(db::Connection& db);

// Details of entries of the journal; empty: there is none. The sealing of a scrutin; the programs accepted last; its papers published last; the newest
// check of a scrutin that has these words.
std::string seal_act_detail(db::Connection& db, std::string_view code);
std::string programs_act_detail(db::Connection& db);
std::string papers_act_detail(db::Connection& db, std::string_view code);
std::string last_check_detail(db::Connection& db, std::string_view code, std::string_view containing);
void each_journal_entry(db::Connection& db, const std::function<void(const JournalEntry&)>& each);
std::optional<domain::JournalHead> newest_journal_head(db::Connection& db);

std::optional<domain::LogHead> newest_log_head(db::Connection& db, domain::ScrutinId scrutin);
void each_log_leaf(db::Connection& db, domain::ScrutinId scrutin,
                   const std::function<void(std::uint64_t index, const std::string& ballot_hash)>& each);
std::uint64_t count_urne_ballots(db::Connection& db, domain::ScrutinId scrutin);

// Every scrutin's, in no order.
std::vector<std::string> codes_of_all(db::Connection& db);

}  // namespace bureau
