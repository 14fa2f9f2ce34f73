// SPDX-License-Identifier: AGPL-3.0-or-later
// Rounds of PBKDF2-HMAC-SHA256 by the processor's own SHA instructions, two keys side by side: one compression waits most of its time for
// itself. Knows no envelope. Where the processor has no such instructions, the caller has another way.
#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace domain {

// Words of SHA-256. A secret: whoever made it wipes it.
struct ShaRounds {
    std::array<std::uint32_t, 8> inner{}, outer{};  // the HMAC's two states after the key's block
    std::array<std::uint32_t, 8> digest{}, sum{};   // the last HMAC; all of them, by exclusive or
};

bool has_sha_instructions();

// `rounds` more of each of one or two. Precondition: has_sha_instructions(). Its time depends on their number alone.
void run_sha_rounds(std::span<ShaRounds* const> lanes, unsigned rounds);

}  // namespace domain
