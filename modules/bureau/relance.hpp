// SPDX-License-Identifier: AGPL-3.0-or-later
// A reminder to those of an académie who have no space yet, as the page of requests shows it.
#pragma once

#include <string_view>

#include "util/json.hpp"
#include "web/env.hpp"

namespace bureau {

// has_last, last; may_ask, or why_not.
util::Json reminder_view(web::Env& env, std::string_view academie);

}  // namespace bureau
