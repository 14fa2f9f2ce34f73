// SPDX-License-Identifier: AGPL-3.0-or-later
// A proof that one entry is in a public log, checked without any network (c2sp.org/tlog-proof): its place, the hashes from its leaf to
// the root, and the signed checkpoint whole. Our entries are ballots' hashes: 32 bytes. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/merkle.hpp"
#include "crypto/tlog.hpp"

namespace crypto::tlog {

struct InclusionProof {
    std::uint64_t index = 0;
    merkle::Proof hashes;
    std::string note;  // the checkpoint, as the log signed it

    std::string write() const;
    // One writing; at most 64 KiB. A line « extra » is read and left aside: nothing signs it.
    static std::optional<InclusionProof> parse(std::string_view text);

    // The entry is in this checkpoint, which the caller opened from `note`.
    [[nodiscard]] bool shows(std::string_view entry, const Checkpoint& checkpoint) const;
};

// How such a file begins.
constexpr std::string_view k_proof_heading = "c2sp.org/tlog-proof@v1\n";

}  // namespace crypto::tlog
