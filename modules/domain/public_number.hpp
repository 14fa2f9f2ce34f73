// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers told to a person, who dictates them on the telephone: no letter or digit that looks like another.
#pragma once

#include <string>

namespace domain {

// A letter, then 8 random symbols of the code de vote's alphabet: "R-7K3M-9PQR".
std::string make_public_number(char letter);

}  // namespace domain
