// SPDX-License-Identifier: AGPL-3.0-or-later
// Names; no SQL, no page.
#include "scrutins/result_figures.hpp"

namespace scrutins {

std::string full_name(const Candidate& candidate) {
    std::string name = candidate.civility;
    for (const auto& part : {candidate.first_name, candidate.last_name}) {
        if (!name.empty() && !part.empty()) name += ' ';
        name += part;
    }
    return name;
}

}  // namespace scrutins
