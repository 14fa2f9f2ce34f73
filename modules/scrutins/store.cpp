// SPDX-License-Identifier: AGPL-3.0-or-later
// The statements. Each elector page joins voter_scrutin: another's scrutin and an unknown one are the same empty answer.
#include "scrutins/store.hpp"

#include <algorithm>
#include <stdexcept>

#include "domain/public_number.hpp"

namespace scrutins {
namespace {

// Columns id, code, title, instance, level, seats, state, suspended_at, annulled_at, reason of the stop, from `first` on.
Scrutin scrutin_from(const db::Row& row, std::size_t first = 0) {
    Scrutin scrutin;
    scrutin.id = domain::ScrutinId{static_cast<std::uint16_t>(row.number(first))};
    scrutin.code = row.text(first + 1);
    scrutin.title = row.text(first + 2);
    scrutin.instance = row.text(first + 3);
    scrutin.level = row.text(first + 4);
    scrutin.seats = static_cast<unsigned>(row.number(first + 5));
    scrutin.state = domain::scrutin_state_of(row.text(first + 6));
    scrutin.stop = {row.instant_or_null(first + 7), row.instant_or_null(first + 8), row.text(first + 9)};
    return scrutin;
}

MyScrutin my_scrutin_from(const db::Row& row) {
    MyScrutin mine{scrutin_from(row), row.text(10), row.instant_or_null(11)};
    mine.scrutin.position = static_cast<unsigned>(row.number(12));
    return mine;
}

Reclamation reclamation_from(const db::Row& row) {
    Reclamation reclamation;
    reclamation.number = row.text(0);
    reclamation.object = row.text(1);
    reclamation.scrutin_title = row.text(2);
    reclamation.body = row.text(3);
    reclamation.state = row.text(4);
    reclamation.answer = row.text(5);
    reclamation.created_at = row.instant(6);
    reclamation.answered_at = row.instant_or_null(7);
    return reclamation;
}

}  // namespace

std::vector<MyScrutin> my_scrutins(db::Connection& db, domain::VoterId voter) {
    std::vector<MyScrutin> mine;
    for (const auto& row :
         db.select("SELECT s.id, s.code, s.title, s.instance, s.level, s.seats, s.state, s.suspended_at, s.annulled_at, "
                   "COALESCE((SELECT p.reason FROM suspension p WHERE p.scrutin_id = s.id AND p.state = 'done' ORDER BY p.number "
                   "DESC LIMIT 1), ''), vs.reason, e.voted_at, s.position "
                   "FROM voter_scrutin vs JOIN scrutin s ON s.id = vs.scrutin_id "
                   "LEFT JOIN emargement e ON e.scrutin_id = vs.scrutin_id AND e.voter_id = vs.voter_id "
                   "WHERE vs.voter_id = ? AND s.state <> 'draft' ORDER BY s.position, s.id",
                   {voter.value})) {
        mine.push_back(my_scrutin_from(row));
    }
    return mine;
}

CandidateList candidate_list_from(const db::Row& row, std::size_t first) {
    CandidateList list;
    list.id = static_cast<std::uint32_t>(row.number(first));
    list.position = static_cast<unsigned>(row.number(first + 1));
    list.name = row.text(first + 2);
    list.union_name = row.text(first + 3);
    list.has_profession = row.flag(first + 4);
    return list;
}

Candidate candidate_from(const db::Row& row, std::size_t first) {
    return {static_cast<unsigned>(row.number(first)), row.text(first + 1), row.text(first + 2), row.text(first + 3),
            row.text(first + 4)};
}

std::vector<CandidateList> candidate_lists(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<CandidateList> lists;
    // A row for each union of a common list, and one of any other list.
    for (const auto& row :
         db.select("SELECT l.id, l.position, l.name, l.union_name, p.candidate_list_id IS NOT NULL, u.name, u.share, "
                   "g.digest, g.width, g.height FROM candidate_list l "
                   "LEFT JOIN profession_de_foi p ON p.candidate_list_id = l.id "
                   "LEFT JOIN list_logo g ON g.candidate_list_id = l.id "
                   "LEFT JOIN list_union u ON u.candidate_list_id = l.id "
                   "WHERE l.scrutin_id = ? ORDER BY l.position, u.position",
                   {static_cast<unsigned>(scrutin.value)})) {
        if (lists.empty() || lists.back().id != row.number(0)) lists.push_back(candidate_list_from(row, 0));
        CandidateList& list = lists.back();
        if (!row.is_null(7))
            list.logo = row.text(7), list.logo_width = static_cast<unsigned>(row.number(8)),
            list.logo_height = static_cast<unsigned>(row.number(9));
        if (row.is_null(5)) continue;
        list.unions.push_back({row.text(5)});
        if (!row.is_null(6)) list.unions.back().share = static_cast<unsigned>(row.number(6));
    }
    for (const auto& row : db.select("SELECT l.id, c.position, c.civility, c.last_name, c.first_name, c.affectation "
                                     "FROM candidate_list l JOIN candidate c ON c.candidate_list_id = l.id "
                                     "WHERE l.scrutin_id = ? ORDER BY l.position, c.position",
                                     {static_cast<unsigned>(scrutin.value)})) {
        const auto list = std::find_if(lists.begin(), lists.end(), [&](const auto& l) { return l.id == row.number(0); });
        if (list == lists.end()) continue;  // a list born between the two reads
        list->candidates.push_back(candidate_from(row, 1));
    }
    return lists;
}

std::optional<std::string> profession_de_foi(db::Connection& db, domain::ScrutinId scrutin, unsigned position) {
    const auto row = db.select_one(
        "SELECT p.pdf FROM candidate_list l JOIN profession_de_foi p ON p.candidate_list_id = l.id "
        "WHERE l.scrutin_id = ? AND l.position = ?",
        {static_cast<unsigned>(scrutin.value), position});
    return row ? std::optional(row->text(0)) : std::nullopt;
}

std::vector<RollRow> roll_rows(db::Connection& db, domain::ScrutinId scrutin, std::string_view from, unsigned skip,
                               std::string_view until, unsigned limit) {
    std::vector<RollRow> rows;
    for (const auto& row : db.select("SELECT vs.sort_key, v.last_name, v.first_name, v.affectation, v.corps "
                                     "FROM voter_scrutin vs JOIN voter v ON v.id = vs.voter_id "
                                     "WHERE vs.scrutin_id = ? AND vs.sort_key >= ? AND vs.sort_key < ? AND v.struck_off_at IS NULL "
                                     "ORDER BY vs.sort_key, vs.voter_id LIMIT ? OFFSET ?",
                                     {static_cast<unsigned>(scrutin.value), from, until, limit, skip})) {
        rows.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4)});
    }
    return rows;
}

