// SPDX-License-Identifier: AGPL-3.0-or-later
// The texts of a scrutin's bundle, read as any outsider would: what was proclaimed, the journal of acts, the tables of the minutes. All of it is
// others' bytes. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace auditor {

// proclamation.txt: lines of a name and fields, tabs between (modules/domain/proclamation.hpp).
struct Proclaimed {
    std::string code, uuid, archive;
    std::uint64_t inscrits = 0, votants = 0, blancs = 0, exprimes = 0;
    struct List {
        std::string name;
        std::uint64_t votes = 0, seats = 0;
    };
    std::vector<List> lists;
};
std::optional<Proclaimed> read_proclaimed(std::string_view text);

// journal.txt: a line for each entry, « number at actor action detail hash », tabs between, breaks and tabs of a field written \n and \t, a
// backslash \\.
struct JournalLine {
    std::string at, actor, action, detail, hash;
};
struct JournalText {
    std::vector<JournalLine> entries;
    std::string fault;  // empty: numbered 1, 2, 3…, and each hash is of the one before and of its own entry
};
JournalText read_journal(std::string_view text);

// The signed head (`note`, the log's form) is over the first of these entries, `least` or more, by the key of the seal (base64url). Empty: it is.
std::string compare_journal_head(const JournalText& journal, std::string_view note, std::string_view log_key, std::uint64_t least);

// The cells of each row of a page's tables, tags taken out and entities read.
std::vector<std::vector<std::string>> table_rows(std::string_view page);

}  // namespace auditor
