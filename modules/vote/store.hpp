// SPDX-License-Identifier: AGPL-3.0-or-later
// Every SQL statement of the vote worker: plain structs out, no page and no protocol. It alone
// writes in both databases; nothing it returns is kept beyond a request.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "db/connection.hpp"
#include "domain/envelope.hpp"
#include "domain/ids.hpp"
#include "domain/scrutin.hpp"
#include "util/clock.hpp"

namespace vote {

// A scrutin on whose roll the elector is.
struct MyScrutin {
    domain::ScrutinId id;
    std::string code, uuid, title, instance, level;
    domain::ScrutinState state = domain::ScrutinState::draft;
    std::optional<util::Instant> voted_at;  // set: he has voted
    unsigned position = 0;
    domain::Stop stop = {};

    std::pair<unsigned, domain::ScrutinId> place() const { return {position, id}; }
    std::string_view code_of() const { return code; }
    MyScrutin without_roll() const {
        MyScrutin scrutin = *this;
        scrutin.voted_at.reset();
        return scrutin;
    }
};

// In order of display, published ones only.
std::vector<MyScrutin> my_scrutins(db::Connection& db, domain::VoterId voter);

struct CandidateList {
    unsigned position;
    std::string name, union_name;
    bool has_profession = false;
    std::vector<std::string> candidates;  // « first last », in list order; none: a list by its union's name alone
};
std::vector<CandidateList> candidate_lists(db::Connection& db, domain::ScrutinId scrutin);

std::optional<domain::Envelope> find_envelope(db::Connection& db, domain::VoterId voter);

// What sealing fixed.
struct Setup {
    std::string uuid, election, receipt_key, log_key;
    std::string seal;  // the text of domain/seal.hpp; empty in a scrutin that was sealed without
};
std::optional<Setup> find_setup(db::Connection& db, domain::ScrutinId scrutin);
// Codes of sealed scrutins whose receipts are to be signed by another key than this one.
std::vector<std::string> scrutins_of_other_receipt_key(db::Connection& db, std::string_view receipt_key);

// The elector's public key (enc) in this scrutin.
std::optional<std::string> find_credential(db::Connection& db, domain::ScrutinId scrutin, std::string_view binding);

// What a ballot and its credential are called while it waits (domain/waiting_ballot.hpp).
struct WaitingTags {
    std::string ballot, credential;
};

// What tells the elector that somebody voted in his name. Its number is drawn by lot, and no time in it is finer than the minute: nothing of
// it says who voted after whom.
struct Mail {
    std::uint64_t number;  // below 2^48
    std::string idempotency_key, recipient, subject, body;
    util::Instant leaves_at;
};

// A ballot whose proofs hold, and who sends it.
struct Vote {
    domain::ScrutinId scrutin;
    domain::VoterId voter;
    util::Instant voted_at;                    // to the minute
    std::string ballot_hash, credential_hash;  // hex
    WaitingTags tags;
    std::string sealed;  // as it waits
    std::optional<Mail> mail = {};
    // By the database's clock as the ballot is stored: from then on it is not_open.
    util::Instant over_from = util::k_never;
    // The sender's, as urne.credential has it, and the credential that the ballot names: stored only where they are of one row.
    std::string binding = {}, public_key = {};
};

// What the two databases hold of this elector and this ballot, in one snapshot.
struct Stored {
    std::optional<util::Instant> voted_at;  // the émargement
    bool has_ballot = false;                // this very ballot, under this elector's credential
};
Stored find_stored(db::Connection& db, domain::ScrutinId scrutin, domain::VoterId voter, std::string_view ballot_hash,
                   std::string_view credential_hash, const WaitingTags& tags);

enum class StoreOutcome { stored, duplicate, not_open, suspended, opened };
// Émargement, ballot (in the urne's inbox) and mail in one transaction, or nothing; a mail that cannot be written hinders no vote. duplicate: he has
// voted, or this ballot or this credential is in the urne, or it is another's credential; find_credential and find_stored tell. not_open: the
// scrutin's state changed meanwhile; suspended: the office stopped it. opened: this ballot showed its choice.
// Throws db::Error; after a lost connection the outcome is unknown: ask find_stored.
StoreOutcome store_vote(db::Connection& db, const Vote& vote);

enum class NoteOutcome { noted, cast };
// From now on this ballot is never stored. cast: it is stored already, and nothing is noted. Of note_opened and store_vote
// at once, on however many connections of one server, at most one succeeds. Noting twice is noting once. Throws db::Error.
NoteOutcome note_opened(db::Connection& db, domain::ScrutinId scrutin, std::string_view ballot_hash, std::string_view ballot_tag);

}  // namespace vote
