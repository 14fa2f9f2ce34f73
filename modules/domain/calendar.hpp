// SPDX-License-Identifier: AGPL-3.0-or-later
// The election's calendar: every date a page shows or a rule asks comes from here. Instants are UTC.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "util/clock.hpp"

namespace domain {

enum class CalendarEvent {
    portal_opens,        // voter spaces can be opened
    lists_shown,         // candidate lists and professions de foi
    reclamations_close,  // last instant of a réclamation on the portal
    reassort_opens,      // new codes; ends with vote_closes
    vote_opens,
    vote_closes,
    results_shown,  // not before proclamation either
};
inline constexpr std::size_t k_calendar_events = 7;

// The name in SQL and TOML: "vote_opens".
std::string_view name_of(CalendarEvent event);
std::optional<CalendarEvent> calendar_event_of(std::string_view name);

// An elector signed in before the close may finish until close + 30 min.
inline constexpr std::chrono::minutes k_grace{30};

class Calendar {
public:
    Calendar() = default;
    void set(CalendarEvent event, util::Instant at) { at_[static_cast<std::size_t>(event)] = at; }
    util::Instant at(CalendarEvent event) const { return at_[static_cast<std::size_t>(event)]; }
    bool reached(CalendarEvent event, util::Instant now) const { return now >= at(event); }

    bool is_vote_open(util::Instant now) const;  // [vote_opens, vote_closes)
    // May cast now: vote open, or in the grace for a session that began before the close.
    bool may_cast(util::Instant now, util::Instant signed_in_at) const;
    // Nobody may cast any more, whenever he signed in: from vote_closes + k_grace on.
    util::Instant over_from() const { return at(CalendarEvent::vote_closes) + k_grace; }
    bool is_over(util::Instant now) const { return now >= over_from(); }
    bool is_reassort_open(util::Instant now) const;     // [reassort_opens, vote_closes)
    bool is_reclamation_open(util::Instant now) const;  // [portal_opens, reclamations_close)

private:
    std::array<util::Instant, k_calendar_events> at_{};
};

}  // namespace domain
