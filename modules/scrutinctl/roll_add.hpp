// SPDX-License-Identifier: AGPL-3.0-or-later
// A late elector (R211-554), whose line two officers make (roll add), or two members of the desk with the administration's file (desk apply). `detail`: his line
// and, of the officers', his rights, as the proposal keeps them.
#pragma once

#include <string>
#include <vector>

#include "scrutinctl/import_model.hpp"
#include "scrutinctl/office.hpp"
#include "scrutinctl/store_roll.hpp"
#include "util/json.hpp"

namespace scrutinctl {

// A file of whole lines, NUMEN and date of birth included, checked as the import checks electeurs.csv: any fault refuses all of it.
util::Result<std::vector<Elector>> read_late_electors(const ElectorsFile& file, const ImportedElection& election);
// [{scrutin, why}] of a line read by the rules.
util::Json rights_by_rules(const ImportedElection& election, const Elector& elector);

// Why he cannot be added any more; empty: he can.
std::string why_not_added(db::Connection& db, const util::Json& detail);
// For who decides: the whole line, and why he votes where.
std::string words_of_late_elector(const util::Json& detail);
// Line, rights and the mail that tells him, in the caller's transaction, with the approval itself. Answers why not, and then nothing may be committed.
std::string add_elector(Office& office, const store::RollChange& change, const util::Json& detail);
// The same of a proposal whose identity check was compared just before, in the same transaction.
void write_late_elector(Office& office, unsigned change, const Elector& elector, const util::Json& rights);

}  // namespace scrutinctl
