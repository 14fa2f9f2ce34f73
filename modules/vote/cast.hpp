// SPDX-License-Identifier: AGPL-3.0-or-later
// The cast: from an elector's ballot text to a stored vote and its receipt. Knows no HTTP and no page.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "db/connection.hpp"
#include "domain/ids.hpp"
#include "domain/scrutin.hpp"
#include "util/result.hpp"
#include "vote/keys.hpp"
#include "vote/sealed.hpp"
#include "vote/store.hpp"

namespace vote {

using domain::Phase;

// What to do with a ballot before looking at its proofs.
enum class Decision {
    check_and_store,
    same_receipt,   // this very ballot is his vote already: the answer was lost, or he pressed twice
    already_voted,  // a validated vote is final
    not_yet,
    suspended,
    closed,
    inconsistent,  // ballot without émargement: must not exist; nothing is touched and the log cries
};
Decision decide(Phase phase, bool has_voted, bool has_ballot);

struct CastRequest {
    const MyScrutin& scrutin;
    domain::VoterId voter;
    Phase phase;
    util::Instant now;
    std::string_view ballot;  // as sent
    // So many of his ballots were refused just now that no proof is checked: that costs as much as twenty pages.
    bool is_held_up = false;
    // The mail that goes with a vote of that minute; nothing: none.
    std::function<std::optional<Mail>(util::Instant voted_at)> mail = [](util::Instant) { return std::nullopt; };
    // From then on, by the database's clock as the ballot is stored, the vote is over.
    util::Instant over_from = util::k_never;
};

struct Cast {
    std::string receipt;        // its text; empty when nothing is stored
    bool was_opened = false;    // the ballot was opened instead of cast: it is refused for good
    bool is_suspended = false;  // the office has stopped the vote; this ballot may be sent again when it resumes
};

// invalid: the ballot fails a check; forbidden: another elector's credential; throttled: too many refusals; closed: not open (yet
// or any more); conflict: he has voted with another ballot; unavailable: the database or the seal. Whatever the failure,
// nothing of this request is stored, except after `unavailable`: then sending the same ballot again tells.
util::Result<Cast> cast_ballot(db::Connection& db, SealedElections& sealed, const Keys& keys, const CastRequest& request);

// The elector's public key in the scrutin. unavailable: none (sealing gave one to each elector of the roll).
util::Result<std::string> public_key_of_elector(db::Connection& db, const Keys& keys, const MyScrutin& scrutin,
                                                domain::VoterId voter);

}  // namespace vote
