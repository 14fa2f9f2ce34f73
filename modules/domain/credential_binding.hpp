// SPDX-License-Identifier: AGPL-3.0-or-later
// How the vote worker finds an elector's public credential: by a name that only the binding key can compute, so that a stolen
// dump joins nobody to a ballot.
#pragma once

#include <string>
#include <string_view>

namespace domain {

// urne.credential.binding: hex HMAC-SHA256(key, uuid "|" voter id in decimal).
std::string credential_binding(std::string_view binding_key, std::string_view uuid, unsigned voter_id);

}  // namespace domain
