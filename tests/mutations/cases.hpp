// SPDX-License-Identifier: AGPL-3.0-or-later
// The spoiled archives: every record of a good election changed in every small way (json_mutations.hpp), as it is and, where keys
// allow, made whole again behind the change (signed, counted, decrypted anew), so that the change reaches the deep checks; then
// events and file entries moved about; then the file of second proofs beside the good archive. Knows no verifier.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "../unit/crypto/own_election.hpp"

namespace mutations {

struct Case {
    std::string label;
    std::function<std::string()> archive;  // its bytes; may be slow
    std::string companion = {};            // the file of second proofs given with it; empty: none
};

// `own`: BELENIOS-2048 or Ed25519, lives as long as the cases. `name` begins the labels.
std::vector<Case> cases_of(const test::OwnElection& own, const std::string& name);

}  // namespace mutations
