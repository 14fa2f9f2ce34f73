// SPDX-License-Identifier: AGPL-3.0-or-later
#include "crypto/hash.hpp"

#include "util/bytes.hpp"

namespace crypto {

std::string sha_hex(std::string_view bytes) { return util::to_hex(util::sha256(bytes)); }
std::string sha_b64(std::string_view bytes) { return util::to_base64_unpadded(util::sha256(bytes)); }

}  // namespace crypto
