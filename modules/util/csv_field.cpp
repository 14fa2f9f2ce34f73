// SPDX-License-Identifier: AGPL-3.0-or-later
#include "util/csv_field.hpp"

namespace util {

std::string csv_field(std::string_view text) {
    std::string field(text);
    if (!field.empty() && std::string_view("=+-@\t\r").find(field.front()) != std::string_view::npos)
        field.insert(field.begin(), '\'');
    if (field.find_first_of(";,\"\r\n") == std::string::npos) return field;
    for (std::size_t at = field.find('"'); at != std::string::npos; at = field.find('"', at + 2)) field.insert(at, 1, '"');
    return '"' + field + '"';
}

}  // namespace util
