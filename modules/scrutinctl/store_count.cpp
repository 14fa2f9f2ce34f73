// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_count.hpp"

namespace scrutinctl::store {

namespace {

unsigned number(domain::ScrutinId scrutin) { return scrutin.value; }

std::vector<Ballot> read_ballots(const std::vector<db::Row>& rows) {
    std::vector<Ballot> ballots;
    ballots.reserve(rows.size());
    for (const auto& row : rows) ballots.push_back({row.text(0), row.text(1), row.text(2)});
    return ballots;
}

}  // namespace

std::optional<Setup> find_setup(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row =
        db.select_one("SELECT election, trustees, public_creds_hash FROM urne.setup WHERE scrutin_id = ?", {number(scrutin)});
    if (!row) return std::nullopt;
    return Setup{row->text(0), row->text(1), row->text(2)};
}

std::vector<std::string> public_keys(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<std::string> keys;
    db.select_each("SELECT public_key FROM urne.credential WHERE scrutin_id = ?", {number(scrutin)},
                   [&](const db::Row& row) { keys.push_back(row.text(0)); });
    return keys;
}

std::vector<Ballot> ballots_after(db::Connection& db, domain::ScrutinId scrutin, const std::string& after, unsigned limit) {
    return read_ballots(
        db.select("SELECT ballot_hash, credential_hash, ballot FROM urne.ballot "
                  "WHERE scrutin_id = ? AND ballot_hash > ? ORDER BY ballot_hash LIMIT ?",
                  {number(scrutin), after, limit}));
}

std::vector<Ballot> logged_ballots(db::Connection& db, domain::ScrutinId scrutin, unsigned from, unsigned limit) {
    return read_ballots(
        db.select("SELECT l.ballot_hash, b.credential_hash, b.ballot FROM urne.log l "
                  "LEFT JOIN urne.ballot b ON b.scrutin_id = l.scrutin_id AND b.ballot_hash = l.ballot_hash "
                  "WHERE l.scrutin_id = ? AND l.leaf_index >= ? ORDER BY l.leaf_index LIMIT ?",
                  {number(scrutin), from, limit}));
}

std::optional<StoredTally> find_tally(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row =
        db.select_one("SELECT encrypted_tally, sized, count, result FROM urne.tally WHERE scrutin_id = ?", {number(scrutin)});
    if (!row) return std::nullopt;
    return StoredTally{{row->text(0), row->text(1), static_cast<std::uint64_t>(row->number(2))}, row->text(3)};
}

void insert_tally(db::Connection& db, domain::ScrutinId scrutin, const crypto::Election::Tally& tally) {
    db.execute("INSERT INTO urne.tally (scrutin_id, encrypted_tally, sized, count) VALUES (?, ?, ?, ?)",
               {number(scrutin), tally.encrypted_tally, tally.sized, tally.count});
}

void set_result(db::Connection& db, domain::ScrutinId scrutin, const std::string& result) {
    db.execute("UPDATE urne.tally SET result = ? WHERE scrutin_id = ?", {result, number(scrutin)});
}

std::vector<StoredPartial> partials(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<StoredPartial> all;
    for (const auto& row :
         db.select("SELECT owner, partial, second_proof FROM urne.partial_decryption WHERE scrutin_id = ? ORDER BY owner",
                   {number(scrutin)})) {
        all.push_back({static_cast<unsigned>(row.number(0)), row.text(1), row.text(2)});
    }
    return all;
}

bool insert_partial(db::Connection& db, domain::ScrutinId scrutin, const StoredPartial& partial) {
    return db.insert_unique("INSERT INTO urne.partial_decryption (scrutin_id, owner, partial, second_proof) VALUES (?, ?, ?, ?)",
                            {number(scrutin), partial.owner, partial.partial, partial.second_proof});
}

void write_outcome(db::Connection& db, domain::ScrutinId scrutin, const Outcome& outcome,
                   const std::optional<std::string>& proclaimed_at) {
    db.execute(
        "REPLACE INTO result (scrutin_id, inscrits, votants, blancs, exprimes, draw_needed, proclaimed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {number(scrutin), outcome.inscrits, outcome.votants, outcome.blancs, outcome.exprimes, outcome.draw_needed, proclaimed_at});
    for (const Outcome::List& list : outcome.lists) {
        db.execute("REPLACE INTO result_list (candidate_list_id, votes, seats) VALUES (?, ?, ?)",
                   {list.id, list.votes, list.seats});
    }
}

}  // namespace scrutinctl::store
