// SPDX-License-Identifier: AGPL-3.0-or-later
// SQL of the comparison of an import with what is stored. It reads no identity check: NUMEN and birth dates are not compared.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/sharing.hpp"

namespace scrutinctl::store {

// Is there an election to replace?
bool has_roll(db::Connection& db);

struct StoredElector {
    unsigned id = 0;
    std::string email, civility, last_name, first_name, personnel, corps, affectation, academie_code, departement, notice_place;
    bool is_struck_off = false;
};
void each_elector(db::Connection& db, const std::function<void(const StoredElector&)>& each);
// « Zoé Martin »; empty: none.
std::string name_of_elector(db::Connection& db, unsigned id);

struct StoredScrutin {
    std::string code, content;  // all that an import says of it, in one text
};
std::vector<StoredScrutin> stored_scrutins(db::Connection& db);

struct StoredList {
    std::string scrutin, name;
    std::vector<domain::UnionShare> unions;  // of a common list
};
std::vector<StoredList> stored_lists(db::Connection& db);

// What people have done since, which a new import empties.
struct Lost {
    std::uint64_t claims = 0, invitations = 0, roll_changes = 0;
};
Lost what_is_lost(db::Connection& db);

}  // namespace scrutinctl::store
