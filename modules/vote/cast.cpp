// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/cast.hpp"

#include "crypto/protocol.hpp"
#include "domain/credential_binding.hpp"
#include "domain/waiting_ballot.hpp"
#include "crypto/receipt.hpp"
#include "util/bytes.hpp"
#include "util/log.hpp"

namespace vote {

namespace {

using util::failure;
using util::Fault;

constexpr int k_store_attempts = 2;

util::Failure without_emargement(const MyScrutin& scrutin) {
    util::log(util::Level::error, "ballot-without-emargement", {{"scrutin", scrutin.code}});
    return failure(Fault::unavailable, "ballot without emargement");
}

std::string binding_of(const Keys& keys, const MyScrutin& scrutin, domain::VoterId voter) {
    return domain::credential_binding(keys.binding_key.view(), scrutin.uuid, voter.value);
}

util::Failure no_credential() { return failure(Fault::unavailable, "no public credential for an elector of the roll"); }

// The émargement's time; nothing: why the ballot is not stored, opened or suspended.
struct Kept {
    std::optional<util::Instant> at;
    StoreOutcome outcome;
};

// Whose ballot it is, before anything is said of what is stored: another's, copied from the public log, has a receipt that is not for him.
util::Status is_his(db::Connection& db, const Vote& vote) {
    const auto own = find_credential(db, vote.scrutin, vote.binding);
    if (!own) return no_credential();
    if (*own != vote.public_key) return failure(Fault::forbidden, "credential of another elector");
    return util::Done{};
}

// Stores, and finds out what became of it when the answer was lost: the lookup runs on a new connection, and if the lost
// transaction is still alive on the server, the second insert waits for its end at the unique key.
util::Result<Kept> store(db::Connection& db, const MyScrutin& scrutin, const Vote& vote) {
    for (int attempt = 1; attempt <= k_store_attempts; ++attempt) {
        try {
            const auto outcome = store_vote(db, vote);
            if (outcome == StoreOutcome::stored) return Kept{vote.voted_at, outcome};
            if (outcome == StoreOutcome::opened || outcome == StoreOutcome::suspended) return Kept{{}, outcome};
            if (outcome == StoreOutcome::not_open) return failure(Fault::closed, "the scrutin closed meanwhile");
        } catch (const db::Error& error) {
            if (error.is_retryable()) return failure(Fault::unavailable, error.what());  // retried enough, rolled back
            if (!error.is_connection_lost()) throw;
            util::log(util::Level::warning, "vote-outcome-unknown", {{"code", std::to_string(error.code())}});
        }
        if (const auto his = is_his(db, vote); !his) return his.error();
        const auto stored = find_stored(db, vote.scrutin, vote.voter, vote.ballot_hash, vote.credential_hash, vote.tags);
        if (stored.voted_at && stored.has_ballot) return Kept{stored.voted_at, StoreOutcome::stored};
        if (stored.voted_at) return failure(Fault::conflict, "voted meanwhile with another ballot");
        if (stored.has_ballot) return without_emargement(scrutin);
    }
    return failure(Fault::unavailable, "vote not stored");
}

}  // namespace

Decision decide(Phase phase, bool has_voted, bool has_ballot) {
    // Asked for its receipt again, a stored vote answers whatever the hour.
    if (has_voted) return has_ballot ? Decision::same_receipt : Decision::already_voted;
    if (has_ballot) return Decision::inconsistent;
    switch (phase) {
        case Phase::not_yet: return Decision::not_yet;
        case Phase::open: return Decision::check_and_store;
        case Phase::suspended: return Decision::suspended;
        case Phase::closed: break;
    }
    return Decision::closed;
}

util::Result<std::string> public_key_of_elector(db::Connection& db, const Keys& keys, const MyScrutin& scrutin,
                                                domain::VoterId voter) {
    auto key = find_credential(db, scrutin.id, binding_of(keys, scrutin, voter));
    if (!key) return no_credential();
    return *std::move(key);
}

util::Result<Cast> cast_ballot(db::Connection& db, SealedElections& sealed, const Keys& keys, const CastRequest& request) {
    const MyScrutin& scrutin = request.scrutin;
    if (request.phase == Phase::not_yet) return failure(Fault::closed, "not open yet");
    const auto election = sealed.find(db, scrutin.id, scrutin.uuid);
    if (!election) return election.error();

    const std::string digest = util::sha256(request.ballot), ballot_hash = util::to_hex(digest);
    const std::string binding = binding_of(keys, scrutin, request.voter);
    const auto receipt = [&](util::Instant at) {
        return Cast{crypto::make_receipt(keys.receipt_secret_key.view(), scrutin.uuid, util::to_base64_unpadded(digest), at)};
    };
    const auto tags_of = [&](const std::string& credential_hash) {
        return WaitingTags{domain::waiting_tag(keys.binding_key.view(), scrutin.uuid, ballot_hash),
                           domain::waiting_tag(keys.binding_key.view(), scrutin.uuid, credential_hash)};
    };

    // Who had not voted as this request began has nothing stored but in a race, and then the rows' keys send it to find_stored (store, above).
    Stored stored;
    if (scrutin.voted_at) {
        const auto public_key = find_credential(db, scrutin.id, binding);
        if (!public_key) return no_credential();
        const std::string credential_hash = crypto::sha_hex(*public_key);
        stored = find_stored(db, scrutin.id, request.voter, ballot_hash, credential_hash, tags_of(credential_hash));
    }
    switch (decide(request.phase, stored.voted_at.has_value(), stored.has_ballot)) {
        case Decision::check_and_store: break;
        case Decision::same_receipt: return receipt(*stored.voted_at);
        case Decision::already_voted: return failure(Fault::conflict, "has voted");
        case Decision::not_yet: return failure(Fault::closed, "not open yet");
        case Decision::suspended: return Cast{.receipt = {}, .is_suspended = true};
        case Decision::closed: return failure(Fault::closed, "closed");
        case Decision::inconsistent: return without_emargement(scrutin);
    }

    if (request.is_held_up) return failure(Fault::throttled, "too many ballots checked");
    const auto info = (*election)->election->check_ballot(request.ballot);
    if (!info) return failure(Fault::invalid, info.error().detail);
    const std::string credential_hash = crypto::sha_hex(info->credential);
    // The émargement needs no second, and each would help to tell which ballot came with it.
    const auto minute = std::chrono::floor<std::chrono::minutes>(request.now);
    auto waiting = (*election)->sealer.seal(credential_hash, request.ballot);
    const auto kept = store(db, scrutin,
                            {scrutin.id, request.voter, minute, ballot_hash, credential_hash, tags_of(credential_hash),
                             std::move(waiting), request.mail(minute), request.over_from, binding, info->credential});
    if (!kept) return kept.error();
    if (kept->at) return receipt(*kept->at);
    return Cast{.receipt = {},
                .was_opened = kept->outcome == StoreOutcome::opened,
                .is_suspended = kept->outcome == StoreOutcome::suspended};
}

}  // namespace vote
