// SPDX-License-Identifier: AGPL-3.0-or-later
// Who says he is who: addresses, NUMEN, birth dates and answers as people type them, made regular.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace domain {

// Professional address: blanks, capitals, typographic apostrophes, "mailto:" forgiven; lower case out. Nothing if it
// cannot be an address (one @, a dot in the domain, at most 190 bytes, no control character).
std::optional<std::string> normalise_address(std::string_view typed);

// NUMEN: 13 letters and digits, upper case out; spaces and hyphens forgiven.
std::optional<std::string> normalise_numen(std::string_view typed);

// "3/2/1971", "03.02.1971", "03021971", "1971-02-03" give "1971-02-03"; a date that exists, 1900 to now.
std::optional<std::string> normalise_birth_date(std::string_view typed);
// Whether it has the form of one, be it the 31st of February: what to say differs.
bool is_written_as_date(std::string_view typed);

// voter.identity_check: hex HMAC-SHA256(pepper, NUMEN "|" yyyy-mm-dd).
std::string identity_check(std::string_view numen_pepper, std::string_view numen, std::string_view birth_date);

// The answer to a question défi, as stored and compared: case, accents and needless spaces do not count.
std::string normalise_defi_answer(std::string_view typed);

}  // namespace domain
