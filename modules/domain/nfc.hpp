// SPDX-License-Identifier: AGPL-3.0-or-later
// Unicode's composed form: what two keyboards write in two ways is one password, one answer.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace domain {

// Nothing if not UTF-8.
std::optional<std::string> to_nfc(std::string_view text);

}  // namespace domain
