// SPDX-License-Identifier: AGPL-3.0-or-later
// Every SQL statement of sceau: what waits in the inbox, the move into the urne, the log and its heads, all in `urne`. Hashes are
// hexadecimal as in the tables.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "db/connection.hpp"
#include "domain/ids.hpp"

namespace sceau {

struct Scrutin {
    domain::ScrutinId id;
    std::string uuid, log_key;  // the public key that sealing named
    bool is_over = false;       // the vote: no ballot comes any more
};
std::vector<Scrutin> sealed_scrutins(db::Connection& db);

// The log's leaves from index `first` on, in order: (index, ballot hash).
void each_leaf(db::Connection& db, domain::ScrutinId scrutin, std::uint64_t first,
               const std::function<void(std::uint64_t index, const std::string& ballot_hash)>& each);

struct Head {
    std::uint64_t size;
    std::string root, signature;
};
std::optional<Head> last_head(db::Connection& db, domain::ScrutinId scrutin);

std::uint64_t count_ballots(db::Connection& db, domain::ScrutinId scrutin);
// Tags of the ballots that wait, in their order: they say nothing of ballots (domain/waiting_ballot.hpp).
std::vector<std::string> waiting_tags(db::Connection& db, domain::ScrutinId scrutin);
// What waits under this tag, sealed. Throws std::runtime_error if nothing does.
std::string sealed_ballot(db::Connection& db, domain::ScrutinId scrutin, const std::string& tag);

struct Move {
    std::string ballot_hash, tag;  // in the urne, and while it waits
};
struct Entering {
    std::string credential_hash, ballot;
};
// One transaction: these ballots go from the inbox into the urne, in this order, with their leaves from index `first` on and the
// head over all. `open` gives what enters under a tag; it may read on the same connection. Throws what it throws, db::Error (duplicate:
// somebody else wrote) and std::runtime_error (one of them does not wait any more).
void move_batch(db::Connection& db, domain::ScrutinId scrutin, std::uint64_t first, const std::vector<Move>& moves,
                const Head& head, const std::function<Entering(const Move&)>& open);

// What witnesses signed under the text of a checkpoint. `cosignature_mark` changes when they do.
struct Cosignature {
    domain::ScrutinId scrutin;
    std::string line, text;
};
std::vector<Cosignature> cosignatures(db::Connection& db);
std::string cosignature_mark(db::Connection& db);

// The office's journal: entries after `after`, in order; how many there are; the newest head that was signed.
struct JournalEntry {
    std::uint64_t id = 0;
    std::string at, actor, action, detail, hash;
};
void each_journal_entry(db::Connection& db, std::uint64_t after, const std::function<void(const JournalEntry&)>& each);
std::uint64_t count_journal(db::Connection& db);
struct JournalHead {
    std::uint64_t size = 0;
    std::string note;  // a signed checkpoint
};
std::optional<JournalHead> last_journal_head(db::Connection& db);
void add_journal_head(db::Connection& db, const JournalHead& head);

}  // namespace sceau
