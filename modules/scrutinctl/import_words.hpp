// SPDX-License-Identifier: AGPL-3.0-or-later
// What an import knows of an election, as the domain's rules about lines take it; and its numbers.
#pragma once

#include <string_view>
#include <vector>

#include "domain/line_words.hpp"
#include "scrutinctl/import_model.hpp"

namespace scrutinctl {

// 12 of « 12 », « 1 234 » (any space) and « 12,0 »; 0 for what is no whole number above zero.
unsigned number_of(std::string_view text);

std::vector<domain::AcademieName> academies_of(const ImportedElection& election);
std::vector<domain::ScrutinPlace> places_of(const ImportedElection& election);
// Of académies, scrutins and rules as far as they are read.
domain::LineWords words_of(const ImportedElection& election);

}  // namespace scrutinctl
