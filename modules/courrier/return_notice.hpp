// SPDX-License-Identifier: AGPL-3.0-or-later
// What a mail that came back says (RFC 3464): that the box is full, that there is none, that it still waits. Anything else that comes to such an
// address, an absence, a thank-you, says nothing.
#pragma once

#include <optional>
#include <string_view>

namespace courrier {

// In the order of the column's words.
enum class ReturnKind : int { delayed = 1, full, unknown, refused };

inline constexpr std::size_t k_return_bytes =
    64 * 1024;  // what is looked at of one: the report comes first, the mail itself after it

std::optional<ReturnKind> judge_return(std::string_view mail);

}  // namespace courrier
