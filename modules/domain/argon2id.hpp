// SPDX-License-Identifier: AGPL-3.0-or-later
// Argon2id in memory that a thread keeps for its next one. Where memory is dear to get (virtual machines), asking the system for 19 MiB and
// giving them back cost twice as much as the hash itself. Knows no password rule and no stored form.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace domain {

inline constexpr std::size_t k_argon2id_salt_bytes = 16, k_argon2id_hash_bytes = 32;

// Version 1.3, one lane; `kib` of memory, wiped afterwards. Throws std::bad_alloc.
std::array<unsigned char, k_argon2id_hash_bytes> argon2id(std::string_view secret,
                                                          const std::array<unsigned char, k_argon2id_salt_bytes>& salt,
                                                          std::uint32_t passes, std::uint32_t kib);

}  // namespace domain
