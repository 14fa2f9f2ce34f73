// SPDX-License-Identifier: AGPL-3.0-or-later
// Signs the office's journal of acts as it grows: a checkpoint over the hashes of all its entries, published in the form of the public
// logs (crypto/tlog.hpp). The office has no part of the key, so that it can neither change an act nor cut off the last ones and go
// unnoticed; the last checkpoint is kept outside the database too. Reads every entry, writes none.
#pragma once

#include <filesystem>
#include <string>

#include "crypto/merkle.hpp"
#include "crypto/tlog.hpp"
#include "db/connection.hpp"
#include "sceau/log_files.hpp"
#include "util/secret.hpp"

namespace sceau {

class JournalWriter {
public:
    // `secret_key`: base64url text of log_secret_key. `base_url`: of the portal, whose name the journal bears. `folder`: as LogFiles has it.
    JournalWriter(db::Connection& db, util::SecretText secret_key, std::string_view base_url, const std::filesystem::path& folder);

    // One look; how many entries were signed for the first time. A journal that is not an extension of what was signed is left alone, with
    // an error in the log each time.
    std::size_t write_round();

    // What is wrong with the journal as the tables have it; empty: nothing.
    const std::string& stopped() const { return stopped_; }
    // « journal SIZE ROOT » of the newest signed head, a line for the checkpoints of other logs; empty before the first.
    const std::string& line() const { return line_; }

private:
    std::string why_unfit();
    std::string why_set_back() const;
    crypto::tlog::Note newest_note();
    void publish(const crypto::tlog::Note& note);

    db::Connection& db_;
    util::SecretText secret_key_;
    crypto::tlog::Verifier key_;
    LogFiles files_;
    std::string last_hash_, stopped_, line_;
    crypto::merkle::Tree tree_;
    std::uint64_t published_ = 0;
    bool is_read_ = false;
};

}  // namespace sceau
