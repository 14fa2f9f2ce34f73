// SPDX-License-Identifier: AGPL-3.0-or-later
// What a scrutin's sealing published, read from the two texts that the portal gives at /scellement/CODE: the election, whose fingerprint is
// on the poster, and the seal that it names (modules/scrutinctl/README-sceau.md). Whoever has the fingerprint by another way needs to
// believe neither.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "auditor/source.hpp"
#include "util/result.hpp"

namespace auditor {

struct SealedFacts {
    std::string fingerprint;           // hex SHA-256 of the election
    std::string code, uuid;            // of the scrutin
    std::string receipt_key, log_key;  // base64url
    std::string programs;              // hex SHA-256 of the list of files
    std::string election;              // the record
};

// As printed in eight groups of four, or whole; blanks and case forgiven.
bool is_fingerprint_of(std::string_view given, std::string_view hex);

// `election` and `texte` below `folder`. not_found, unavailable: as Source; invalid: the election names another seal, or none; refused:
// `fingerprint` is given and is not the election's.
util::Result<SealedFacts> read_sealed(const Source& source, const std::string& folder,
                                      const std::optional<std::string>& fingerprint);

}  // namespace auditor
