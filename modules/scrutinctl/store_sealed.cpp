// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_sealed.hpp"

namespace scrutinctl::store {

namespace {

unsigned sealed_id(domain::ScrutinId scrutin) { return scrutin.value; }

domain::UnionShare union_share(const db::Row& row, std::size_t first) {
    domain::UnionShare one{row.text(first)};
    if (!row.is_null(first + 1)) one.share = static_cast<unsigned>(row.number(first + 1));
    return one;
}

}  // namespace

void read_scrutin_to_seal(db::Connection& db, domain::ScrutinId scrutin, domain::Seal& seal) {
    if (const auto row =
            db.select_one("SELECT title, edition, administration, demonstration, small_totals FROM election WHERE id = 1")) {
        seal.election_title = row->text(0), seal.edition = row->text(1), seal.administration = row->text(2);
        seal.demonstration = row->flag(3);
        seal.small_totals = row->flag(4);
    }
    if (const auto row = db.select_one(
            "SELECT code, uuid, title, instance, level, perimeter, seats, tie_by_candidates, crypto_group, bureau FROM scrutin WHERE id = ?",
            {sealed_id(scrutin)})) {
        seal.code = row->text(0), seal.uuid = row->text(1), seal.title = row->text(2);
        seal.instance = row->text(3), seal.level = row->text(4), seal.perimeter = row->text(5);
        seal.seats = static_cast<unsigned>(row->number(6));
        seal.tie_by_candidates = row->flag(7);
        seal.group = row->text(8), seal.bureau = row->text(9);
    }
    std::vector<std::int64_t> ids;
    for (const auto& row :
         db.select("SELECT l.id, l.name, l.union_name, SHA2(p.pdf, 256), SHA2(g.png, 256) FROM candidate_list l "
                   "LEFT JOIN profession_de_foi p ON p.candidate_list_id = l.id "
                   "LEFT JOIN list_logo g ON g.candidate_list_id = l.id WHERE l.scrutin_id = ? ORDER BY l.position",
                   {sealed_id(scrutin)})) {
        ids.push_back(row.number(0));
        seal.lists.push_back({row.text(1), row.text(2), row.text(3), {}, {}, row.text(4)});
    }
    std::size_t at = 0;
    for (const auto& row : db.select("SELECT u.candidate_list_id, u.name, u.share FROM list_union u "
                                     "JOIN candidate_list l ON l.id = u.candidate_list_id "
                                     "WHERE l.scrutin_id = ? ORDER BY l.position, u.position",
                                     {sealed_id(scrutin)})) {
        while (at < ids.size() && ids[at] != row.number(0)) ++at;
        if (at < ids.size()) seal.lists[at].unions.push_back(union_share(row, 1));
    }
    at = 0;
    for (const auto& row : db.select("SELECT c.candidate_list_id, c.civility, c.last_name, c.first_name, c.affectation "
                                     "FROM candidate c JOIN candidate_list l ON l.id = c.candidate_list_id "
                                     "WHERE l.scrutin_id = ? ORDER BY l.position, c.position",
                                     {sealed_id(scrutin)})) {
        while (at < ids.size() && ids[at] != row.number(0)) ++at;
        if (at < ids.size()) seal.lists[at].candidates.push_back({row.text(1), row.text(2), row.text(3), row.text(4)});
    }
}

void each_roll_entry(db::Connection& db, domain::ScrutinId scrutin, const std::function<void(const domain::RollEntry&)>& each) {
    db.select_each(
        "SELECT r.voter_id, v.email, v.civility, v.last_name, v.first_name, r.sort_key, r.reason FROM voter_scrutin r "
        "JOIN voter v ON v.id = r.voter_id WHERE r.scrutin_id = ? AND v.struck_off_at IS NULL ORDER BY r.voter_id",
        {sealed_id(scrutin)}, [&](const db::Row& row) {
            each({static_cast<std::uint64_t>(row.number(0)), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5),
                  row.text(6)});
        });
}

void each_credential(db::Connection& db, domain::ScrutinId scrutin,
                     const std::function<void(const std::string& binding, const std::string& public_key)>& each) {
    db.select_each("SELECT binding, public_key FROM urne.credential WHERE scrutin_id = ? ORDER BY binding", {sealed_id(scrutin)},
                   [&](const db::Row& row) { each(row.text(0), row.text(1)); });
}

std::optional<StoredSeal> find_seal(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one("SELECT digest, text FROM seal WHERE scrutin_id = ?", {sealed_id(scrutin)});
    if (!row) return std::nullopt;
    return StoredSeal{row->text(0), row->text(1)};
}

void insert_seal(db::Connection& db, domain::ScrutinId scrutin, const StoredSeal& seal) {
    db.execute("INSERT INTO seal (scrutin_id, digest, text) VALUES (?, ?, ?)", {sealed_id(scrutin), seal.digest, seal.text});
}

std::vector<Programs> all_programs(db::Connection& db) {
    std::vector<Programs> all;
    db.select_each("SELECT number, digest, text, reason FROM seal_programs ORDER BY number", {}, [&](const db::Row& row) {
        all.push_back({static_cast<unsigned>(row.number(0)), row.text(1), row.text(2), row.text(3)});
    });
    return all;
}

std::optional<Programs> last_programs(db::Connection& db) {
    const auto row = db.select_one("SELECT number, digest, text, reason FROM seal_programs ORDER BY number DESC LIMIT 1");
    if (!row) return std::nullopt;
    return Programs{static_cast<unsigned>(row->number(0)), row->text(1), row->text(2), row->text(3)};
}

void insert_programs(db::Connection& db, const Programs& programs, util::Instant at) {
    db.execute("INSERT INTO seal_programs (number, digest, text, at, reason) VALUES (?, ?, ?, ?, ?)",
               {programs.number, programs.digest, programs.text, util::to_sql(at), programs.reason});
}

std::optional<LogHead> last_log_head(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row =
        db.select_one("SELECT size, root, signature FROM urne.log_head WHERE scrutin_id = ? ORDER BY size DESC LIMIT 1",
                      {sealed_id(scrutin)});
    if (!row) return std::nullopt;
    return LogHead{static_cast<std::uint64_t>(row->number(0)), row->text(1), row->text(2)};
}

void each_leaf(db::Connection& db, domain::ScrutinId scrutin,
               const std::function<void(std::uint64_t index, const std::string& ballot_hash)>& each) {
    db.select_each("SELECT leaf_index, ballot_hash FROM urne.log WHERE scrutin_id = ? ORDER BY leaf_index", {sealed_id(scrutin)},
                   [&](const db::Row& row) { each(static_cast<std::uint64_t>(row.number(0)), row.text(1)); });
}

std::uint64_t leaves_without_ballot(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one(
        "SELECT COUNT(*) FROM urne.log l LEFT JOIN urne.ballot b ON b.scrutin_id = l.scrutin_id AND "
        "b.ballot_hash = l.ballot_hash WHERE l.scrutin_id = ? AND b.ballot_hash IS NULL",
        {sealed_id(scrutin)});
    return static_cast<std::uint64_t>(row->number(0));
}

std::uint64_t opened_and_cast(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one(
        "SELECT COUNT(*) FROM urne.opened o JOIN urne.ballot b ON b.scrutin_id = o.scrutin_id AND b.ballot_hash = o.ballot_hash "
        "WHERE o.scrutin_id = ?",
        {sealed_id(scrutin)});
    return static_cast<std::uint64_t>(row->number(0));
}

}  // namespace scrutinctl::store
