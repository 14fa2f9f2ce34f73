// SPDX-License-Identifier: AGPL-3.0-or-later
#pragma once

#include <vector>

#include "web/route.hpp"
#include "web/settings.hpp"

namespace vote {

// Loads the worker's keys and warns of sealed scrutins that name another receipt key. Throws if a key is not there.
std::vector<web::Route> routes(const web::Settings& settings);

}  // namespace vote
