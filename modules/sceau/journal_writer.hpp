// SPDX-License-Identifier: AGPL-3.0-or-later
// Signs the office's journal of acts as it grows: a checkpoint over the hashes of all its entries, in the form of the public log's. The
// office has no part of the key, so that it can neither change an act nor cut off the last ones and go unnoticed. Reads every entry,
// writes none.
#pragma once

#include <string>

#include "crypto/merkle.hpp"
#include "db/connection.hpp"
#include "util/secret.hpp"

namespace sceau {

class JournalWriter {
public:
    // `origin`: the journal's name in its checkpoints (domain/audit.hpp). `secret_key`: base64url text of log_secret_key.
    JournalWriter(db::Connection& db, util::SecretText secret_key, std::string origin);

    // One look; how many entries were signed for the first time. A journal that is not an extension of what was signed is left alone, with
    // an error in the log each time.
    std::size_t write_round();

private:
    std::string why_unfit();

    db::Connection& db_;
    util::SecretText secret_key_;
    std::string origin_, public_key_, last_hash_;
    crypto::merkle::Frontier frontier_;
    bool is_read_ = false;
};

}  // namespace sceau
