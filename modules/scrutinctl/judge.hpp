// SPDX-License-Identifier: AGPL-3.0-or-later
// What stands in the archive of a scrutin once it was verified: a count works from the archive, so that what is proclaimed is what
// anybody can check.
#pragma once

#include <string>
#include <vector>

#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/select.hpp"

namespace scrutinctl {

struct Judged {
    std::string digest;  // hex SHA-256 of the archive
    std::uint64_t ballots = 0;
    std::vector<std::uint64_t> votes;  // blank first; empty without a result
    std::string judges;                // « scrutin-verify, belenios-tool »
};
// Writes the archive of a closed scrutin into a folder of its own, has it judged by our verifier, second proofs included, and, where it is
// installed, by belenios-tool, compares it with the seal, the signed log and the attendance, and removes it. `result`: the one that it
// must prove, stored or not yet; empty before there is one. refused: what does not hold.
util::Result<Judged> judge_archive(Office& office, const store::Scrutin& scrutin, const SealKeeper::Sealed& sealed,
                                   const std::string& result);

}  // namespace scrutinctl
