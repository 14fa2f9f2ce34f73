// SPDX-License-Identifier: AGPL-3.0-or-later
// The words and rules of a réclamation: its objects, its states, and the check of what was typed.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scrutins/store.hpp"
#include "web/form.hpp"

namespace scrutins {

inline constexpr std::size_t k_reclamation_text = 4000;  // characters, as the column holds

struct Choice {
    std::string_view value, label;
};
inline constexpr std::array<Choice, 3> k_reclamation_objects{{
    {"profil", "Mon profil électeur"},
    {"scrutins", "Les scrutins auxquels je participe"},
    {"liste_electorale", "Une liste électorale"},
}};

// « Mon profil électeur » of "profil", « en instruction » of "en_instruction"; empty for other words.
std::string_view object_label(std::string_view object);
std::string_view state_label(std::string_view state);

// What the person typed, made regular: line ends are single, ends are trimmed.
struct ReclamationForm {
    std::string object, scrutin_code, body;
};
ReclamationForm read_reclamation(std::string_view object, std::string_view scrutin_code, std::string_view body);

// Adds a sentence per fault; `mine` are the elector's scrutins. The scrutin may stay empty.
void check_reclamation(const ReclamationForm& form, const std::vector<MyScrutin>& mine, web::FormErrors& errors);

// The scrutin named in a checked form.
const MyScrutin* chosen_scrutin(const ReclamationForm& form, const std::vector<MyScrutin>& mine);

}  // namespace scrutins
