// SPDX-License-Identifier: AGPL-3.0-or-later
// Moves ballots from the inbox into the urne and the public log of each scrutin, batch by batch, signs its heads and publishes them.
// Keeps each tree in memory; the tables are the truth, read at the start and after any error, and never believed against
// what was signed before.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>

#include "crypto/merkle.hpp"
#include "crypto/tlog.hpp"
#include "db/connection.hpp"
#include "sceau/batches.hpp"
#include "sceau/log_files.hpp"
#include "sceau/store.hpp"
#include "util/secret.hpp"

namespace sceau {

class LogWriter {
public:
    // `secret_key`: base64url text of log_secret_key. `base_url`: of the portal, whose name the logs bear.
    LogWriter(db::Connection& db, util::SecretText secret_key, std::string base_url, const std::filesystem::path& folder,
              BatchPolicy policy);

    // One look at every sealed scrutin; the number of ballots moved. Batches of a running vote move when `is_due`; where the vote is
    // over, everything does, and the checkpoint says that it is the last: that log never grows again. Returns early, between two batches, once `stop` says so. A scrutin whose log does not hold is left
    // alone, and looked at again when due. Throws db::Error when the database is away.
    std::size_t write_round(bool is_due, const std::function<bool()>& stop);

    // Lines that each checkpoint carries from now on after its third, each with its newline; one that stands for long carries those of the last
    // fixed time.
    void set_extension(std::string lines) { extension_ = std::move(lines); }

    // Scrutins that are left alone, by uuid, and why.
    const std::map<std::string, std::string>& stopped() const { return stopped_; }

private:
    struct Log {
        crypto::merkle::Tree tree;
        crypto::tlog::Verifier key;                         // its name and our public key
        std::string extension;                              // of its newest checkpoint
        std::string text;                                   // of it
        std::vector<crypto::tlog::Signature> cosignatures;  // under that text
        bool is_final = false;                              // its end was signed: the vote is over, and nothing waits
    };

    std::size_t write_scrutin(const Scrutin& scrutin, bool is_due, const std::function<bool()>& stop);
    void write_batch(const Scrutin& scrutin, Log& log, const std::vector<std::string>& tags);
    void publish(const Scrutin& scrutin, Log& log);
    void add_cosignatures();
    // The log as the tables hold it, or why it must not be extended.
    util::Result<Log> read_log(const Scrutin& scrutin) const;
    std::string why_changed(const Scrutin& scrutin, const Log& log) const;
    void leave_alone(const Scrutin& scrutin, const std::string& why);

    db::Connection& db_;
    util::SecretText secret_key_;
    std::string public_key_, base_url_, extension_, cosignature_mark_;
    LogFiles files_;
    BatchPolicy policy_;
    std::map<domain::ScrutinId, Log> logs_;
    std::map<std::string, std::string> stopped_;
};

}  // namespace sceau
