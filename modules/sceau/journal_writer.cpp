// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sceau/journal_writer.hpp"

#include "crypto/tlog.hpp"
#include "domain/audit.hpp"
#include "sceau/store.hpp"
#include "util/bytes.hpp"
#include "util/log.hpp"
#include "util/signature.hpp"

namespace sceau {

JournalWriter::JournalWriter(db::Connection& db, util::SecretText secret_key, std::string origin)
    : db_(db),
      secret_key_(std::move(secret_key)),
      origin_(std::move(origin)),
      public_key_(util::from_base64url(util::public_key_of(secret_key_.view())).value_or("")),
      last_hash_(domain::k_audit_start) {}

std::size_t JournalWriter::write_round() {
    const std::uint64_t before = frontier_.size();
    if (const std::string why = why_unfit(); !why.empty()) {
        util::log(util::Level::error, "journal-not-signed", {{"why", why}});
        // What was read and held once is remembered: entries and heads that leave together are noticed while this process lives.
        if (!is_read_) frontier_ = {}, last_hash_ = domain::k_audit_start;
        return 0;
    }
    const auto head = last_journal_head(db_);
    if (frontier_.size() == (head ? head->size : 0)) return 0;
    const crypto::tlog::Checkpoint checkpoint{origin_, frontier_.size(), frontier_.root()};
    const std::string text = checkpoint.text();
    add_journal_head(db_,
                     {frontier_.size(), crypto::tlog::Note{text, {crypto::tlog::sign(secret_key_.view(), origin_, text)}}.write()});
    return frontier_.size() - before;
}

// Reads the entries that are new; the first time all of them, against the last head.
std::string JournalWriter::why_unfit() {
    const auto head = last_journal_head(db_);
    std::string root_at_head, why;
    if (head && head->size == 0) why = "a head of nothing";
    each_journal_entry(db_, frontier_.size(), [&](const JournalEntry& entry) {
        const std::string hash = domain::audit_hash(last_hash_, entry.at, entry.actor, entry.action, entry.detail);
        if (entry.id != frontier_.size() + 1 || entry.hash != hash) {
            if (why.empty()) why = "entry " + std::to_string(frontier_.size() + 1) + " is missing or was changed";
            return;
        }
        last_hash_ = hash;
        frontier_.append(*util::from_hex(hash));
        if (head && frontier_.size() == head->size) root_at_head = frontier_.root();
    });
    if (!why.empty()) return why;
    if (count_journal(db_) < frontier_.size()) return "entries that were read before are gone";
    if (head && frontier_.size() < head->size) return "the last signed head is over more entries than there are";
    if (is_read_ || !head) {
        is_read_ = true;
        return {};
    }
    const auto opened = crypto::tlog::open_checkpoint(head->note, {origin_, crypto::tlog::KeyKind::log, public_key_});
    if (!opened || opened->checkpoint.size != head->size) return "the last head is not signed by us";
    if (opened->checkpoint.root != root_at_head) return "the entries are not those of the last signed head";
    is_read_ = true;
    return {};
}

}  // namespace sceau
