// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "web/route.hpp"
#include "web/settings.hpp"

namespace bureau {

// Loads the worker's key. Throws std::runtime_error without it.
std::vector<web::Route> routes(const web::Settings& settings);

}  // namespace bureau
