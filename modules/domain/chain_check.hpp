// SPDX-License-Identifier: AGPL-3.0-or-later
// The two chains that sceau signs, followed row by row and compared with its newest signature: a scrutin's log of ballots, and the office's journal.
// Whoever reads the rows may check: the office, a bureau. Reasons are French, for the minutes. Knows no SQL.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "crypto/merkle.hpp"
#include "crypto/tlog.hpp"

namespace domain {

struct LogHead {
    std::uint64_t size = 0;
    std::string root, signature;  // hex; base64url Ed25519
};

class BallotLogCheck {
public:
    // `log_key`: base64url, the sealed one. `head`: the newest there is.
    BallotLogCheck(std::string uuid, std::string log_key, std::optional<LogHead> head);

    void add_hash(std::string_view ballot_hash_raw);  // in the log's order
    std::uint64_t size() const { return frontier_.size(); }
    std::string root() const { return frontier_.root(); }  // raw

    // Empty: the head is signed and over these ballots, over all of them when `complete` (the urne is closed), or over the first of them.
    std::string why_not(bool complete) const;

private:
    void compare();

    std::string uuid_, log_key_;
    std::optional<LogHead> head_;
    crypto::merkle::Frontier frontier_;
    bool is_over_these_ = false;
};

struct JournalHead {
    std::uint64_t size = 0;
    std::string note;  // the signed checkpoint
};

class JournalCheck {
public:
    JournalCheck(crypto::tlog::Verifier key, std::optional<JournalHead> head);

    // From the first entry on, as stored; `at` as SQL writes it.
    void add(std::uint64_t id, std::string_view at, std::string_view actor, std::string_view action, std::string_view detail,
             std::string_view hash);

    std::uint64_t entries() const { return entries_; }
    std::uint64_t signed_entries() const { return head_ ? head_->size : 0; }
    const std::string& last_hash() const { return last_hash_; }

    bool is_broken() const { return broken_; }  // an entry is missing, or is not what follows the one before
    // Empty: no entry was changed, none is missing, and the newest head is signed and over the first of them.
    std::string why_not() const;

private:
    crypto::tlog::Verifier key_;
    std::optional<JournalHead> head_;
    crypto::merkle::Frontier tree_;
    std::uint64_t entries_ = 0;
    std::string last_hash_, root_at_head_;
    bool broken_ = false;
};

}  // namespace domain