std::vector<std::string> roll_keys_before(db::Connection& db, domain::ScrutinId scrutin, std::string_view from,
                                          std::string_view before, unsigned limit) {
    std::vector<std::string> keys;
    for (const auto& row : db.select("SELECT vs.sort_key FROM voter_scrutin vs JOIN voter v ON v.id = vs.voter_id "
                                     "WHERE vs.scrutin_id = ? AND vs.sort_key >= ? AND vs.sort_key < ? AND v.struck_off_at IS NULL "
                                     "ORDER BY vs.sort_key DESC, vs.voter_id DESC LIMIT ?",
                                     {static_cast<unsigned>(scrutin.value), from, before, limit})) {
        keys.push_back(row.text(0));
    }
    return keys;
}

unsigned homonyms(db::Connection& db, domain::ScrutinId scrutin, std::string_view key) {
    const auto row = db.select_one(
        "SELECT COUNT(*) FROM voter_scrutin vs JOIN voter v ON v.id = vs.voter_id "
        "WHERE vs.scrutin_id = ? AND vs.sort_key = ? AND v.struck_off_at IS NULL",
        {static_cast<unsigned>(scrutin.value), key});
    return static_cast<unsigned>(row->number(0));
}

std::uint64_t roll_size(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one(
        "SELECT COUNT(*) FROM voter_scrutin vs JOIN voter v ON v.id = vs.voter_id "
        "WHERE vs.scrutin_id = ? AND v.struck_off_at IS NULL",
        {static_cast<unsigned>(scrutin.value)});
    return static_cast<std::uint64_t>(row->number(0));
}

