// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/demo/store_rehearsal.hpp"

namespace scrutinctl::store {

std::optional<Rehearser> find_rehearser(db::Connection& db, const std::string& email) {
    const auto row = db.select_one(
        "SELECT v.id, e.voter_ref, e.generation, e.salt, e.nonce, e.ciphertext FROM voter v "
        "JOIN envelope e ON e.voter_id = v.id WHERE v.email = ?",
        {email});
    if (!row) return std::nullopt;
    Rehearser rehearser{domain::VoterId{static_cast<std::uint32_t>(row->number(0))},
                        {row->text(1), static_cast<unsigned>(row->number(2)), row->text(3), row->text(4), row->text(5)},
                        {}};
    for (const auto& scrutin :
         db.select("SELECT r.scrutin_id FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id AND s.state = 'open' "
                   "LEFT JOIN emargement e ON e.scrutin_id = r.scrutin_id AND e.voter_id = r.voter_id "
                   "WHERE r.voter_id = ? AND e.voter_id IS NULL ORDER BY r.scrutin_id",
                   {rehearser.id.value})) {
        rehearser.open_scrutins.push_back(domain::ScrutinId{static_cast<std::uint16_t>(scrutin.number(0))});
    }
    return rehearser;
}

std::optional<std::string> find_credential(db::Connection& db, domain::ScrutinId scrutin, const std::string& binding) {
    const auto row = db.select_one("SELECT public_key FROM urne.credential WHERE scrutin_id = ? AND binding = ?",
                                   {static_cast<unsigned>(scrutin.value), binding});
    if (!row) return std::nullopt;
    return row->text(0);
}

bool store_vote(db::Connection& vote_db, domain::ScrutinId scrutin, domain::VoterId voter, const std::string& ballot_tag,
                const std::string& credential_tag, const std::string& sealed, util::Instant at,
                std::optional<std::uint64_t> mailed) {
    const auto id = static_cast<unsigned>(scrutin.value);
    try {
        return vote_db.transaction([&] {
            vote_db.execute("INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (?, ?, ?)",
                            {id, voter.value, util::to_sql(at)});
            if (!vote_db.select_one(
                    "SELECT id FROM scrutin WHERE id = ? AND state = 'open' AND suspended_at IS NULL LOCK IN SHARE MODE", {id}))
                return false;
            vote_db.execute("INSERT INTO urne.inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES (?, ?, ?, ?)",
                            {id, ballot_tag, credential_tag, sealed});
            if (mailed)
                vote_db.execute(
                    "INSERT INTO outbox (id, idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) "
                    "VALUES (?, SHA2(?, 256), 'email', 'essai@portail.invalid', 'Essai', REPEAT('vote ', 160), ?, ?, ?)",
                    {*mailed, *mailed, voter.value, util::to_sql(at), util::to_sql(at + std::chrono::hours{24})});
            return true;
        });
    } catch (const db::Error& error) {
        if (!error.is_duplicate_key()) throw;
        return false;
    }
}

}  // namespace scrutinctl::store
