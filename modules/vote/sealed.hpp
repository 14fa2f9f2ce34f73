// SPDX-License-Identifier: AGPL-3.0-or-later
// Sealed elections, parsed once per process and shared by its threads. What sealing fixed never changes, so nothing here
// is ever refreshed; a scrutin whose uuid is another one is another election and is read anew.
#pragma once

#include <map>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>

#include "crypto/protocol.hpp"
#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/waiting_ballot.hpp"
#include "util/result.hpp"

namespace vote {

struct Sealed {
    std::shared_ptr<const crypto::Election> election;
    domain::WaitingBallotSealer sealer;  // of the log's key
    std::string seal;                    // the text that the record's description names, for the booth to compare; may be empty
};
using SealedPtr = std::shared_ptr<const Sealed>;

class SealedElections {
public:
    // `receipt_key`: the public half of the key that this worker signs receipts with.
    explicit SealedElections(std::string receipt_key) : receipt_key_(std::move(receipt_key)) {}

    // closed: not sealed yet. unavailable: the record or the log's key is damaged, or the key is not the sealed one (a ballot sealed for
    // another could never be opened), or the sealed receipt key is not ours, so that no
    // booth would believe our receipts: better no vote than one without proof.
    util::Result<SealedPtr> find(db::Connection& db, domain::ScrutinId scrutin, std::string_view uuid);

    const std::string& receipt_key() const { return receipt_key_; }

private:
    SealedPtr find_parsed(domain::ScrutinId scrutin, std::string_view uuid) const;

    std::string receipt_key_;
    mutable std::shared_mutex mutex_;
    std::map<domain::ScrutinId, SealedPtr> parsed_;
};

}  // namespace vote
