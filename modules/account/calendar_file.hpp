// SPDX-License-Identifier: AGPL-3.0-or-later
// The calendar as a file that other programs read (RFC 5545). No HTTP, no SQL.
#pragma once

#include <string>

#include "domain/calendar.hpp"

namespace account {

// The dates an elector must not miss. `base_url`: the portal's address.
std::string calendar_file(const domain::Calendar& calendar, const std::string& title, const std::string& base_url,
                          util::Instant now);

}  // namespace account
