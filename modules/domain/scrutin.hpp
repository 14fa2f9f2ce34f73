// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a scrutin stands: its state, which the office alone moves, and what state and calendar together allow. Every page, act and
// tool asks these rules and compares no state with a date by itself. Knows no SQL.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "domain/calendar.hpp"

namespace domain {

// scrutin.state, in the order of the road: a later state is greater, and no scrutin goes back.
enum class ScrutinState { draft, published, sealed, open, closed, tallied, proclaimed, archived };

// The column's word: "draft" … "archived".
std::string_view name_of(ScrutinState state);
// Throws std::runtime_error for another word: the column takes none, so the schema is not this program's.
ScrutinState scrutin_state_of(std::string_view word);

// What the office stopped of a vote under way, with the authority's leave: for a time, or for good, and then the scrutin is annulled.
struct Stop {
    std::optional<util::Instant> suspended_at, annulled_at;
    std::string reason;  // of the newer of both, as voters read it

    bool is_suspended() const { return suspended_at && !annulled_at; }
    bool is_annulled() const { return annulled_at.has_value(); }
    // When what stands now began. Precondition: one of both.
    util::Instant since() const { return annulled_at ? *annulled_at : *suspended_at; }
};

// The vote of a scrutin, for one elector who has not voted.
enum class Phase { not_yet, open, suspended, closed };

// Open needs both the office's act and the calendar's hour; in the k_grace after the close, also a session that began before it.
// A scrutin that the office never opened is over once the close has passed: it is not "not yet". Suspended: it would be open.
Phase phase_of(ScrutinState state, const Stop& stop, const Calendar& calendar, util::Instant now, util::Instant signed_in_at);

// Candidate lists and professions de foi: from their date, whatever the state; drafts are shown to nobody (the stores never give them).
bool lists_are_shown(const Calendar& calendar, util::Instant now);
// Results: the proclamation and the date.
bool results_are_shown(ScrutinState state, const Calendar& calendar, util::Instant now);

}  // namespace domain