std::vector<Reclamation> my_reclamations(db::Connection& db, domain::VoterId voter) {
    std::vector<Reclamation> mine;
    for (const auto& row : db.select("SELECT r.number, r.object, s.title, r.body, r.state, r.answer, r.created_at, r.answered_at "
                                     "FROM reclamation r LEFT JOIN scrutin s ON s.id = r.scrutin_id "
                                     "WHERE r.voter_id = ? ORDER BY r.created_at DESC, r.id DESC",
                                     {voter.value})) {
        mine.push_back(reclamation_from(row));
    }
    return mine;
}

std::optional<Reclamation> my_reclamation(db::Connection& db, domain::VoterId voter, std::string_view number) {
    const auto row = db.select_one(
        "SELECT r.number, r.object, s.title, r.body, r.state, r.answer, r.created_at, r.answered_at "
        "FROM reclamation r LEFT JOIN scrutin s ON s.id = r.scrutin_id WHERE r.voter_id = ? AND r.number = ?",
        {voter.value, number});
    return row ? std::optional(reclamation_from(*row)) : std::nullopt;
}

std::vector<ReclamationStep> steps_of(db::Connection& db, std::string_view number) {
    std::vector<ReclamationStep> steps;
    for (const auto& row : db.select("SELECT at, state, answer FROM desk_step WHERE number = ? ORDER BY step", {number}))
        steps.push_back({row.instant(0), row.text(1), row.text(2)});
    return steps;
}

std::string file_reclamation(db::Connection& db, const NewReclamation& filed, util::Instant now,
                             const std::function<void(const std::string& number)>& announce) {
    // A refused insert is either this very form sent twice at once (the next turn finds its number) or a number already
    // given (the next turn draws another).
    for (int turn = 0; turn < 4; ++turn) {
        std::string number;
        const bool done = db.transaction([&] {
            const auto known = db.select_one("SELECT number FROM reclamation WHERE idempotency_key = ?", {filed.idempotency_key});
            if (known) {
                number = known->text(0);
                return true;
            }
            number = domain::make_public_number('R');
            const std::optional<unsigned> scrutin = filed.scrutin ? std::optional<unsigned>(filed.scrutin->value) : std::nullopt;
            if (!db.insert_unique(
                    "INSERT INTO reclamation (number, voter_id, object, scrutin_id, body, created_at, idempotency_key) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?)",
                    {number, filed.voter.value, filed.object, scrutin, filed.body, util::to_sql(now), filed.idempotency_key})) {
                return false;
            }
            announce(number);
            return true;
        });
        if (done) return number;
    }
    throw std::runtime_error("reclamation: no free number in four draws");
}

std::vector<Scrutin> all_scrutins(db::Connection& db) {
    std::vector<Scrutin> all;
    for (const auto& row :
         db.select("SELECT s.id, s.code, s.title, s.instance, s.level, s.seats, s.state, s.suspended_at, s.annulled_at, "
                   "COALESCE((SELECT p.reason FROM suspension p WHERE p.scrutin_id = s.id AND p.state = 'done' "
                   "ORDER BY p.number DESC LIMIT 1), '') "
                   "FROM scrutin s WHERE s.state <> 'draft' ORDER BY s.position, s.id")) {
        all.push_back(scrutin_from(row));
    }
    return all;
}

std::optional<Scrutin> find_scrutin(db::Connection& db, std::string_view code) {
    const auto row = db.select_one(
        "SELECT s.id, s.code, s.title, s.instance, s.level, s.seats, s.state, s.suspended_at, s.annulled_at, "
        "COALESCE((SELECT p.reason FROM suspension p WHERE p.scrutin_id = s.id AND p.state = 'done' ORDER BY p.number DESC LIMIT 1), '') "
        "FROM scrutin s WHERE s.code = ? AND s.state <> 'draft'",
        {code});
    return row ? std::optional(scrutin_from(*row)) : std::nullopt;
}

std::optional<StoredProclamation> proclamation_of(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row =
        db.select_one("SELECT digest, text FROM proclamation WHERE scrutin_id = ?", {static_cast<unsigned>(scrutin.value)});
    return row ? std::optional(StoredProclamation{row->text(0), row->text(1)}) : std::nullopt;
}

std::vector<Paper> papers_of(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<Paper> papers;
    for (const auto& row :
         db.select("SELECT name, digest, size, published_at FROM paper WHERE scrutin_id = ? ORDER BY name", {scrutin.value}))
        papers.push_back({row.text(0), row.text(1), static_cast<std::uint64_t>(row.number(2)), row.instant(3)});
    return papers;
}

