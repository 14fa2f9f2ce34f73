// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a query string or a form body with cgicc, and checks what cgicc does not: repeated names, NUL, UTF-8, how many fields.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "util/result.hpp"
#include "web/route.hpp"

namespace web {

// Pairs of `application/x-www-form-urlencoded` text. invalid: a repeated name, too many fields, NUL, invalid UTF-8.
util::Result<Request::Pairs> read_form(std::string_view encoded);

// Checks `pairs` against the route's fields; `extra` names are let through. invalid: unknown or missing field, broken rule.
util::Status check_fields(const Request::Pairs& pairs, const std::vector<Field>& fields,
                          const std::vector<std::string_view>& extra);

// "a=b; c=d" of our own cookies, whose values need no decoding.
Request::Pairs read_cookies(std::string_view header);

// Percent-decoded path. invalid: bad escapes, NUL, not UTF-8, not beginning with '/'.
util::Result<std::string> decode_path(std::string_view uri);

// The path without what a sentence put after it (« . », « > », « ) », quotes); empty when nothing follows it, or when what is left is no plain
// path of this site.
std::string path_meant(std::string_view path);

}  // namespace web
