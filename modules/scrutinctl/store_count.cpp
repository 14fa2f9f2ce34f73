// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_count.hpp"

namespace scrutinctl::store {

namespace {

unsigned number(domain::ScrutinId scrutin) { return scrutin.value; }

}  // namespace

std::optional<Setup> find_setup(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row =
        db.select_one("SELECT election, trustees, public_creds_hash, receipt_key, log_key FROM urne.setup WHERE scrutin_id = ?",
                      {number(scrutin)});
    if (!row) return std::nullopt;
    return Setup{row->text(0), row->text(1), row->text(2), row->text(3), row->text(4)};
}

std::vector<std::string> public_keys(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<std::string> keys;
    db.select_each("SELECT public_key FROM urne.credential WHERE scrutin_id = ?", {number(scrutin)},
                   [&](const db::Row& row) { keys.push_back(row.text(0)); });
    return keys;
}

std::vector<std::string> logged_ballots(db::Connection& db, domain::ScrutinId scrutin, unsigned from, unsigned limit) {
    std::vector<std::string> ballots;
    for (const auto& row : db.select("SELECT b.ballot FROM urne.log l "
                                     "LEFT JOIN urne.ballot b ON b.scrutin_id = l.scrutin_id AND b.ballot_hash = l.ballot_hash "
                                     "WHERE l.scrutin_id = ? AND l.leaf_index >= ? ORDER BY l.leaf_index LIMIT ?",
                                     {number(scrutin), from, limit}))
        ballots.push_back(row.text(0));
    return ballots;
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

void write_outcome(db::Connection& db, domain::ScrutinId scrutin, const domain::Proclamation& outcome, bool decided) {
    unsigned position = 0;
    for (const domain::Proclamation::List& list : outcome.lists) {
        db.execute(
            "REPLACE INTO result_list (candidate_list_id, votes, seats) "
            "SELECT id, ?, ? FROM candidate_list WHERE scrutin_id = ? AND position = ?",
            {list.votes, list.seats, number(scrutin), ++position});
    }
    db.execute(
        "REPLACE INTO result (scrutin_id, inscrits, votants, blancs, exprimes, draw_needed, proclaimed_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {number(scrutin), outcome.inscrits, outcome.votants, outcome.blancs, outcome.exprimes, !decided,
         decided ? std::optional(util::to_sql(outcome.proclaimed_at)) : std::nullopt});
    if (!decided) return;
    const std::string text = domain::write_proclamation(outcome);
    db.execute("INSERT INTO proclamation (scrutin_id, digest, text) VALUES (?, ?, ?)",
               {number(scrutin), crypto::sha_hex(text), text});
}

std::optional<StoredProclamation> find_proclamation(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one("SELECT digest, text FROM proclamation WHERE scrutin_id = ?", {scrutin.value});
    if (!row) return std::nullopt;
    return StoredProclamation{row->text(0), row->text(1)};
}

}  // namespace scrutinctl::store
