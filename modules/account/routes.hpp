// SPDX-License-Identifier: AGPL-3.0-or-later
// The route table of the account worker.
#pragma once

#include <memory>
#include <vector>

#include "account/keys.hpp"
#include "account/texts.hpp"
#include "web/route.hpp"
#include "web/settings.hpp"

namespace account {

std::vector<web::Route> route_table(const std::shared_ptr<const Keys>& keys, const std::shared_ptr<const Texts>& texts);

// Reads keys and texts, then gives the table. Throws std::runtime_error if one is missing.
std::vector<web::Route> routes(const web::Settings& settings);

}  // namespace account
