// SPDX-License-Identifier: AGPL-3.0-or-later
// Reads a scrutin's ballots one after another without holding them all, each checked again on all cores if asked.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "crypto/protocol.hpp"
#include "scrutinctl/store_count.hpp"

namespace scrutinctl {

// Gives every ballot in the order of the hashes, after these checks: hash, credential of the list, every proof, the
// signature, one ballot per credential. `fault` says which ballot failed what, and the reading then ends.
class CheckedBallots {
public:
    CheckedBallots(db::Connection& db, domain::ScrutinId scrutin, const crypto::Election& election, unsigned threads,
                   std::function<void(std::uint64_t)> progress);
    std::optional<std::string> next();
    const std::string& fault() const { return fault_; }
    std::uint64_t count() const { return count_; }

private:
    void read_batch();

    db::Connection& db_;
    domain::ScrutinId scrutin_;
    const crypto::Election& election_;
    unsigned threads_;
    std::function<void(std::uint64_t)> progress_;
    std::unordered_set<std::string> listed_;  // public credentials not used yet
    std::vector<store::Ballot> batch_;
    std::size_t at_ = 0;
    std::string last_hash_, fault_;
    std::uint64_t count_ = 0;
};

// Gives ballots for the archive, in the order of the public log.
class ArchivedBallots {
public:
    ArchivedBallots(db::Connection& db, domain::ScrutinId scrutin) : db_(db), scrutin_(scrutin) {}
    std::optional<std::string> next();

private:
    db::Connection& db_;
    domain::ScrutinId scrutin_;
    std::vector<store::Ballot> batch_;
    std::size_t at_ = 0;
    unsigned leaf_ = 0;
};

}  // namespace scrutinctl
