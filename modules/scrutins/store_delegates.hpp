// SPDX-License-Identifier: AGPL-3.0-or-later
// Statements on the lists that an elector was declared a delegate of. Each names him: no list of another is ever read here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "scrutins/store.hpp"

namespace scrutins {

// One of his lists, with what its scrutin is. Drafts too: the list was deposited for it.
struct DelegatedList {
    std::string scrutin_title;
    CandidateList list;
};
// In the order of display.
std::vector<DelegatedList> delegated_lists(db::Connection& db, domain::VoterId voter);

// A PDF's bytes, if the list is one of his.
std::optional<std::string> delegated_profession(db::Connection& db, domain::VoterId voter, std::uint32_t list);

}  // namespace scrutins
