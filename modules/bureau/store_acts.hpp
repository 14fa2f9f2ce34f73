// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements about the office's journal: read, and added to by acts of the desk (a trigger refuses entries that are not its own).
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"

namespace bureau {

struct JournalEntry {
    unsigned id = 0;
    std::string at, actor, action, detail, hash;  // at: UTC as SQL writes it
};

// Inside a transaction: nobody else adds one until it ends. Of an empty journal, number 0 and the hash that stands before the first.
JournalEntry last_journal_entry(db::Connection& db);
void add_journal_entry(db::Connection& db, const JournalEntry& entry);

// The `limit` entries before this number, newest first. 0: from the newest on.
std::vector<JournalEntry> journal_before(db::Connection& db, unsigned before, unsigned limit);

// Bureaux by the code of each scrutin; places by the number of each member, also of former ones.
std::map<std::string, std::string> bureau_of_codes(db::Connection& db);
std::map<unsigned, std::string> place_of_members(db::Connection& db);

}  // namespace bureau
