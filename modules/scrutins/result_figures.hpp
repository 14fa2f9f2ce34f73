// SPDX-License-Identifier: AGPL-3.0-or-later
// The figures and names of a results page.
#pragma once

#include <string>

#include "domain/figures.hpp"
#include "scrutins/store.hpp"

namespace scrutins {

using domain::bar_length;
using domain::percent;

// « Mme Alice Durand ».
std::string full_name(const Candidate& candidate);

}  // namespace scrutins
