// SPDX-License-Identifier: AGPL-3.0-or-later
// How electors are told when a ballot's reference appears in the public log; the rule itself is sceau/batches.hpp.
#pragma once

#include <chrono>
#include <string>

namespace domain {

// « par groupes d’au moins 10, toutes les 10 minutes »; the group is left out where one ballot makes one.
std::string batch_words(unsigned minimum, std::chrono::seconds every);

}  // namespace domain
