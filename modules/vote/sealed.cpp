// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/sealed.hpp"

#include <mutex>

#include "domain/seal.hpp"
#include "util/bytes.hpp"
#include "vote/store.hpp"

namespace vote {

SealedPtr SealedElections::find_parsed(domain::ScrutinId scrutin, std::string_view uuid) const {
    const std::shared_lock lock(mutex_);
    const auto it = parsed_.find(scrutin);
    return it != parsed_.end() && it->second->election->uuid() == uuid ? it->second : nullptr;
}

util::Result<SealedPtr> SealedElections::find(db::Connection& db, domain::ScrutinId scrutin, std::string_view uuid) {
    if (auto known = find_parsed(scrutin, uuid)) return known;

    const auto setup = find_setup(db, scrutin);
    if (!setup) return util::failure(util::Fault::closed, "scrutin not sealed");
    if (setup->receipt_key != receipt_key_) {
        return util::failure(util::Fault::unavailable, "the sealed receipt key is not this worker's");
    }
    auto election = crypto::Election::parse(setup->election);
    if (!election) return util::failure(util::Fault::unavailable, "sealed election record: " + election.error().detail);
    if ((*election)->uuid() != uuid) return util::failure(util::Fault::unavailable, "sealed uuid is not the scrutin's");

    auto sealer = domain::WaitingBallotSealer::of(setup->log_key);
    if (!sealer) return util::failure(util::Fault::unavailable, "the sealed log key is damaged");
    const auto seal = domain::read_seal(setup->seal);
    const bool is_named = util::sha256_hex(setup->seal) == (*election)->rules().seal;
    if (!(*election)->rules().seal.empty() && !(is_named && seal && seal->log_key == setup->log_key))
        return util::failure(util::Fault::unavailable, "the log key is not the one of the seal that the election names");

    // Two threads may have parsed it: either copy serves.
    const std::unique_lock lock(mutex_);
    return parsed_[scrutin] = std::make_shared<const Sealed>(Sealed{*std::move(election), *std::move(sealer), setup->seal});
}

}  // namespace vote
