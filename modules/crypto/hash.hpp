// SPDX-License-Identifier: AGPL-3.0-or-later
// The hash writings of SPECIFICATION.md 2.
#pragma once

#include <string>
#include <string_view>

namespace crypto {

std::string sha_hex(std::string_view bytes);  // 64 lower-case hex digits
std::string sha_b64(std::string_view bytes);  // 43 characters, standard alphabet, no '='

}  // namespace crypto
