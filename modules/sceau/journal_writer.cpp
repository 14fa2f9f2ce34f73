// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sceau/journal_writer.hpp"

#include "domain/audit.hpp"
#include "sceau/store.hpp"
#include "util/bytes.hpp"
#include "util/log.hpp"
#include "util/signature.hpp"

namespace sceau {

namespace {

const std::string k_journal = "journal";  // beside the scrutins' logs, whose names are longer

}  // namespace

JournalWriter::JournalWriter(db::Connection& db, util::SecretText secret_key, std::string_view base_url,
                             const std::filesystem::path& folder)
    : db_(db),
      secret_key_(std::move(secret_key)),
      key_{domain::journal_origin(base_url), crypto::tlog::KeyKind::log,
           util::from_base64url(util::public_key_of(secret_key_.view())).value_or("")},
      files_(folder),
      last_hash_(domain::k_audit_start) {}

std::size_t JournalWriter::write_round() {
    const std::uint64_t before = tree_.size();
    stopped_ = why_unfit();
    if (!stopped_.empty()) {
        util::log(util::Level::error, "journal-not-signed", {{"why", stopped_}});
        // What was read and held once is remembered: entries and heads that leave together are noticed while this process lives.
        if (!is_read_) tree_ = {}, last_hash_ = domain::k_audit_start;
        return 0;
    }
    if (tree_.size() == 0 || tree_.size() == published_) return 0;
    publish(newest_note());
    return tree_.size() - before;
}

// The signed checkpoint over all entries: the stored one, or made and stored now.
crypto::tlog::Note JournalWriter::newest_note() {
    const auto head = last_journal_head(db_);
    if (head && head->size == tree_.size()) return crypto::tlog::Note::parse(head->note).value();
    const std::string text = crypto::tlog::Checkpoint{key_.name, tree_.size(), tree_.root(tree_.size())}.text();
    crypto::tlog::Note note{text, {crypto::tlog::sign(secret_key_.view(), key_.name, text)}};
    add_journal_head(db_, {tree_.size(), note.write()});
    return note;
}

// First the tables, then our own memory, then the world.
void JournalWriter::publish(const crypto::tlog::Note& note) {
    files_.remember(k_journal, note);
    files_.publish(k_journal, key_, tree_, note, [&](std::uint64_t first) {
        std::vector<std::string> leaves;
        each_journal_entry(db_, first, [&](const JournalEntry& entry) {
            if (entry.id <= tree_.size()) leaves.push_back(util::from_hex(entry.hash).value_or(""));
        });
        if (first + leaves.size() != tree_.size()) throw std::runtime_error("the journal has changed while it was published");
        return leaves;
    });
    published_ = tree_.size();
    line_ = crypto::tlog::write_extension(k_journal, {key_.name, tree_.size(), tree_.root(tree_.size())});
}

// Reads the entries that are new; the first time all of them, against the last head.
std::string JournalWriter::why_unfit() {
    const auto head = last_journal_head(db_);
    std::string why;
    if (head && head->size == 0) why = "a head of nothing";
    each_journal_entry(db_, tree_.size(), [&](const JournalEntry& entry) {
        const std::string hash = domain::audit_hash(last_hash_, entry.at, entry.actor, entry.action, entry.detail);
        if (entry.id != tree_.size() + 1 || entry.hash != hash) {
            if (why.empty()) why = "entry " + std::to_string(tree_.size() + 1) + " is missing or was changed";
            return;
        }
        last_hash_ = hash;
        tree_.append(*util::from_hex(hash));
    });
    if (!why.empty()) return why;
    if (count_journal(db_) < tree_.size()) return "entries that were read before are gone";
    if (head && tree_.size() < head->size) return "the last signed head is over more entries than there are";
    if (is_read_) return {};
    if (head) {
        const auto opened = crypto::tlog::open_checkpoint(head->note, key_);
        if (!opened || opened->checkpoint.size != head->size) return "the last head is not signed by us";
        if (opened->checkpoint.root != tree_.root(head->size)) return "the entries are not those of the last signed head";
    }
    if (const std::string set_back = why_set_back(); !set_back.empty()) return set_back;
    is_read_ = true;
    return {};
}

// Against the checkpoint that is kept outside the database.
std::string JournalWriter::why_set_back() const {
    const auto signed_before = files_.last_signed(k_journal, key_);
    if (!signed_before) return {};
    const crypto::tlog::Checkpoint* const last = &signed_before->checkpoint;
    if (last->size > tree_.size())
        return "set back: " + std::to_string(tree_.size()) + " entries in the database, " + std::to_string(last->size) +
               " were signed";
    if (tree_.root(last->size) != last->root)
        return "the first " + std::to_string(last->size) + " entries are not those that were signed";
    return {};
}

}  // namespace sceau
