// SPDX-License-Identifier: AGPL-3.0-or-later
// Every header the workers send is written here, with a strict character check.
#pragma once

#include <string>
#include <string_view>

#include "web/raw_http.hpp"
#include "web/response.hpp"

namespace web {

// The security headers, the same for every answer: nothing inline, nothing from elsewhere, no frame, no cache.
void add_security_headers(RawResponse& raw);

// Throws std::logic_error on a character that does not belong in a header (a programmer's error: no outside text comes here).
void add_header(RawResponse& raw, std::string name, std::string value);
void add_cookie(RawResponse& raw, const Cookie& cookie);

std::string_view reason_of(int status);

}  // namespace web
