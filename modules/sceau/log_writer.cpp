// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sceau/log_writer.hpp"

#include <algorithm>

#include "domain/waiting_ballot.hpp"
#include "util/bytes.hpp"
#include "util/log.hpp"
#include "util/signature.hpp"

namespace sceau {

namespace tlog = crypto::tlog;

namespace {

// The leaf is the hash's 32 bytes; the tables hold it in hexadecimal.
std::string leaf_of(const std::string& ballot_hash) {
    auto bytes = util::from_hex(ballot_hash);
    if (!bytes || bytes->size() != 32) throw std::runtime_error("a ballot hash that is not 64 hexadecimal digits");
    return *std::move(bytes);
}

util::Failure unsound(std::string why) { return util::failure(util::Fault::conflict, std::move(why)); }

}  // namespace

LogWriter::LogWriter(db::Connection& db, util::SecretText secret_key, std::string base_url, const std::filesystem::path& folder,
                     BatchPolicy policy)
    : db_(db),
      secret_key_(std::move(secret_key)),
      public_key_(util::public_key_of(secret_key_.view())),
      base_url_(std::move(base_url)),
      files_(folder),
      policy_(policy) {}

std::size_t LogWriter::write_round(bool is_due, const std::function<bool()>& stop) {
    std::size_t written = 0;
    for (const auto& scrutin : sealed_scrutins(db_)) {
        if (stop()) break;
        try {
            written += write_scrutin(scrutin, is_due, stop);
        } catch (const std::exception& error) {
            logs_.erase(scrutin.id);  // memory and tables may differ: a lost answer, another writer
            const auto* const of_database = dynamic_cast<const db::Error*>(&error);
            if (of_database == nullptr) leave_alone(scrutin, error.what());
            else if (of_database->is_connection_lost()) throw;
            else util::log(util::Level::error, "log-round-failed", {{"scrutin", scrutin.uuid}, {"why", error.what()}});
        }
    }
    if (!stop()) add_cosignatures();
    return written;
}

// Told once, and again at each fixed time.
void LogWriter::leave_alone(const Scrutin& scrutin, const std::string& why) {
    util::log(util::Level::error, "log-not-extended", {{"scrutin", scrutin.uuid}, {"why", why}});
    stopped_[scrutin.uuid] = why;
}

std::size_t LogWriter::write_scrutin(const Scrutin& scrutin, bool is_due, const std::function<bool()>& stop) {
    if (stopped_.contains(scrutin.uuid) && !is_due) return 0;
    auto it = logs_.find(scrutin.id);
    if (it == logs_.end()) {
        auto read = read_log(scrutin);
        if (!read) {
            leave_alone(scrutin, read.error().detail);
            return 0;
        }
        it = logs_.emplace(scrutin.id, *std::move(read)).first;
        it->second.extension = extension_;
        publish(scrutin, it->second);
        stopped_.erase(scrutin.uuid);
    }
    if (!is_due && !scrutin.is_over) return 0;

    Log& log = it->second;
    const auto waiting = waiting_tags(db_, scrutin.id);
    const bool ends = scrutin.is_over && !log.is_final;
    if (waiting.empty() && !is_due && !ends) return 0;
    if (const std::string why = why_changed(scrutin, log); !why.empty()) {
        leave_alone(scrutin, why);
        logs_.erase(it);
        return 0;
    }
    std::size_t written = 0;
    for (const auto& batch : choose_batches(waiting, scrutin.is_over, policy_)) {
        if (stop()) break;
        write_batch(scrutin, log, batch);
        written += batch.size();
    }
    log.is_final = log.is_final || (ends && written == waiting.size());
    if ((ends && log.is_final) || (is_due && log.extension != extension_)) {
        log.extension = extension_;
        publish(scrutin, log);
    }
    return written;
}

// First the tables, then our own memory, then the world: whatever was published is remembered, and whatever is remembered was
// in the tables.
// Ballots are opened twice, so that a batch of the largest fits into memory: for their order, and to move them.
void LogWriter::write_batch(const Scrutin& scrutin, Log& log, const std::vector<std::string>& tags) {
    const auto open = [&](const std::string& tag) {
        auto opened = domain::open_waiting_ballot(secret_key_.view(), sealed_ballot(db_, scrutin.id, tag));
        if (!opened) throw std::runtime_error("what waits under " + tag + " was not sealed for this log's key");
        return *std::move(opened);
    };
    std::vector<Move> moves;
    moves.reserve(tags.size());
    for (const auto& tag : tags) moves.push_back({util::sha256_hex(open(tag).ballot), tag});
    std::sort(moves.begin(), moves.end(), [](const Move& a, const Move& b) { return a.ballot_hash < b.ballot_hash; });
    const std::uint64_t first = log.tree.size();
    for (const auto& move : moves) log.tree.append(leaf_of(move.ballot_hash));
    const std::uint64_t size = log.tree.size();
    const std::string root = log.tree.root(size);
    const auto message = crypto::merkle::head_message(scrutin.uuid, size, root);
    move_batch(db_, scrutin.id, first, moves, {size, util::to_hex(root), util::sign(secret_key_.view(), message)},
               [&](const Move& move) {
                   auto [credential_hash, ballot] = open(move.tag);
                   return Entering{std::move(credential_hash), std::move(ballot)};
               });
    log.extension = extension_;
    publish(scrutin, log);
}

void LogWriter::publish(const Scrutin& scrutin, Log& log) {
    const std::uint64_t size = log.tree.size();
    const std::string text = tlog::Checkpoint{log.key.name, size, log.tree.root(size)}.text() + log.extension +
                             std::string(log.is_final ? tlog::k_final_line : "");
    if (text != log.text) log.cosignatures.clear();
    tlog::Note checkpoint{text, {tlog::sign(secret_key_.view(), log.key.name, text)}};
    checkpoint.signatures.insert(checkpoint.signatures.end(), log.cosignatures.begin(), log.cosignatures.end());
    if (size > 0 || log.is_final) files_.remember(scrutin.uuid, checkpoint);
    files_.publish(scrutin.uuid, log.key, log.tree, checkpoint, [&](std::uint64_t first) {
        std::vector<std::string> leaves;
        each_leaf(db_, scrutin.id, first, [&](std::uint64_t, const std::string& hash) { leaves.push_back(leaf_of(hash)); });
        if (first + leaves.size() != log.tree.size()) throw std::runtime_error("the log has changed while it was published");
        return leaves;
    });
    log.text = text;
}

// Puts what witnesses signed beside our own signature, under the checkpoints that still stand.
void LogWriter::add_cosignatures() {
    std::string mark = cosignature_mark(db_);
    if (mark == cosignature_mark_) return;
    std::map<domain::ScrutinId, std::vector<tlog::Signature>> standing;
    for (const Cosignature& one : cosignatures(db_)) {
        const auto log = logs_.find(one.scrutin);
        const auto signature = tlog::Signature::parse(one.line);
        if (log != logs_.end() && signature && one.text == log->second.text) standing[one.scrutin].push_back(*signature);
    }
    for (const auto& scrutin : sealed_scrutins(db_)) {
        const auto found = standing.find(scrutin.id);
        if (found == standing.end()) continue;
        Log& log = logs_.at(scrutin.id);
        log.cosignatures = std::move(found->second);
        publish(scrutin, log);
    }
    cosignature_mark_ = std::move(mark);
}

// What the tables say now and the memory does not; empty if they agree.
std::string LogWriter::why_changed(const Scrutin& scrutin, const Log& log) const {
    const std::uint64_t ballots = count_ballots(db_, scrutin.id), size = log.tree.size();
    if (ballots != size)
        return std::to_string(ballots) + " ballots in the urne, " + std::to_string(size) + " in the log that was signed";
    const auto head = last_head(db_, scrutin.id);
    if ((head ? head->size : 0) != size) return "the last signed head is not there any more";
    if (log.is_final && !waiting_tags(db_, scrutin.id).empty()) return "ballots wait, and the end of this log was signed";
    return {};
}

util::Result<LogWriter::Log> LogWriter::read_log(const Scrutin& scrutin) const {
    if (scrutin.log_key != public_key_) return unsound("the sealed log key is not ours");
    Log log{{},
            {tlog::origin_of(base_url_, "/urne/" + scrutin.uuid), tlog::KeyKind::log, *util::from_base64url(public_key_)},
            {},
            {},
            {}};
    bool in_order = true;
    each_leaf(db_, scrutin.id, 0, [&](std::uint64_t index, const std::string& hash) {
        in_order = in_order && index == log.tree.size();
        log.tree.append(leaf_of(hash));
    });
    if (!in_order) return unsound("a leaf is missing");
    const std::uint64_t size = log.tree.size();
    const auto head = last_head(db_, scrutin.id);
    if (size > 0 && !head) return unsound("the leaves have no signed head");
    if (head) {
        const std::string root = log.tree.root(size);
        if (head->size != size || head->root != util::to_hex(root))
            return unsound("the leaves are not those of the last signed head");
        if (!util::verify_signature(public_key_, crypto::merkle::head_message(scrutin.uuid, size, root), head->signature))
            return unsound("the last head is not signed by us");
    }
    const auto signed_before = files_.last_signed(scrutin.uuid, log.key);
    const tlog::Checkpoint* const last = signed_before ? &signed_before->checkpoint : nullptr;
    log.is_final = signed_before && tlog::is_final(signed_before->note.text);
    if (last && last->size > size)
        return unsound("set back: " + std::to_string(size) + " leaves in the database, " + std::to_string(last->size) +
                       " were signed");
    if (last && log.tree.root(last->size) != last->root)
        return unsound("the first " + std::to_string(last->size) + " leaves are not those that were signed");
    if (log.is_final && last->size < size)
        return unsound(std::to_string(size) + " leaves in the database, and the end of this log was signed at " +
                       std::to_string(last->size));
    if (const std::string why = why_changed(scrutin, log); !why.empty()) return unsound(why);
    if (!last && size > 0)
        util::log(util::Level::warning, "log-first-remembered", {{"scrutin", scrutin.uuid}, {"leaves", std::to_string(size)}});
    return log;
}

}  // namespace sceau
