// SPDX-License-Identifier: AGPL-3.0-or-later
// The file of second proofs that stands beside an archive, <uuid>.preuves.json (SPECIFICATION-2.md 14.3): its one writing. Knows no
// group arithmetic.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace crypto {

struct Companion {
    struct Decryption {
        std::uint64_t owner = 0;
        std::string partial;  // hash of the partial decryption's record, in hexadecimal
        std::string proof;    // {"challenge":"…","response":"…"}
    };
    std::string uuid;
    std::string setup;                    // hash of the Setup event
    std::string encrypted_tally;          // hash of the encrypted total's record
    std::vector<Decryption> decryptions;  // by owner
};

std::string companion_name(std::string_view uuid);
std::string write_companion(const Companion& companion);
// Nothing for another writing, or owners out of their order. Challenges and responses are texts yet.
std::optional<Companion> read_companion(std::string_view text);

}  // namespace crypto
