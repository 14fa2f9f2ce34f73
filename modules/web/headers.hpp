// SPDX-License-Identifier: AGPL-3.0-or-later
// Every header the workers send is written here, with a strict character check (stack.md C8).
#pragma once

#include <string>
#include <string_view>

#include "web/dispatch.hpp"
#include "web/response.hpp"

namespace web {

// The security headers of quality.md SEC-4 to SEC-9 and SEC-20, the same for every answer.
void add_security_headers(RawResponse& raw);

// Throws std::logic_error on a character that does not belong in a header (a programmer's error: no outside text comes here).
void add_header(RawResponse& raw, std::string name, std::string value);
void add_cookie(RawResponse& raw, std::string_view name, std::string_view value);

std::string_view reason_of(int status);

}  // namespace web
