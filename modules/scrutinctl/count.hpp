// SPDX-License-Identifier: AGPL-3.0-or-later
// Steps of the count that several commands take: decrypt, tally and proclaim may come in any order after the close.
#pragma once

#include "scrutinctl/office.hpp"
#include "scrutinctl/seal_keeper.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_count.hpp"

namespace scrutinctl {

// Of the Setup event: what second proofs and holders' notes name.
inline std::string setup_hash_of(const store::Setup& setup) {
    return crypto::setup_event_hash(setup.election, setup.trustees, setup.public_creds_hash);
}

// What was sealed of a scrutin.
struct SealedElection {
    store::Setup setup;
    std::shared_ptr<const crypto::Election> election;

    std::string setup_hash() const { return setup_hash_of(setup); }
};
util::Result<SealedElection> sealed_election(Office& office, const store::Scrutin& scrutin);

// The encrypted tally of a closed scrutin. Whoever asks, the seal holds, ballots = émargements ≤ inscrits, the signed log is over these
// ballots, and the total is their product; the first time, every ballot is verified in an archive of its own. Anything wrong stops
// this scrutin's count and says so.
util::Result<store::StoredTally> encrypted_tally_of(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin);

// Combines all partial decryptions of a closed scrutin and moves it to `tallied`. unavailable: some are still missing. Refused, with the
// holder named, when a second proof does not hold; when two contradict each other; when the archive does not prove the result.
util::Status combine_scrutin(Office& office, SealKeeper& keeper, const store::Scrutin& scrutin);

// Ballots and émargements of a scrutin agree.
util::Status check_counters(Office& office, const store::Scrutin& scrutin);

}  // namespace scrutinctl
