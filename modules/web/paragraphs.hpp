// SPDX-License-Identifier: AGPL-3.0-or-later
// A text that somebody typed, as a view shows it. Knows no page.
#pragma once

#include <string_view>

#include "util/json.hpp"

namespace web {

// A text of several lines as paragraphs: [{text}], without empty lines.
util::Json paragraphs(std::string_view text);

}  // namespace web
