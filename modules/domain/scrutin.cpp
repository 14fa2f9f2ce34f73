// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/scrutin.hpp"

#include <array>
#include <stdexcept>
#include <string>

namespace domain {

namespace {

constexpr std::array<std::string_view, 8> k_words{"draft",  "published", "sealed",     "open",
                                                  "closed", "tallied",   "proclaimed", "archived"};

}  // namespace

std::string_view name_of(ScrutinState state) { return k_words.at(static_cast<std::size_t>(state)); }

ScrutinState scrutin_state_of(std::string_view word) {
    for (std::size_t i = 0; i < k_words.size(); ++i) {
        if (k_words[i] == word) return static_cast<ScrutinState>(i);
    }
    throw std::runtime_error("scrutin.state not understood: " + std::string(word));
}

Phase phase_of(ScrutinState state, const Stop& stop, const Calendar& calendar, util::Instant now, util::Instant signed_in_at) {
    if (state > ScrutinState::open || stop.is_annulled()) return Phase::closed;
    if (state == ScrutinState::open && calendar.may_cast(now, signed_in_at))
        return stop.is_suspended() ? Phase::suspended : Phase::open;
    return calendar.reached(CalendarEvent::vote_closes, now) ? Phase::closed : Phase::not_yet;
}

bool lists_are_shown(const Calendar& calendar, util::Instant now) { return calendar.reached(CalendarEvent::lists_shown, now); }

bool results_are_shown(ScrutinState state, const Calendar& calendar, util::Instant now) {
    return state >= ScrutinState::proclaimed && calendar.reached(CalendarEvent::results_shown, now);
}

}  // namespace domain
