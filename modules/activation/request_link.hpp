// SPDX-License-Identifier: AGPL-3.0-or-later
// Somebody gave an address: queue a link for its mailbox, or do the same work and leave nothing. No HTTP beyond the
// session that must remember what is waited for.
#pragma once

#include <string>
#include <string_view>

#include "activation/journey.hpp"
#include "util/result.hpp"
#include "web/env.hpp"
#include "web/response.hpp"

namespace activation {

// The limits that main.cpp announces. Networks are wide because an académie's schools leave by one address.
inline constexpr unsigned k_requests_per_address = 5, k_address_window = 3600;
inline constexpr unsigned k_requests_of_all = 120'000;  // in an hour: what a relay takes
inline constexpr unsigned k_requests_per_network = 3000, k_network_window = 600;

// `address`: as domain::normalise_address gives it; `typed`: shown again to the visitor. The cookie goes into `response`. Who has a space is sent
// nothing unless the password is `forgotten`: the page that follows asks everybody for it.
void request_link(web::Env& env, web::Response& response, std::string_view typed, std::string_view address, bool forgotten);

// Counts a request of the visitor's network; false when it asks too often: the browser calculates first (web/effort.hpp).
bool network_may_ask(web::Env& env, std::string_view client_ip);

}  // namespace activation
