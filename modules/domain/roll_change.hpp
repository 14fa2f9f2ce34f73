// SPDX-License-Identifier: AGPL-3.0-or-later
// Changes of the roll that one proposes and another approves, two officers or two members of an académie's desk: their kinds, and what of a line
// may be corrected. Knows no table and no page.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "util/json.hpp"

namespace domain {

// « radiation » of "strike"; the word itself where it is none of ours.
std::string label_of_roll_change(std::string_view kind);

// Of roll_change.detail, which whoever has an account of ours could have written: a text of it, or an empty one.
std::string text_in(const util::Json& detail, std::string_view key);

// What the desk proposes falls after that long: who approves still knows the case then.
inline constexpr std::chrono::hours k_desk_proposal_lives{24 * 7};
inline constexpr std::size_t k_change_reason_bytes = 300;

// The texts of a line that may be corrected.
struct RollTexts {
    std::string civility, last_name, first_name, corps, affectation, notice_place;
};
struct Correctable {
    std::string_view field;  // "lieu_notice": of a form; as an option --lieu-notice
    std::string RollTexts::*text;
    std::string_view key, label;  // key: in roll_change.detail
    std::size_t most;             // the column's characters
    bool is_required;
};
inline constexpr std::array<Correctable, 6> k_correctable{
    {{"civilite", &RollTexts::civility, "civility", "civilité", 8, false},
     {"nom", &RollTexts::last_name, "last_name", "nom", 80, true},
     {"prenom", &RollTexts::first_name, "first_name", "prénom", 80, true},
     {"corps", &RollTexts::corps, "corps", "corps", 80, true},
     {"affectation", &RollTexts::affectation, "affectation", "affectation", 160, true},
     {"lieu_notice", &RollTexts::notice_place, "notice_place", "lieu de la notice", 160, true}}};

// Whether the column may hold it: one line, not empty where one is required.
bool may_be_corrected_to(const Correctable& what, std::string_view value);

}  // namespace domain
