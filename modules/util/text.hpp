// SPDX-License-Identifier: AGPL-3.0-or-later
// Text rules: UTF-8 checks, counting, trimming, the folding used to compare names and answers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace util {

// Strict UTF-8 (RFC 3629): no overlong form, no surrogate, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// Code points. Precondition: is_utf8(text).
std::size_t count_code_points(std::string_view text);

// How many bytes at the start of `text`, which is UTF-8, change what stands around them on a screen: a control, a break of line, a mark
// that turns the direction of writing (U+061C, U+200E, U+200F, U+2028 to U+202E, U+2066 to U+2069). 0 for any other character.
std::size_t unprintable_length(std::string_view text);
// One line fit to be shown as it is: UTF-8, 1 to `most` bytes, nothing of the above.
bool is_printable_line(std::string_view text, std::size_t most);
// Any text made fit to be shown: the above as "?", no more than `most` bytes and the rest of a character, "(not UTF-8)" for other bytes.
std::string printable(std::string_view text, std::size_t most = 300);

// Drops white space at both ends: ASCII blanks, U+00A0, U+202F, U+200B, U+FEFF.
std::string_view trim(std::string_view text);

// ASCII letters only.
std::string to_lower_ascii(std::string_view text);
std::string to_upper_ascii(std::string_view text);

// Its first letter as a capital, where it is of ASCII or Latin-1: « étape » gives « Étape ». Precondition: is_utf8(text).
std::string capitalised(std::string_view text);

// Lower case without accents, single spaces, typographic apostrophes made plain: « Éloïse  D’Ornano » gives
// "eloise d'ornano". Covers Latin-1 and Latin Extended-A; other characters stay. For searching, sorting and défi answers.
std::string fold(std::string_view text);

std::vector<std::string> split(std::string_view text, char separator);

// "1 023 211" with U+202F between groups, as French typography asks.
std::string french_number(long long value);

}  // namespace util
