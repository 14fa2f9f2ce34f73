// SPDX-License-Identifier: AGPL-3.0-or-later
// Who sits at the desk and what each role may do there (CGFP R211-536 to 542): members of a bureau de vote, its expert, the people of an
// académie who manage the rolls or answer electors, and the delegates of lists who deposit them. Knows no page and no table.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace domain {

enum class DeskRole { president, secretaire, delegue, suppleant, expert, gestionnaire, assistance, delegue_liste };

std::optional<DeskRole> desk_role_of(std::string_view word);  // as the database has it: "president"
std::string_view name_of(DeskRole role);
std::string_view label_of(DeskRole role);  // « président »
// Of a bureau de vote; else of an académie, or of one candidature.
bool is_of_bureau(DeskRole role);

enum class DeskRight {
    counters,    // participation of the bureau's scrutins
    attendance,  // who has voted, searched by name
    integrity,   // checks at any moment
    journal,     // acts that concern the bureau's scrutins
    claims,      // réclamations of the académie
    roll,        // changes of its lines proposed, and decided of another's; reminders asked for
    assistance,  // requests for help of the académie
    deposit,     // the list of that one candidature
};
bool may(DeskRole role, DeskRight right);

// Names an enrolment code in the database: hex SHA-256 of it and of whose it is. `code`: as normalise_voting_code gives it.
std::string enrolment_hash(std::string_view address, std::string_view code);

}  // namespace domain
