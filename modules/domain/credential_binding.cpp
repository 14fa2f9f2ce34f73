// SPDX-License-Identifier: AGPL-3.0-or-later
#include "domain/credential_binding.hpp"

#include "util/bytes.hpp"

namespace domain {

std::string credential_binding(std::string_view binding_key, std::string_view uuid, unsigned voter_id) {
    return util::to_hex(util::hmac_sha256(binding_key, std::string(uuid) + "|" + std::to_string(voter_id)));
}

}  // namespace domain
