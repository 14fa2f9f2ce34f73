// SPDX-License-Identifier: AGPL-3.0-or-later
// Steps of the count that several commands take: decrypt, tally and proclaim may come in any order after the close.
#pragma once

#include "scrutinctl/office.hpp"
#include "scrutinctl/select.hpp"
#include "scrutinctl/store_count.hpp"

namespace scrutinctl {

// What was sealed of a scrutin.
struct SealedElection {
    store::Setup setup;
    std::shared_ptr<const crypto::Election> election;

    // Of the Setup event: what second proofs and holders' notes name.
    std::string setup_hash() const { return crypto::setup_event_hash(setup.election, setup.trustees, setup.public_creds_hash); }
};
util::Result<SealedElection> sealed_election(Office& office, const store::Scrutin& scrutin);

// The encrypted tally of a closed scrutin: as stored, or made now. Before it is made: ballots = émargements ≤ inscrits, and
// every ballot checked again. Anything wrong stops the count and says so.
util::Result<store::StoredTally> encrypted_tally_of(Office& office, const store::Scrutin& scrutin);

// Combines all partial decryptions of a closed scrutin and moves it to `tallied`. unavailable: some are still missing. Refused, with the
// holder named, when a second proof does not hold; when two contradict each other.
util::Status combine_scrutin(Office& office, const store::Scrutin& scrutin);

// Ballots and émargements of a scrutin agree.
util::Status check_counters(Office& office, const store::Scrutin& scrutin);

}  // namespace scrutinctl
