// SPDX-License-Identifier: AGPL-3.0-or-later
// Numbers told to a person, who dictates them on the telephone: no letter or digit that looks like another.
#pragma once

#include <cstdint>
#include <string>

namespace domain {

// A message's number in the outbox that tells no order: drawn by lot, above 0, below 2^48, where counted numbers begin.
std::uint64_t random_message_number();

// A letter, then 8 random symbols of the code de vote's alphabet: "R-7K3M-9PQR".
std::string make_public_number(char letter);

}  // namespace domain
