// SPDX-License-Identifier: AGPL-3.0-or-later
// Appends new ballots to the public log of each scrutin, batch by batch, and signs its heads. Keeps the right edge of each
// tree in memory; the tables are the truth, read and checked again at the start and after any error.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "crypto/merkle.hpp"
#include "db/connection.hpp"
#include "sceau/store.hpp"
#include "util/secret.hpp"

namespace sceau {

// A ballot's place in the log tells in which batch it came. A batch of one would tell who watches the émargement which
// ballot is whose, so a batch waits until it has `minimum` ballots, though not longer than `patience`.
struct BatchPolicy {
    unsigned minimum = 3;
    unsigned maximum = 1000;  // one transaction
    std::chrono::seconds patience{60};
};

class LogWriter {
public:
    using Time = std::chrono::steady_clock::time_point;

    // `secret_key`: base64url text of log_secret_key.
    LogWriter(db::Connection& db, util::SecretText secret_key, BatchPolicy policy);

    // One look at every sealed scrutin; the number of ballots appended. Returns early, between two batches, once `stop`
    // says so. A scrutin whose log does not hold is left alone, with an error in the log each time.
    std::size_t write_round(Time now, const std::function<bool()>& stop);

private:
    struct Log {
        crypto::merkle::Frontier frontier;
        std::optional<Time> pending_since;
    };

    std::size_t write_scrutin(const Scrutin& scrutin, Time now, const std::function<bool()>& stop);
    void write_batch(const Scrutin& scrutin, Log& log, const std::vector<std::string>& ballot_hashes);
    // The log as the tables hold it, or why it must not be extended.
    std::optional<Log> read_log(const Scrutin& scrutin, std::string& why) const;

    db::Connection& db_;
    util::SecretText secret_key_;
    std::string public_key_;
    BatchPolicy policy_;
    std::map<domain::ScrutinId, Log> logs_;
};

}  // namespace sceau
