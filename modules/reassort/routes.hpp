// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's route table.
#pragma once

#include <vector>

#include "web/route.hpp"
#include "web/settings.hpp"

namespace reassort {

// Reads the worker's secrets: throws std::runtime_error when one is missing.
std::vector<web::Route> routes(const web::Settings& settings);

}  // namespace reassort
