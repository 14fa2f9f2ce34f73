// SPDX-License-Identifier: AGPL-3.0-or-later
#include "sceau/store.hpp"

#include <algorithm>
#include <stdexcept>

namespace sceau {

namespace {
unsigned id_of(domain::ScrutinId scrutin) { return scrutin.value; }
}  // namespace

std::vector<Scrutin> sealed_scrutins(db::Connection& db) {
    std::vector<Scrutin> scrutins;
    for (const auto& row : db.select("SELECT u.scrutin_id, u.uuid, u.log_key, c.scrutin_id IS NOT NULL FROM urne.setup u "
                                     "LEFT JOIN urne.closing c ON c.scrutin_id = u.scrutin_id ORDER BY u.scrutin_id")) {
        scrutins.push_back({domain::ScrutinId{static_cast<std::uint16_t>(row.number(0))}, row.text(1), row.text(2), row.flag(3)});
    }
    return scrutins;
}

void each_leaf(db::Connection& db, domain::ScrutinId scrutin, std::uint64_t first,
               const std::function<void(std::uint64_t, const std::string&)>& each) {
    db.select_each("SELECT leaf_index, ballot_hash FROM urne.log WHERE scrutin_id = ? AND leaf_index >= ? ORDER BY leaf_index",
                   {id_of(scrutin), first},
                   [&](const db::Row& row) { each(static_cast<std::uint64_t>(row.number(0)), row.text(1)); });
}

std::optional<Head> last_head(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row =
        db.select_one("SELECT size, root, signature FROM urne.log_head WHERE scrutin_id = ? ORDER BY size DESC LIMIT 1",
                      {id_of(scrutin)});
    if (!row) return std::nullopt;
    return Head{static_cast<std::uint64_t>(row->number(0)), row->text(1), row->text(2)};
}

std::uint64_t count_ballots(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one("SELECT COUNT(*) FROM urne.ballot WHERE scrutin_id = ?", {id_of(scrutin)});
    return static_cast<std::uint64_t>(row->number(0));
}

std::vector<std::string> waiting_tags(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<std::string> tags;
    db.select_each("SELECT ballot_tag FROM urne.inbox WHERE scrutin_id = ? ORDER BY ballot_tag", {id_of(scrutin)},
                   [&](const db::Row& row) { tags.push_back(row.text(0)); });
    return tags;
}

std::string sealed_ballot(db::Connection& db, domain::ScrutinId scrutin, const std::string& tag) {
    const auto row = db.select_one("SELECT sealed FROM urne.inbox WHERE scrutin_id = ? AND ballot_tag = ?", {id_of(scrutin), tag});
    if (!row) throw std::runtime_error("a ballot left the inbox: " + tag);
    return row->text(0);
}

void move_batch(db::Connection& db, domain::ScrutinId scrutin, std::uint64_t first, const std::vector<Move>& moves,
                const Head& head, const std::function<Entering(const Move&)>& open) {
    // What the database's logs keep of this transaction must not say which tag had which ballot: all enter in the order of the
    // hashes, and only then do all leave in that of their tags.
    std::vector<std::string> tags;
    tags.reserve(moves.size());
    for (const auto& move : moves) tags.push_back(move.tag);
    std::sort(tags.begin(), tags.end());
    db.transaction([&] {
        std::uint64_t index = first;
        for (const auto& move : moves) {
            const Entering entering = open(move);
            db.execute("INSERT INTO urne.ballot (scrutin_id, ballot_hash, credential_hash, ballot) VALUES (?, ?, ?, ?)",
                       {id_of(scrutin), move.ballot_hash, entering.credential_hash, entering.ballot});
            db.execute("INSERT INTO urne.log (scrutin_id, leaf_index, ballot_hash) VALUES (?, ?, ?)",
                       {id_of(scrutin), index++, move.ballot_hash});
        }
        for (const auto& tag : tags) {
            const auto left = db.execute("DELETE FROM urne.inbox WHERE scrutin_id = ? AND ballot_tag = ?", {id_of(scrutin), tag});
            if (left != 1) throw std::runtime_error("a ballot left the inbox: " + tag);
        }
        db.execute("INSERT INTO urne.log_head (scrutin_id, size, root, signature) VALUES (?, ?, ?, ?)",
                   {id_of(scrutin), head.size, head.root, head.signature});
        return true;
    });
}

std::vector<Cosignature> cosignatures(db::Connection& db) {
    std::vector<Cosignature> all;
    for (const auto& row : db.select("SELECT scrutin_id, line, text FROM urne.cosignature ORDER BY scrutin_id, witness"))
        all.push_back({domain::ScrutinId{static_cast<std::uint16_t>(row.number(0))}, row.text(1), row.text(2)});
    return all;
}

std::string cosignature_mark(db::Connection& db) {
    const auto row = db.select_one("SELECT COUNT(*), COALESCE(SUM(CRC32(line)), 0) FROM urne.cosignature");
    return row->text(0) + " " + row->text(1);
}

void each_journal_entry(db::Connection& db, std::uint64_t after, const std::function<void(const JournalEntry&)>& each) {
    db.select_each("SELECT id, at, actor, action, detail, hash FROM portail.audit WHERE id > ? ORDER BY id", {after},
                   [&](const db::Row& row) {
                       each({static_cast<std::uint64_t>(row.number(0)), util::to_sql(row.instant(1)), row.text(2), row.text(3),
                             row.text(4), row.text(5)});
                   });
}

std::uint64_t count_journal(db::Connection& db) {
    return static_cast<std::uint64_t>(db.select_one("SELECT COUNT(*) FROM portail.audit")->number(0));
}

std::optional<JournalHead> last_journal_head(db::Connection& db) {
    const auto row = db.select_one("SELECT size, note FROM urne.journal_head ORDER BY size DESC LIMIT 1");
    if (!row) return std::nullopt;
    return JournalHead{static_cast<std::uint64_t>(row->number(0)), row->text(1)};
}

void add_journal_head(db::Connection& db, const JournalHead& head) {
    db.execute("INSERT INTO urne.journal_head (size, note) VALUES (?, ?)", {head.size, head.note});
}

}  // namespace sceau
