// SPDX-License-Identifier: AGPL-3.0-or-later
// Random bytes from the system's generator (libsodium randombytes, getrandom(2) underneath).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace util {

std::string random_bytes(std::size_t count);

// Uniform in [0, bound), without modulo bias. Precondition: bound > 0.
std::uint32_t random_below(std::uint32_t bound);

// 128 or more bits in the URL alphabet: 22 characters for 16 bytes.
std::string random_token(std::size_t bytes = 16);

}  // namespace util
