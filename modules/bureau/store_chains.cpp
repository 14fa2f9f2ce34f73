// SPDX-License-Identifier: AGPL-3.0-or-later
#include "bureau/store_chains.hpp"

namespace bureau {

namespace {

unsigned chain_id(domain::ScrutinId scrutin) { return scrutin.value; }

}  // namespace

std::optional<StoredSeal> find_stored_seal(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one(
        "SELECT s.digest, s.text, u.log_key FROM seal s JOIN urne.setup u ON u.scrutin_id = s.scrutin_id WHERE s.scrutin_id = ?",
        {chain_id(scrutin)});
    return row ? std::optional(StoredSeal{row->text(0), row->text(1), row->text(2)}) : std::nullopt;
}

std::optional<SealedPrograms> last_sealed_programs(db::Connection& db) {
    const auto row = db.select_one("SELECT number, digest, text FROM seal_programs ORDER BY number DESC LIMIT 1");
    return row ? std::optional(SealedPrograms{static_cast<unsigned>(row->number(0)), row->text(1), row->text(2)}) : std::nullopt;
}

std::string seal_act_detail(db::Connection& db, std::string_view code) {
    const auto row = db.select_one(
        "SELECT detail FROM audit WHERE action = 'seal' AND LEFT(detail, CHAR_LENGTH(?) + 1) = CONCAT(?, ' ') ORDER BY id LIMIT 1",
        {code, code});
    return row ? row->text(0) : std::string();
}

std::string programs_act_detail(db::Connection& db) {
    const auto row = db.select_one("SELECT detail FROM audit WHERE action = 'programs' ORDER BY id DESC LIMIT 1");
    return row ? row->text(0) : std::string();
}

std::string papers_act_detail(db::Connection& db, std::string_view code) {
    const auto row = db.select_one(
        "SELECT detail FROM audit WHERE action = 'papers' AND LEFT(detail, CHAR_LENGTH(?) + 1) = CONCAT(?, ' ') ORDER BY id DESC LIMIT 1",
        {code, code});
    return row ? row->text(0) : std::string();
}

std::string last_check_detail(db::Connection& db, std::string_view code, std::string_view containing) {
    const auto row = db.select_one(
        "SELECT detail FROM audit WHERE action = 'desk-integrity' AND LEFT(detail, CHAR_LENGTH(?) + 1) = CONCAT(?, ' ') "
        "AND LOCATE(?, detail) > 0 ORDER BY id DESC LIMIT 1",
        {code, code, containing});
    return row ? row->text(0) : std::string();
}

void each_journal_entry(db::Connection& db, const std::function<void(const JournalEntry&)>& each) {
    db.select_each("SELECT id, at, actor, action, detail, hash FROM audit ORDER BY id", {}, [&](const db::Row& row) {
        each({static_cast<unsigned>(row.number(0)), util::to_sql(row.instant(1)), row.text(2), row.text(3), row.text(4),
              row.text(5)});
    });
}

std::optional<domain::JournalHead> newest_journal_head(db::Connection& db) {
    const auto row = db.select_one("SELECT size, note FROM urne.journal_head ORDER BY size DESC LIMIT 1");
    return row ? std::optional(domain::JournalHead{static_cast<std::uint64_t>(row->number(0)), row->text(1)}) : std::nullopt;
}

std::optional<domain::LogHead> newest_log_head(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row =
        db.select_one("SELECT size, root, signature FROM urne.log_head WHERE scrutin_id = ? ORDER BY size DESC LIMIT 1",
                      {chain_id(scrutin)});
    return row ? std::optional(domain::LogHead{static_cast<std::uint64_t>(row->number(0)), row->text(1), row->text(2)})
               : std::nullopt;
}

void each_log_leaf(db::Connection& db, domain::ScrutinId scrutin,
                   const std::function<void(std::uint64_t index, const std::string& ballot_hash)>& each) {
    db.select_each("SELECT leaf_index, ballot_hash FROM urne.log WHERE scrutin_id = ? ORDER BY leaf_index", {chain_id(scrutin)},
                   [&](const db::Row& row) { each(static_cast<std::uint64_t>(row.number(0)), row.text(1)); });
}

std::uint64_t count_urne_ballots(db::Connection& db, domain::ScrutinId scrutin) {
    return static_cast<std::uint64_t>(
        db.select_one("SELECT COUNT(*) FROM urne.ballot WHERE scrutin_id = ?", {chain_id(scrutin)})->number(0));
}

std::vector<std::string> codes_of_all(db::Connection& db) {
    std::vector<std::string> codes;
    for (const auto& row : db.select("SELECT code FROM scrutin")) codes.push_back(row.text(0));
    return codes;
}

}  // namespace bureau
