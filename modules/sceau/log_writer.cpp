// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sceau/log_writer.hpp"

#include "util/signature.hpp"
#include "util/bytes.hpp"
#include "util/log.hpp"

namespace sceau {

namespace {

// The leaf is the hash's 32 bytes; the tables hold it in hexadecimal.
void append_hex(crypto::merkle::Frontier& frontier, const std::string& ballot_hash) {
    const auto bytes = util::from_hex(ballot_hash);
    if (!bytes || bytes->size() != 32) throw std::runtime_error("a ballot hash that is not 64 hexadecimal digits");
    frontier.append(*bytes);
}

}  // namespace

LogWriter::LogWriter(db::Connection& db, util::SecretText secret_key, BatchPolicy policy)
    : db_(db), secret_key_(std::move(secret_key)), public_key_(util::public_key_of(secret_key_.view())), policy_(policy) {}

std::size_t LogWriter::write_round(Time now, const std::function<bool()>& stop) {
    std::size_t written = 0;
    for (const auto& scrutin : sealed_scrutins(db_)) {
        if (stop()) break;
        try {
            written += write_scrutin(scrutin, now, stop);
        } catch (...) {
            logs_.erase(scrutin.id);  // memory and tables may differ: a lost answer, another writer
            throw;
        }
    }
    return written;
}

std::size_t LogWriter::write_scrutin(const Scrutin& scrutin, Time now, const std::function<bool()>& stop) {
    auto it = logs_.find(scrutin.id);
    if (it == logs_.end()) {
        std::string why;
        auto read = read_log(scrutin, why);
        if (!read) {
            util::log(util::Level::error, "log-not-extended", {{"scrutin", scrutin.uuid}, {"why", why}});
            return 0;
        }
        it = logs_.emplace(scrutin.id, *std::move(read)).first;
    }
    Log& log = it->second;

    // Counting reads an index alone; the join that finds the new ballots is dearer.
    const std::uint64_t ballots = count_ballots(db_, scrutin.id);
    if (ballots < log.frontier.size()) {
        util::log(util::Level::error, "log-not-extended", {{"scrutin", scrutin.uuid}, {"why", "ballots left the urne"}});
        return 0;
    }
    const std::uint64_t pending = ballots - log.frontier.size();
    if (pending == 0) {
        log.pending_since.reset();
        return 0;
    }
    if (!log.pending_since) log.pending_since = now;
    if (pending < policy_.minimum && now - *log.pending_since < policy_.patience) return 0;

    std::size_t written = 0;
    while (!stop()) {
        const auto hashes = pending_ballots(db_, scrutin.id, policy_.maximum);
        if (hashes.empty()) break;
        write_batch(scrutin, log, hashes);
        written += hashes.size();
        if (hashes.size() < policy_.maximum) break;
    }
    log.pending_since.reset();
    return written;
}

void LogWriter::write_batch(const Scrutin& scrutin, Log& log, const std::vector<std::string>& ballot_hashes) {
    auto frontier = log.frontier;
    for (const auto& hash : ballot_hashes) append_hex(frontier, hash);
    const std::string root = frontier.root();
    const auto message = crypto::merkle::head_message(scrutin.uuid, frontier.size(), root);
    const Head head{frontier.size(), util::to_hex(root), util::sign(secret_key_.view(), message)};
    append(db_, scrutin.id, log.frontier.size(), ballot_hashes, head);
    log.frontier = std::move(frontier);
}

std::optional<LogWriter::Log> LogWriter::read_log(const Scrutin& scrutin, std::string& why) const {
    if (scrutin.log_key != public_key_) {
        why = "the sealed log key is not ours";
        return std::nullopt;
    }
    Log log;
    bool in_order = true;
    each_leaf(db_, scrutin.id, [&](std::uint64_t index, const std::string& hash) {
        in_order = in_order && index == log.frontier.size();
        append_hex(log.frontier, hash);
    });
    const auto head = last_head(db_, scrutin.id);
    const std::string root = log.frontier.root();
    if (!in_order) {
        why = "a leaf is missing";
    } else if (!head && log.frontier.size() == 0) {
        return log;
    } else if (!head || head->size != log.frontier.size() || head->root != util::to_hex(root)) {
        why = "the leaves are not those of the last signed head";
    } else if (!util::verify_signature(public_key_, crypto::merkle::head_message(scrutin.uuid, head->size, root),
                                       head->signature)) {
        why = "the last head is not signed by us";
    } else {
        return log;
    }
    return std::nullopt;
}

}  // namespace sceau
