// SPDX-License-Identifier: AGPL-3.0-or-later
// The worker's route table.
#pragma once

#include <vector>

#include "web/route.hpp"
#include "web/settings.hpp"

namespace scrutins {

std::vector<web::Route> routes(const web::Settings& settings);

}  // namespace scrutins
