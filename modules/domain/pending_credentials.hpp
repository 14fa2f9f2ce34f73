// SPDX-License-Identifier: AGPL-3.0-or-later
// An elector's public credentials between the making of the codes and the sealing, weeks apart. Beside the elector's number they would say
// whose ballot is whose for ever; so they wait under a key that the binding key gives, which says it anyway, and go with the sealing.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace domain {

// base64url of XChaCha20-Poly1305 around `lines`, for this elector alone. The key is HMAC-SHA256(binding key, "pending credentials|1").
std::string seal_pending(std::string_view binding_key, unsigned voter_id, std::string_view lines);
// None: another key, another elector's, or changed.
std::optional<std::string> open_pending(std::string_view binding_key, unsigned voter_id, std::string_view sealed);

}  // namespace domain
