// SPDX-License-Identifier: AGPL-3.0-or-later
// Lines of canonical texts (seals, proclamations): a name and its fields, each after a tab. What a field holds of tabs, breaks and
// backslashes is written with a backslash, so that two different contents never give one text.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace domain::canonical {

using Fields = std::vector<std::string>;

// With its line feed.
std::string line(std::string_view name, std::initializer_list<std::string_view> fields);

// The name and the fields of each line. Of a text that line() did not write, whatever it gives: the caller writes again and compares.
std::vector<Fields> read_lines(std::string_view text);

// Numbers in decimal; 0 for a field that is none.
std::string to_field(std::uint64_t value);
std::uint64_t number_in(const std::string& field);

}  // namespace domain::canonical
