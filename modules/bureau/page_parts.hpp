// SPDX-License-Identifier: AGPL-3.0-or-later
// Parts of views that several pages of the desk share. Knows no SQL and no HTML.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bureau/desk.hpp"
#include "util/json.hpp"
#include "util/text.hpp"

namespace bureau {

// Context of partials/back_link.
inline util::Json back_link(std::string_view href, std::string_view label) { return {{"href", href}, {"label", label}}; }

// « 1 415 000 ».
inline std::string number(std::uint64_t value) { return util::french_number(static_cast<long long>(value)); }

// « ouvert »: of a scrutin, as the bureau says it.
std::string_view label_of_state(domain::ScrutinState state);

}  // namespace bureau
