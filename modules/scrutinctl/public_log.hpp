// SPDX-License-Identifier: AGPL-3.0-or-later
// The signed public log of a scrutin's ballots, compared with the urne: sceau signed how many ballots there are and in which order, and
// the office cannot sign in its place.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "crypto/tlog.hpp"
#include "domain/chain_check.hpp"
#include "scrutinctl/office.hpp"
#include "scrutinctl/store_scrutin.hpp"
#include "scrutinctl/store_sealed.hpp"

namespace scrutinctl {

// What sceau published last, outside the database, of a log: a scrutin's uuid, or the journal's name. From its folder where this machine has it
// ([log] folder), or from the portal itself. Nothing: there is none, or neither can be read, which is told once.
std::optional<std::string> published_note(Office& office, const std::string& log);
// The newest checkpoint that sceau published so: who sets tables back to an earlier signed head cannot set this back. refused: it is not signed by `key`.
util::Result<std::optional<crypto::tlog::Checkpoint>> published_checkpoint(Office& office, const std::string& log,
                                                                           const crypto::tlog::Verifier& key);

// Follows ballots in the order of an archive against the newest head that the sealed key signed, and that against what sceau published.
class HeadCheck {
public:
    HeadCheck(Office& office, const store::Scrutin& scrutin, std::string log_key);

    void add(std::string_view ballot);                // its bytes
    void add_hash(std::string_view ballot_hash_raw);  // or their SHA-256, 32 bytes
    // The head is over these ballots: over all of them when `complete` (the urne is closed), or over the first of them.
    util::Status outcome(bool complete) const;

private:
    util::Status compare_published() const;

    std::string code_;
    util::Result<std::optional<crypto::tlog::Checkpoint>> published_;
    std::optional<store::LogHead> head_;
    domain::BallotLogCheck check_;
};

// Without the ballots' bytes: the newest head stands over the leaves that the table has, and each leaf's ballot is in the urne.
util::Status check_public_log(Office& office, const store::Scrutin& scrutin, const std::string& log_key);

}  // namespace scrutinctl
