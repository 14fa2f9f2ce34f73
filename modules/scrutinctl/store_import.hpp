// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the import: the whole election replaced in the caller's transaction.
#pragma once

#include <map>
#include <string>

#include "scrutinctl/batch_insert.hpp"
#include "scrutinctl/import_model.hpp"

namespace scrutinctl::store {

// Why a roll cannot be replaced any more; empty if it can: accounts exist, or a scrutin is past `published`.
std::string why_frozen(db::Connection& db);

// Empties what an import fills.
void clear_election(db::Connection& db);
// Election, calendar, académies, scrutins, lists, candidates, professions de foi. Ids count from 1 in file order.
void insert_election(db::Connection& db, const ImportedElection& election);

// Electors and rolls, in batches. Call finish() before the transaction ends.
class RollWriter {
public:
    RollWriter(db::Connection& db, const ImportedElection& election, std::string_view numen_pepper);
    void add(const Elector& elector);
    void finish();

private:
    void write_waiting();

    const ImportedElection& election_;
    std::string numen_pepper_;
    BatchInsert voters_, rolls_;
    std::vector<db::Params> waiting_;  // roll lines of electors not written yet
};

// Who sees which list beforehand. After the electors.
void insert_delegates(db::Connection& db, const ImportedElection& election);

// Rows stored, by table, in the order of the files.
std::vector<std::pair<std::string, std::uint64_t>> count_rows(db::Connection& db);

}  // namespace scrutinctl::store
