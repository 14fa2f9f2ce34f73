// SPDX-License-Identifier: AGPL-3.0-or-later
// The route table of the activation worker.
#pragma once

#include <memory>
#include <vector>

#include "activation/keys.hpp"
#include "web/route.hpp"
#include "web/settings.hpp"

namespace activation {

std::vector<web::Route> route_table(const std::shared_ptr<const Keys>& keys);

// Reads the worker's keys, then gives the table. Throws std::runtime_error if a secret is missing.
std::vector<web::Route> routes(const web::Settings& settings);

}  // namespace activation
