// SPDX-License-Identifier: AGPL-3.0-or-later
#include "vote/store.hpp"

#include "util/ensure.hpp"
#include "util/log.hpp"

namespace vote {

namespace {

MyScrutin scrutin_of(const db::Row& row) {
    return {domain::ScrutinId{static_cast<std::uint16_t>(row.number(0))},
            row.text(1),
            row.text(2),
            row.text(3),
            row.text(4),
            row.text(5),
            domain::scrutin_state_of(row.text(6)),
            row.instant_or_null(7),
            static_cast<unsigned>(row.number(8)),
            {row.instant_or_null(9), row.instant_or_null(10), row.text(11)}};
}

}  // namespace

std::vector<MyScrutin> my_scrutins(db::Connection& db, domain::VoterId voter) {
    std::vector<MyScrutin> scrutins;
    for (const auto& row :
         db.select("SELECT s.id, s.code, s.uuid, s.title, s.instance, s.level, s.state, e.voted_at, s.position, "
                   "s.suspended_at, s.annulled_at, COALESCE((SELECT p.reason FROM suspension p WHERE p.scrutin_id = s.id "
                   "AND p.state = 'done' ORDER BY p.number DESC LIMIT 1), '') "
                   "FROM voter_scrutin v JOIN scrutin s ON s.id = v.scrutin_id "
                   "LEFT JOIN emargement e ON e.scrutin_id = v.scrutin_id AND e.voter_id = v.voter_id "
                   "WHERE v.voter_id = ? AND s.state <> 'draft' ORDER BY s.position, s.id",
                   {voter.value})) {
        scrutins.push_back(scrutin_of(row));
    }
    return scrutins;
}

std::vector<CandidateList> candidate_lists(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<CandidateList> lists;
    for (const auto& row :
         db.select("SELECT l.position, l.name, l.union_name, p.candidate_list_id IS NOT NULL, c.first_name, c.last_name "
                   "FROM candidate_list l LEFT JOIN profession_de_foi p ON p.candidate_list_id = l.id "
                   "LEFT JOIN candidate c ON c.candidate_list_id = l.id WHERE l.scrutin_id = ? ORDER BY l.position, c.position",
                   {static_cast<unsigned>(scrutin.value)})) {
        const auto position = static_cast<unsigned>(row.number(0));
        if (lists.empty() || lists.back().position != position)
            lists.push_back({position, row.text(1), row.text(2), row.flag(3), {}});
        if (!row.is_null(4)) lists.back().candidates.push_back(row.text(4) + " " + row.text(5));
    }
    return lists;
}

std::optional<domain::Envelope> find_envelope(db::Connection& db, domain::VoterId voter) {
    const auto row =
        db.select_one("SELECT voter_ref, generation, salt, nonce, ciphertext FROM envelope WHERE voter_id = ?", {voter.value});
    if (!row) return std::nullopt;
    return domain::Envelope{row->text(0), static_cast<unsigned>(row->number(1)), row->text(2), row->text(3), row->text(4)};
}

std::optional<Setup> find_setup(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one(
        "SELECT u.uuid, u.election, u.receipt_key, u.log_key, COALESCE(l.text, '') FROM urne.setup u "
        "LEFT JOIN seal l ON l.scrutin_id = u.scrutin_id WHERE u.scrutin_id = ?",
        {static_cast<unsigned>(scrutin.value)});
    if (!row) return std::nullopt;
    return Setup{row->text(0), row->text(1), row->text(2), row->text(3), row->text(4)};
}

std::vector<std::string> scrutins_of_other_receipt_key(db::Connection& db, std::string_view receipt_key) {
    std::vector<std::string> codes;
    for (const auto& row :
         db.select("SELECT s.code FROM urne.setup u JOIN scrutin s ON s.id = u.scrutin_id WHERE u.receipt_key <> ? ORDER BY s.id",
                   {receipt_key})) {
        codes.push_back(row.text(0));
    }
    return codes;
}

std::optional<std::string> find_credential(db::Connection& db, domain::ScrutinId scrutin, std::string_view binding) {
    const auto row = db.select_one("SELECT public_key FROM urne.credential WHERE scrutin_id = ? AND binding = ?",
                                   {static_cast<unsigned>(scrutin.value), binding});
    if (!row) return std::nullopt;
    return row->text(0);
}

Stored find_stored(db::Connection& db, domain::ScrutinId scrutin, domain::VoterId voter, std::string_view ballot_hash,
                   std::string_view credential_hash, const WaitingTags& tags) {
    const auto id = static_cast<unsigned>(scrutin.value);
    const auto row = db.select_one(
        "SELECT (SELECT voted_at FROM emargement WHERE scrutin_id = ? AND voter_id = ?), "
        "EXISTS (SELECT 1 FROM urne.inbox WHERE scrutin_id = ? AND ballot_tag = ? AND credential_tag = ?) "
        "OR EXISTS (SELECT 1 FROM urne.ballot WHERE scrutin_id = ? AND ballot_hash = ? AND credential_hash = ?)",
        {id, voter.value, id, tags.ballot, tags.credential, id, ballot_hash, credential_hash});
    ENSURE(row.has_value());  // a SELECT without FROM has one row
    return {row->instant_or_null(0), row->flag(1)};
}

namespace {

constexpr int k_duplicate_key = 1062;
// What the vote's statement says instead of committing. A scrutin that takes no ballot, or none of this credential, is NULL, which the inbox refuses (1048, in the strict mode
// of every connection of ours); the others are numbers that no server has.
constexpr int k_not_taken = 1048, k_opened = 45002, k_over = 45003;

StoreOutcome why_not_taken(db::Connection& db, domain::ScrutinId scrutin) {
    const auto open = db.select_one("SELECT suspended_at IS NOT NULL FROM scrutin WHERE id = ? AND state = 'open'",
                                    {static_cast<unsigned>(scrutin.value)});
    if (!open) return StoreOutcome::not_open;
    return open->flag(0) ? StoreOutcome::suspended : StoreOutcome::duplicate;
}

void log_lost_mail(db::Connection& db) {
    const auto trouble = db.select_one("SELECT @mail_trouble")->number(0);
    if (trouble != k_duplicate_key) util::log(util::Level::error, "vote-mail-not-kept", {{"code", std::to_string(trouble)}});
}

// The whole transaction, in one call.
// - The office's close and its suspension wait for votes under way, and no vote slips in behind them: the lock on the scrutin is shared by votes and
//   held until the commit. The inbox's own keys know nothing of a ballot that has moved on. (A text of kilobytes that goes as bytes is not read
//   letter by letter to become ASCII.)
// - That the ballot's credential is the elector's own is a row's look in the same statement, and not a statement before it: a fifteenth of a vote's cost.
//   (A row that is selected into a table is dearer than a row of values of which one is selected: 440 µs and 376 for all of this.)
// - Whether the ballot was opened is read after our own insert, and with a lock: either this read waits for note_opened, or its read waits for us.
// - Whatever is wrong with the outbox, the vote goes on, as long as its transaction does: a deadlock ends it, and so does the connection's loss.
StoreOutcome try_to_store(db::Connection& db, const Vote& vote) {
    const auto id = static_cast<unsigned>(vote.scrutin.value);
    const auto voted_at = util::to_sql(vote.voted_at);
    const Mail mail = vote.mail.value_or(Mail{});
    const auto rows = db.execute(
        "BEGIN NOT ATOMIC START TRANSACTION; "
        "INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES (?, ?, ?); "
        "INSERT INTO urne.inbox (scrutin_id, ballot_tag, credential_tag, sealed) VALUES ((SELECT s.id "
        "FROM scrutin s JOIN urne.credential c ON c.scrutin_id = s.id AND c.binding = ? AND c.public_key = ? "
        "WHERE s.id = ? AND s.state = 'open' AND s.suspended_at IS NULL AND NOT EXISTS "
        "(SELECT 1 FROM urne.ballot b WHERE b.scrutin_id = s.id AND b.credential_hash = ?) LOCK IN SHARE MODE), "
        "?, ?, CAST(? AS BINARY)); "
        "IF EXISTS (SELECT 1 FROM urne.opened WHERE scrutin_id = ? AND ballot_hash = ? LOCK IN SHARE MODE) "
        "THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 45002; END IF; "
        "IF UTC_TIMESTAMP() >= ? THEN SIGNAL SQLSTATE '45000' SET MYSQL_ERRNO = 45003; END IF; "
        "IF ? THEN BEGIN DECLARE EXIT HANDLER FOR 1213, 1040, 1047, 1053, 1180, 1927 RESIGNAL; "
        "DECLARE EXIT HANDLER FOR SQLEXCEPTION GET DIAGNOSTICS CONDITION 1 @mail_trouble = MYSQL_ERRNO; "
        "INSERT INTO outbox (id, idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) "
        "VALUES (?, ?, 'email', ?, ?, ?, ?, ?, ?); END; END IF; COMMIT; END",
        {id,
         vote.voter.value,
         voted_at,
         vote.binding,
         vote.public_key,
         id,
         vote.credential_hash,
         vote.tags.ballot,
         vote.tags.credential,
         vote.sealed,
         id,
         vote.ballot_hash,
         util::to_sql(vote.over_from),
         vote.mail.has_value(),
         mail.number,
         mail.idempotency_key,
         mail.recipient,
         mail.subject,
         mail.body,
         vote.voter.value,
         voted_at,
         util::to_sql(mail.leaves_at)});
    if (vote.mail && rows != 3) log_lost_mail(db);
    return StoreOutcome::stored;
}

}  // namespace

StoreOutcome store_vote(db::Connection& db, const Vote& vote) {
    auto outcome = StoreOutcome::stored;
    const auto refused = [&](StoreOutcome why) {
        outcome = why;
        return false;
    };
    try {
        db.transaction_of_statements([&] {
            try {
                outcome = try_to_store(db, vote);
                return true;
            } catch (const db::Error& error) {
                switch (error.code()) {
                    case k_not_taken: return refused(why_not_taken(db, vote.scrutin));
                    case k_opened: return refused(StoreOutcome::opened);
                    case k_over: return refused(StoreOutcome::not_open);
                    default: throw;
                }
            }
        });
    } catch (const db::Error& error) {
        if (!error.is_duplicate_key()) throw;
        outcome = StoreOutcome::duplicate;  // whichever key it was, the whole transaction is undone
    }
    return outcome;
}

NoteOutcome note_opened(db::Connection& db, domain::ScrutinId scrutin, std::string_view ballot_hash, std::string_view ballot_tag) {
    const auto id = static_cast<unsigned>(scrutin.value);
    const bool noted = db.transaction([&] {
        db.insert_unique("INSERT INTO urne.opened (scrutin_id, ballot_hash) VALUES (?, ?)", {id, ballot_hash});
        // The inbox first: sceau moves ballots from there to the urne, and the lock waits for its move.
        return !db.select_one("SELECT scrutin_id FROM urne.inbox WHERE scrutin_id = ? AND ballot_tag = ? LOCK IN SHARE MODE",
                              {id, ballot_tag}) &&
               !db.select_one("SELECT scrutin_id FROM urne.ballot WHERE scrutin_id = ? AND ballot_hash = ? LOCK IN SHARE MODE",
                              {id, ballot_hash});
    });
    return noted ? NoteOutcome::noted : NoteOutcome::cast;
}

}  // namespace vote
