// SPDX-License-Identifier: AGPL-3.0-or-later
// How a ballot waits in urne.inbox. Its row and the émargement are written by one transaction, and whatever the database keeps of
// that transaction (undo and redo logs, a binary log, a cluster's write sets, backups, the disk's free space) has them side by side.
// So the row says nothing: the ballot is sealed for sceau, and its two keys are tags that the vote worker alone can compute.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace domain {

// Of a ballot's or a credential's hash: hex HMAC-SHA256(binding key, "inbox|1|" uuid "|" hash).
std::string waiting_tag(std::string_view binding_key, std::string_view uuid, std::string_view hash_hex);

// Whether ballots can be sealed for this log key (base64url, as sealing named it).
[[nodiscard]] bool is_sealing_key(std::string_view log_key);

// urne.inbox.sealed: base64url of a libsodium sealed box for the log key's X25519 form, around credential hash (hex) and ballot, padded
// to a multiple of 4096 bytes: lengths of ballots differ by some digits, and would tell. The key must be a sealing key.
std::string seal_waiting_ballot(std::string_view log_key, std::string_view credential_hash, std::string_view ballot);

// The same for a log key whose X25519 form is made once: that costs as much as the box itself.
class WaitingBallotSealer {
public:
    // Nothing if it is no sealing key.
    static std::optional<WaitingBallotSealer> of(std::string_view log_key);
    std::string seal(std::string_view credential_hash, std::string_view ballot) const;

private:
    explicit WaitingBallotSealer(std::string key) : key_(std::move(key)) {}
    std::string key_;
};

struct WaitingBallot {
    std::string credential_hash, ballot;
};
// With the log's secret key (base64url). None if it was not sealed for it.
std::optional<WaitingBallot> open_waiting_ballot(std::string_view log_secret_key, std::string_view sealed);

}  // namespace domain
