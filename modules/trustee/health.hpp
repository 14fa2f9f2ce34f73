// SPDX-License-Identifier: AGPL-3.0-or-later
// The state of a holder's key as the office sees it: a small public file that the holder's machine makes, with its date and how many media
// were tried, proved by the key itself. Texts in and out.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "trustee/ceremony_folder.hpp"
#include "util/clock.hpp"

namespace trustee {

inline constexpr Piece k_state{"etat", "l’état de la clé", "check --report"};

// What the proof covers, as its challenge.
struct KeyState {
    util::Instant at;
    unsigned media = 0;  // on which the key was found good
};
std::string write_state(const KeyState& state);
std::optional<KeyState> read_state(std::string_view challenge);

// Empty when it is good at this hour, else why it is red: a sentence. `most_days`: how old it may be.
std::string why_red(const KeyState& state, util::Instant now, unsigned most_days);

}  // namespace trustee
