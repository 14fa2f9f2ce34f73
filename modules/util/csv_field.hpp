// SPDX-License-Identifier: AGPL-3.0-or-later
// A field of a CSV file as it must be written, quoted where needed; a leading = + - @, tab or line end is neutralised for spreadsheets, which would
// run it. Knows no file.
#pragma once

#include <string>
#include <string_view>

namespace util {

std::string csv_field(std::string_view text);

}  // namespace util
