// SPDX-License-Identifier: AGPL-3.0-or-later
// JSON in the two ways the house needs it: trees (nlohmann) and the compact writing of texts inside signed records.
#pragma once

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace util {

using Json = nlohmann::json;

// Nothing on any error, duplicate keys and nesting beyond 100 included; never throws.
std::optional<Json> parse_json(std::string_view text);

// A JSON string with its quotes: only `"`, `\` and control characters are escaped, UTF-8 stays raw,
// as Belenios writes what it hashes.
std::string json_quote(std::string_view text);

}  // namespace util
