// SPDX-License-Identifier: AGPL-3.0-or-later
// Text inside an address (RFC 3986).
#pragma once

#include <string>
#include <string_view>

namespace util {

// Letters and digits of ASCII, "-", "_", "." and what `also_plain` has stay; any other byte becomes %XX. « é/1 » gives "%C3%A9%2F1".
std::string percent_escaped(std::string_view text, std::string_view also_plain = {});

}  // namespace util
