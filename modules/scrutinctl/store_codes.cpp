// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_codes.hpp"

namespace scrutinctl::store {

namespace {

std::uint64_t counted_by(const std::optional<db::Row>& row) { return static_cast<std::uint64_t>(row->number(0)); }

std::vector<domain::VoterId> voters_of(const std::vector<db::Row>& rows) {
    std::vector<domain::VoterId> voters;
    voters.reserve(rows.size());
    for (const auto& row : rows) voters.push_back(domain::VoterId{static_cast<std::uint32_t>(row.number(0))});
    return voters;
}

}  // namespace

std::optional<unsigned> unfinished_batch(db::Connection& db) {
    const auto row = db.select_one("SELECT number FROM code_batch WHERE done_at IS NULL ORDER BY number LIMIT 1");
    return row ? std::optional(static_cast<unsigned>(row->number(0))) : std::nullopt;
}

unsigned begin_batch(db::Connection& db, util::Instant at) {
    const auto number = static_cast<unsigned>(db.select_one("SELECT COALESCE(MAX(number), 0) + 1 FROM code_batch")->number(0));
    db.execute("INSERT INTO code_batch (number, made_at) VALUES (?, ?)", {number, util::to_sql(at)});
    return number;
}

void finish_batch(db::Connection& db, unsigned batch, util::Instant at) {
    db.execute("UPDATE code_batch SET done_at = ? WHERE number = ?", {util::to_sql(at), batch});
}

std::uint64_t count_codes(db::Connection& db, unsigned batch) {
    return counted_by(db.select_one("SELECT COUNT(*) FROM voter_code WHERE batch = ?", {batch}));
}

std::uint64_t count_codes_without_batch(db::Connection& db) {
    return counted_by(db.select_one(
        "SELECT COUNT(*) FROM envelope e LEFT JOIN voter_code c ON c.voter_id = e.voter_id WHERE c.voter_id IS NULL"));
}

void give_up_batch(db::Connection& db, unsigned batch) {
    db.execute("DELETE FROM voter_code WHERE batch = ?", {batch});
    db.execute("DELETE FROM escrow WHERE voter_id NOT IN (SELECT voter_id FROM voter_code)");
    db.execute("DELETE FROM envelope WHERE voter_id NOT IN (SELECT voter_id FROM voter_code)");
    db.execute("DELETE FROM code_batch WHERE number = ?", {batch});
}

void each_envelope(db::Connection& db, unsigned batch,
                   const std::function<void(const std::string&, const domain::Envelope&)>& each) {
    db.select_each(
        "SELECT v.email, e.voter_ref, e.generation, e.salt, e.nonce, e.ciphertext FROM voter_code c JOIN envelope e ON "
        "e.voter_id = c.voter_id JOIN voter v ON v.id = e.voter_id WHERE c.batch = ?",
        {batch}, [&](const db::Row& row) {
            each(row.text(0), {row.text(1), static_cast<unsigned>(row.number(2)), row.text(3), row.text(4), row.text(5)});
        });
}

void each_pending(db::Connection& db, const std::function<void(domain::VoterId, const std::string&)>& each) {
    db.select_each(
        "SELECT c.voter_id, c.credentials FROM voter_code c JOIN voter v ON v.id = c.voter_id WHERE v.struck_off_at IS NULL "
        "AND c.credentials <> '' ORDER BY c.voter_id",
        {}, [&](const db::Row& row) { each(domain::VoterId{static_cast<std::uint32_t>(row.number(0))}, row.text(1)); });
}

void each_right(db::Connection& db, const std::function<void(domain::VoterId, domain::ScrutinId)>& each) {
    db.select_each(
        "SELECT r.voter_id, r.scrutin_id FROM voter_scrutin r JOIN voter v ON v.id = r.voter_id WHERE v.struck_off_at IS NULL "
        "ORDER BY r.voter_id, r.scrutin_id",
        {}, [&](const db::Row& row) {
            each(domain::VoterId{static_cast<std::uint32_t>(row.number(0))},
                 domain::ScrutinId{static_cast<std::uint16_t>(row.number(1))});
        });
}

void forget_pending(db::Connection& db) { db.execute("UPDATE voter_code SET credentials = ''"); }

std::vector<domain::VoterId> coded_of_batch(db::Connection& db, unsigned batch) {
    return voters_of(db.select(
        "SELECT c.voter_id FROM voter_code c JOIN code_batch b ON b.number = c.batch WHERE c.batch = ? AND b.done_at IS NOT NULL",
        {batch}));
}

std::vector<domain::VoterId> coded_of_place(db::Connection& db, std::string_view place) {
    return voters_of(
        db.select("SELECT c.voter_id FROM voter_code c JOIN voter v ON v.id = c.voter_id JOIN code_batch b ON b.number = c.batch "
                  "WHERE v.notice_place = ? AND b.done_at IS NOT NULL",
                  {place}));
}

std::vector<domain::VoterId> coded_of_address(db::Connection& db, std::string_view address) {
    return voters_of(
        db.select("SELECT c.voter_id FROM voter_code c JOIN voter v ON v.id = c.voter_id JOIN code_batch b ON b.number = c.batch "
                  "WHERE v.email = ? AND b.done_at IS NOT NULL",
                  {address}));
}

bool withdraw_code(db::Connection& db, domain::VoterId voter, std::string_view cause, util::Instant at) {
    const bool has_code =
        db.execute(
            "INSERT INTO withdrawn_notice (voter_id, generation, batch, cause, at) SELECT e.voter_id, e.generation, "
            "c.batch, ?, ? FROM envelope e JOIN voter_code c ON c.voter_id = e.voter_id WHERE e.voter_id = ?",
            {cause, util::to_sql(at), voter.value}) == 1;
    if (!has_code) return false;
    db.execute("DELETE FROM voter_code WHERE voter_id = ?", {voter.value});
    db.execute("DELETE FROM escrow WHERE voter_id = ?", {voter.value});
    db.execute("DELETE FROM envelope WHERE voter_id = ?", {voter.value});
    return true;
}

std::vector<WithdrawnNotice> withdrawn_notices(db::Connection& db) {
    std::vector<WithdrawnNotice> all;
    for (const auto& row :
         db.select("SELECT v.notice_place, v.last_name, v.first_name, v.email, w.cause, w.batch, w.generation, w.at FROM "
                   "withdrawn_notice w JOIN voter v ON v.id = w.voter_id ORDER BY v.notice_place, v.last_name, v.first_name, v.id, "
                   "w.generation"))
        all.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), static_cast<unsigned>(row.number(5)),
                       static_cast<unsigned>(row.number(6)), row.instant(7)});
    return all;
}

}  // namespace scrutinctl::store
