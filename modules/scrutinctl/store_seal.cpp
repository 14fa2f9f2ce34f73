// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_seal.hpp"

#include <algorithm>

#include "scrutinctl/batch_insert.hpp"

namespace scrutinctl::store {

std::vector<VoterToCode> voters_to_code(db::Connection& db, domain::VoterId after, unsigned limit) {
    std::vector<VoterToCode> voters;
    for (const auto& row :
         db.select("SELECT v.id, v.email, v.civility, v.last_name, v.first_name, v.notice_place, "
                   "COALESCE((SELECT MAX(w.generation) FROM withdrawn_notice w WHERE w.voter_id = v.id), 0) + 1 FROM voter v "
                   "LEFT JOIN envelope e ON e.voter_id = v.id "
                   "WHERE v.id > ? AND e.voter_id IS NULL AND v.struck_off_at IS NULL ORDER BY v.id LIMIT ?",
                   {after.value, limit})) {
        voters.push_back({domain::VoterId{static_cast<std::uint32_t>(row.number(0))},
                          row.text(1),
                          row.text(2),
                          row.text(3),
                          row.text(4),
                          row.text(5),
                          static_cast<unsigned>(row.number(6)),
                          {}});
    }
    if (voters.empty()) return voters;
    auto voter = voters.begin();
    for (const auto& row :
         db.select("SELECT voter_id, scrutin_id FROM voter_scrutin WHERE voter_id BETWEEN ? AND ? ORDER BY voter_id, scrutin_id",
                   {voters.front().id.value, voters.back().id.value})) {
        const auto id = static_cast<std::uint32_t>(row.number(0));
        voter = std::find_if(voter, voters.end(), [&](const VoterToCode& candidate) { return candidate.id.value >= id; });
        if (voter != voters.end() && voter->id.value == id)
            voter->scrutins.push_back(domain::ScrutinId{static_cast<std::uint16_t>(row.number(1))});
    }
    return voters;
}

std::uint64_t count_voters_to_code(db::Connection& db) {
    return static_cast<std::uint64_t>(
        db.select_one(
              "SELECT COUNT(*) FROM voter v LEFT JOIN envelope e ON e.voter_id = v.id WHERE e.voter_id IS NULL AND v.struck_off_at IS NULL")
            ->number(0));
}

void each_elector_of_rolls(db::Connection& db, const std::function<void(const std::string&, domain::ScrutinId)>& each) {
    db.select_each(
        "SELECT v.email, r.scrutin_id FROM voter v JOIN voter_scrutin r ON r.voter_id = v.id WHERE v.struck_off_at IS NULL "
        "ORDER BY v.id, r.scrutin_id",
        {}, [&](const db::Row& row) { each(row.text(0), domain::ScrutinId{static_cast<std::uint16_t>(row.number(1))}); });
}

void insert_codes(db::Connection& db, unsigned batch, const std::vector<Code>& codes) {
    BatchInsert envelopes(db, "INSERT INTO envelope (voter_id, voter_ref, generation, salt, nonce, ciphertext)", 6);
    BatchInsert escrows(db, "INSERT INTO escrow (voter_id, sealed)", 2);
    BatchInsert pending(db, "INSERT INTO voter_code (voter_id, batch, credentials)", 3);
    for (const Code& code : codes) {
        const domain::Envelope& envelope = code.envelope;
        envelopes.add(
            {code.voter.value, envelope.voter_ref, envelope.generation, envelope.salt, envelope.nonce, envelope.ciphertext});
        escrows.add({code.voter.value, code.escrow});
        pending.add({code.voter.value, batch, code.pending});
    }
    envelopes.flush();
    escrows.flush();
    pending.flush();
}

void insert_credentials(db::Connection& db, domain::ScrutinId scrutin, const std::vector<Credential>& credentials) {
    BatchInsert rows(db, "INSERT INTO urne.credential (scrutin_id, binding, public_key)", 3);
    for (const Credential& credential : credentials)
        rows.add({static_cast<unsigned>(scrutin.value), credential.binding, credential.public_key});
    rows.flush();
}

void insert_setup(db::Connection& db, domain::ScrutinId scrutin, const SealedRecords& records) {
    db.execute(
        "INSERT INTO urne.setup (scrutin_id, uuid, election, trustees, public_creds_hash, receipt_key, log_key) VALUES (?, ?, ?, ?, ?, ?, ?)",
        {static_cast<unsigned>(scrutin.value), records.uuid, records.election, records.trustees, records.public_creds_hash,
         records.receipt_key, records.log_key});
}

}  // namespace scrutinctl::store
