// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on late electors: what of the import says where they vote, a proposal before there is a line, and the line.
#pragma once

#include <optional>
#include <string>
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
// Approves it. False, and nothing is written: as above.
bool approve_elector(db::Connection& db, unsigned change, std::string_view by, util::Instant now);
// Of one that the desk proposed without it. False, and nothing is written: as above.
bool note_identity_check(db::Connection& db, unsigned change, std::string_view identity_check);
// His line, with the proposal's identity check, which the proposal forgets.
domain::VoterId insert_elector(db::Connection& db, unsigned change, const Elector& elector);
// The last one that the desk proposed for this address, whatever became of it.
struct LateOfDesk {
    unsigned id = 0;
    std::string state, outcome;
};
std::optional<LateOfDesk> newest_late_of_desk(db::Connection& db, std::string_view address);
// Of a proposal that was refused.
void forget_identity_check(db::Connection& db, unsigned change);

}  // namespace scrutinctl::store
