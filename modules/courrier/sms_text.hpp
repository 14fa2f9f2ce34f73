// SPDX-License-Identifier: AGPL-3.0-or-later
// What a telephone takes: the alphabet of GSM 03.38 and how many messages a text costs in it. Knows no gateway.
#pragma once

#include <optional>
#include <string_view>

namespace courrier {

// +33612345678: a plus and 8 to 15 digits.
bool is_international_number(std::string_view text);

// How many messages the text makes in the 7-bit alphabet: one of 160 septets, or several of 153; the characters of the extension table
// take two. Nothing if a character is in neither: the whole text would then go in 16 bits, 70 characters a message.
std::optional<unsigned> gsm_messages(std::string_view text);

}  // namespace courrier
