// SPDX-License-Identifier: AGPL-3.0-or-later
// What is answered when something is refused or breaks: one map from faults to statuses to templates.
#pragma once

#include <string>
#include <string_view>

#include "util/result.hpp"
#include "web/response.hpp"
#include "web/route.hpp"
#include "web/shared.hpp"

namespace web {

int status_of(util::Fault fault);

// A handler's Failure, or a refusal of the skeleton, as a page or as JSON.
Response failure_response(util::Fault fault, ErrorForm form, const Env& env);
Response status_response(int status, ErrorForm form, const Env& env);

// To who was signed in and has been taken off the roll meanwhile: why, and whom to call. 403.
Response struck_off_response(ErrorForm form, const Env& env);
// To a guest of the desk, of any elector's page.
Response guest_response(ErrorForm form);

// Without an Env: {"error":…,"message":…}, or a whole page; `election` may be null.
std::string error_json(int status);
std::string error_page(int status, const Shared& shared, const Election* election, std::string_view request_id);
// While the database does not serve; `election` may be null.
std::string database_away_page(const Shared& shared, const Election* election, std::string_view request_id);
// Before an election is imported.
std::string not_open_page(const Shared& shared, std::string_view request_id);

}  // namespace web
