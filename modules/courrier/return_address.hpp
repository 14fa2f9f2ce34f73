// SPDX-License-Identifier: AGPL-3.0-or-later
// Where a mail comes back to when it cannot be delivered: an address of its own for each message, with a code that only this process could
// make, so that nobody says of another's mail that it came back. Knows no mail program.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace courrier {

// "retours+281474976710657-0f3a…@elections.example" of "retours@elections.example". `message`: outbox.id.
std::string return_address(std::string_view base, std::string_view key, std::uint64_t message);
// Whose it is; nothing when it is none of ours, or its code is wrong. Capitals on the way do not matter.
std::optional<std::uint64_t> message_of_return(std::string_view base, std::string_view key, std::string_view address);

}  // namespace courrier