std::optional<PublicSeal> public_seal(db::Connection& db, std::string_view code) {
    const auto row = db.select_one(
        "SELECT s.id, s.code, s.title, s.instance, s.level, s.seats, s.state, s.suspended_at, s.annulled_at, '', x.digest, x.text, u.election "
        "FROM scrutin s "
        "JOIN seal x ON x.scrutin_id = s.id JOIN urne.setup u ON u.scrutin_id = s.id WHERE s.code = ? AND s.state <> 'draft'",
        {code});
    if (!row) return std::nullopt;
    return PublicSeal{scrutin_from(*row), row->text(10), row->text(11), row->text(12)};
}

std::vector<Programs> sealed_programs(db::Connection& db) {
    std::vector<Programs> all;
    for (const auto& row : db.select("SELECT number, digest, text, reason, at FROM seal_programs ORDER BY number"))
        all.push_back({static_cast<unsigned>(row.number(0)), row.text(1), row.text(2), row.text(3), row.instant(4)});
    return all;
}

std::optional<PublicLog> public_log(db::Connection& db, std::string_view code) {
    const auto row = db.select_one(
        "SELECT s.id, s.code, s.title, s.instance, s.level, s.seats, s.state, s.suspended_at, s.annulled_at, '', u.uuid, u.log_key, "
        "h.size, h.root, h.signature "
        "FROM scrutin s JOIN urne.setup u ON u.scrutin_id = s.id LEFT JOIN urne.log_head h ON h.scrutin_id = s.id "
        "WHERE s.code = ? AND s.state <> 'draft' ORDER BY h.size DESC LIMIT 1",
        {code});
    if (!row) return std::nullopt;
    PublicLog log;
    log.scrutin = scrutin_from(*row);
    log.uuid = row->text(10);
    log.log_key = row->text(11);
    log.size = static_cast<std::uint64_t>(row->number(12));
    log.root = row->text(13);
    log.signature = row->text(14);
    return log;
}

std::vector<Cosignature> cosignatures(db::Connection& db, domain::ScrutinId scrutin) {
    std::vector<Cosignature> all;
    for (const auto& row : db.select("SELECT witness, size, line FROM urne.cosignature WHERE scrutin_id = ?", {scrutin.value}))
        all.push_back({row.text(0), static_cast<std::uint64_t>(row.number(1)), row.text(2)});
    return all;
}

void keep_cosignature(db::Connection& db, domain::ScrutinId scrutin, const Cosignature& cosignature, const std::string& text) {
    const bool is_first =
        db.insert_unique("INSERT INTO urne.cosignature (scrutin_id, witness, size, line, text) VALUES (?, ?, ?, ?, ?)",
                         {scrutin.value, cosignature.witness, cosignature.size, cosignature.line, text});
    if (!is_first)
        db.execute("UPDATE urne.cosignature SET size = ?, line = ?, text = ? WHERE scrutin_id = ? AND witness = ? AND size <= ?",
                   {cosignature.size, cosignature.line, text, scrutin.value, cosignature.witness, cosignature.size});
}

std::string root_of_head(db::Connection& db, domain::ScrutinId scrutin, std::uint64_t size) {
    const auto row = db.select_one("SELECT root FROM urne.log_head WHERE scrutin_id = ? AND size = ?", {scrutin.value, size});
    return row ? row->text(0) : std::string();
}

std::optional<std::string> election_record(db::Connection& db, std::string_view code) {
    const auto row = db.select_one(
        "SELECT u.election FROM scrutin s JOIN urne.setup u ON u.scrutin_id = s.id WHERE s.code = ? AND s.state <> 'draft'",
        {code});
    return row ? std::optional(row->text(0)) : std::nullopt;
}

std::optional<std::uint64_t> leaf_index_of(db::Connection& db, domain::ScrutinId scrutin, std::string_view hash_hex) {
    const auto row = db.select_one("SELECT leaf_index FROM urne.log WHERE scrutin_id = ? AND ballot_hash = ?",
                                   {static_cast<unsigned>(scrutin.value), hash_hex});
    return row ? std::optional(static_cast<std::uint64_t>(row->number(0))) : std::nullopt;
}

}  // namespace scrutins
