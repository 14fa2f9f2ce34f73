// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on late electors: what of the import says where they vote, a proposal before there is a line, and the line.
#pragma once

#include <string_view>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "scrutinctl/import_model.hpp"
#include "scrutinctl/store_roll.hpp"

namespace scrutinctl::store {

// Académies, scrutins and rules as imported, no more of them than electeurs.csv is checked against.
ImportedElection election_of_electors(db::Connection& db);

// `change.voter` is nobody. False, and nothing is written: somebody of the roll has that identity check.
bool propose_elector(db::Connection& db, const RollChange& change, std::string_view identity_check);
// Approves the proposal and forgets its identity check once the line has it. False, and nothing is written: as above.
bool approve_elector(db::Connection& db, unsigned change, const Elector& elector, std::string_view by, util::Instant now,
                     domain::VoterId& voter);
// Of a proposal that was refused.
void forget_identity_check(db::Connection& db, unsigned change);

}  // namespace scrutinctl::store
