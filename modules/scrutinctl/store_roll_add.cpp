// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_roll_add.hpp"

namespace scrutinctl::store {

namespace {

constexpr unsigned k_the_election = 1;
constexpr int k_signalled = 1644;  // ER_SIGNAL_EXCEPTION: a trigger refused

}  // namespace

ImportedElection election_of_electors(db::Connection& db) {
    ImportedElection election;
    for (const auto& row : db.select("SELECT code, name FROM academie ORDER BY position")) {
        Academie academie;
        academie.code = row.text(0);
        academie.name = row.text(1);
        election.academies.push_back(std::move(academie));
    }
    for (const auto& row : db.select("SELECT code, title, instance, level, perimeter FROM scrutin ORDER BY position, id")) {
        ImportScrutin scrutin;
        scrutin.code = row.text(0);
        scrutin.title = row.text(1);
        scrutin.instance = row.text(2);
        scrutin.level = row.text(3);
        scrutin.perimeter = row.text(4);
        election.scrutins.push_back(std::move(scrutin));
    }
    for (const auto& row :
         db.select("SELECT personnel, corps, academie_code, departement, instance, reason FROM eligibility_rule ORDER BY position"))
        election.rules.push_back({row.text(0), row.text(1), row.text(2), row.text(3), row.text(4), row.text(5)});
    return election;
}

bool propose_elector(db::Connection& db, const RollChange& change, std::string_view identity_check) {
    try {
        db.execute(
            "INSERT INTO roll_change (kind, detail, identity_check, reason, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?, ?)",
            {change.kind, change.detail, identity_check, change.reason, change.proposed_by, util::to_sql(change.proposed_at)});
    } catch (const db::Error& error) {
        if (error.code() == k_signalled) return false;
        throw;
    }
    return true;
}

bool approve_elector(db::Connection& db, unsigned change, std::string_view by, util::Instant now) {
    try {
        db.execute("UPDATE roll_change SET state = 'approved', decided_by = ?, decided_at = ? WHERE id = ?",
                   {by, util::to_sql(now), change});
    } catch (const db::Error& error) {
        if (error.code() == k_signalled) return false;
        throw;
    }
    return true;
}

bool note_identity_check(db::Connection& db, unsigned change, std::string_view identity_check) {
    try {
        db.execute("UPDATE roll_change SET identity_check = ? WHERE id = ?", {identity_check, change});
    } catch (const db::Error& error) {
        if (error.code() == k_signalled) return false;
        throw;
    }
    return true;
}

domain::VoterId insert_elector(db::Connection& db, unsigned change, const Elector& elector) {
    const auto check = db.select_one("SELECT identity_check FROM roll_change WHERE id = ?", {change});
    const auto id = static_cast<std::uint32_t>(
        db.select_one("SELECT COALESCE(MAX(id), 0) + 1 FROM voter WHERE id < 4000000000 FOR UPDATE")->number(0));
    db.execute(
        "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, affectation, "
        "academie_code, departement, notice_place) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        {id, k_the_election, elector.email, elector.civility, elector.last_name, elector.first_name, check->text(0),
         elector.personnel, elector.corps, elector.affectation, elector.academie_code, elector.departement, elector.notice_place});
    db.execute("UPDATE roll_change SET voter_id = ?, identity_check = '' WHERE id = ?", {id, change});
    return domain::VoterId{id};
}

std::optional<LateOfDesk> newest_late_of_desk(db::Connection& db, std::string_view address) {
    const auto row = db.select_one(
        "SELECT id, state, outcome FROM roll_change WHERE kind = 'add' AND proposed_member IS NOT NULL AND JSON_VALUE(detail, '$.email') = ? "
        "ORDER BY id DESC LIMIT 1",
        {address});
    if (!row) return std::nullopt;
    return LateOfDesk{static_cast<unsigned>(row->number(0)), row->text(1), row->text(2)};
}

void forget_identity_check(db::Connection& db, unsigned change) {
    db.execute("UPDATE roll_change SET identity_check = '' WHERE id = ?", {change});
}

}  // namespace scrutinctl::store
