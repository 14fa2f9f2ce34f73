// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_import.hpp"

#include "crypto/protocol.hpp"
#include "domain/identity.hpp"
#include "scrutinctl/sort_key.hpp"
#include "util/file.hpp"
#include "util/text.hpp"

namespace scrutinctl::store {

namespace {

constexpr unsigned k_election = 1;

}  // namespace

std::string why_frozen(db::Connection& db) {
    if (const auto row = db.select_one("SELECT code, state FROM scrutin WHERE state NOT IN ('draft', 'published') LIMIT 1")) {
        return "le scrutin " + row->text(0) + " est déjà « " + row->text(1) + " » : le scellement fige les listes électorales";
    }
    if (db.select_one("SELECT voter_id FROM account WHERE voter_id < 4000000000 LIMIT 1")) {
        return "des électeurs ont déjà ouvert leur espace : la liste ne se remplace plus en bloc";
    }
    if (db.select_one("SELECT number FROM code_batch LIMIT 1") || db.select_one("SELECT voter_id FROM envelope LIMIT 1")) {
        return "des codes de vote sont déjà faits : la liste change désormais par « roll », et « codes » fait ce qui manque";
    }
    return {};
}

void clear_election(db::Connection& db) {
    // Steps of requests for help stay with their requests, which no space shows from now on: numbers of electors change hands.
    for (const std::string_view statement : {"DELETE FROM result_list",
                                             "DELETE FROM result",
                                             "DELETE FROM list_delegate",
                                             "DELETE FROM profession_de_foi",
                                             "DELETE FROM list_logo",
                                             "DELETE FROM list_union",
                                             "DELETE FROM candidate",
                                             "DELETE FROM candidate_list",
                                             "DELETE FROM voter_scrutin",
                                             "DELETE FROM mail_token",
                                             "DELETE FROM session",
                                             "DELETE FROM reclamation_attachment",
                                             "DELETE FROM desk_step WHERE number IN (SELECT number FROM reclamation)",
                                             "DELETE FROM reclamation",
                                             "UPDATE assistance SET voter_id = NULL WHERE voter_id IS NOT NULL",
                                             "DELETE FROM roll_change",
                                             "DELETE FROM invitation",
                                             "DELETE FROM mail_return",
                                             "DELETE FROM voter WHERE id < 4000000000",
                                             "DELETE FROM scrutin",
                                             "DELETE FROM academie",
                                             "DELETE FROM calendar",
                                             "DELETE FROM eligibility_rule"}) {
        db.execute(statement);
    }
}

void insert_election(db::Connection& db, const ImportedElection& election) {
    // The row stays over imports, so that its data_version never goes back under a page kept by a worker.
    db.execute(
        "INSERT INTO election (id, title, edition, administration, demonstration, small_totals, asks_defi, shows_new_code) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
        "ON DUPLICATE KEY UPDATE title = VALUES(title), edition = VALUES(edition), administration = VALUES(administration), "
        "demonstration = VALUES(demonstration), small_totals = VALUES(small_totals), asks_defi = VALUES(asks_defi), shows_new_code = VALUES(shows_new_code), data_version = data_version + 1",
        {k_election, election.title, election.edition, election.administration, election.demonstration, election.small_totals,
         election.asks_defi, election.shows_new_code});
    for (std::size_t i = 0; i < domain::k_calendar_events; ++i) {
        const auto event = static_cast<domain::CalendarEvent>(i);
        db.execute("INSERT INTO calendar (election_id, event, at) VALUES (?, ?, ?)",
                   {k_election, domain::name_of(event), util::to_sql(election.calendar.at(event))});
    }
    unsigned position = 0;
    for (const Academie& academie : election.academies) {
        db.execute(
            "INSERT INTO academie (code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, "
            "assistance_hours) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            {academie.code, academie.name, ++position, academie.webmail_url, academie.recovery_url, academie.assistance_phone,
             academie.assistance_email, academie.assistance_hours});
    }
    unsigned rule_position = 0;
    for (const domain::EligibilityRule& rule : election.rules) {
        db.execute(
            "INSERT INTO eligibility_rule (position, personnel, corps, academie_code, departement, instance, reason) VALUES (?, ?, ?, ?, ?, ?, ?)",
            {++rule_position, rule.personnel, rule.corps, rule.academie_code, rule.departement, rule.instance, rule.reason});
    }
    BatchInsert candidates(db, "INSERT INTO candidate (candidate_list_id, position, civility, last_name, first_name, affectation)",
                           6);
    unsigned scrutin_id = 0, list_id = 0;
    for (const ImportScrutin& scrutin : election.scrutins) {
        ++scrutin_id;
        db.execute(
            "INSERT INTO scrutin (id, election_id, code, uuid, title, instance, level, perimeter, seats, tie_by_candidates, "
            "crypto_group, bureau, position, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft')",
            {scrutin_id, k_election, scrutin.code, crypto::make_uuid(), scrutin.title, scrutin.instance, scrutin.level,
             scrutin.perimeter, scrutin.seats, scrutin.tie_by_candidates, scrutin.crypto_group, scrutin.bureau, scrutin_id});
        unsigned list_position = 0;
        for (const CandidateList& list : scrutin.lists) {
            ++list_id;
            db.execute("INSERT INTO candidate_list (id, scrutin_id, position, name, union_name) VALUES (?, ?, ?, ?, ?)",
                       {list_id, scrutin_id, ++list_position, list.name, list.union_name});
            unsigned union_position = 0;
            for (const domain::UnionShare& one : list.unions) {
                db.execute("INSERT INTO list_union (candidate_list_id, position, name, share) VALUES (?, ?, ?, ?)",
                           {list_id, ++union_position, one.name, one.share});
            }
            if (!list.profession_de_foi.empty()) {
                db.execute("INSERT INTO profession_de_foi (candidate_list_id, pdf) VALUES (?, ?)",
                           {list_id, util::read_file(list.profession_de_foi).value_or("")});
            }
            unsigned rank = 0;
            for (const Candidate& candidate : list.candidates) {
                candidates.add(
                    {list_id, ++rank, candidate.civility, candidate.last_name, candidate.first_name, candidate.affectation});
            }
        }
    }
    candidates.flush();
}

RollWriter::RollWriter(db::Connection& db, const ImportedElection& election, std::string_view numen_pepper)
    : election_(election),
      numen_pepper_(numen_pepper),
      voters_(
          db,
          "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, affectation, "
          "academie_code, departement, notice_place)",
          13),
      rolls_(db, "INSERT INTO voter_scrutin (scrutin_id, voter_id, sort_key, reason)", 4) {}

void RollWriter::add(const Elector& elector) {
    const auto id = static_cast<unsigned>(voters_.count() + 1);
    voters_.add({id, k_election, elector.email, elector.civility, elector.last_name, elector.first_name,
                 domain::identity_check(numen_pepper_, elector.numen, elector.birth_date), elector.personnel, elector.corps,
                 elector.affectation, elector.academie_code, elector.departement, elector.notice_place});
    const std::string sort_key = sort_key_of(elector.last_name, elector.first_name);
    for (const domain::Eligibility::Right& right : elector.rights) {
        waiting_.push_back({static_cast<unsigned>(right.scrutin + 1), id, sort_key, reason_of(election_, right.rule, elector)});
    }
    if (voters_.is_flushed()) write_waiting();
}

void RollWriter::write_waiting() {
    for (db::Params& line : waiting_) rolls_.add(std::move(line));
    waiting_.clear();
}

void RollWriter::finish() {
    voters_.flush();
    write_waiting();
    rolls_.flush();
}

void insert_delegates(db::Connection& db, const ImportedElection& election) {
    std::vector<unsigned> first_list;  // of each scrutin, as insert_election numbers them
    unsigned next = 1;
    for (const ImportScrutin& scrutin : election.scrutins) {
        first_list.push_back(next);
        next += static_cast<unsigned>(scrutin.lists.size());
    }
    for (const Delegate& delegate : election.delegates) {
        db.execute("INSERT INTO list_delegate (voter_id, candidate_list_id) SELECT id, ? FROM voter WHERE email = ?",
                   {first_list[delegate.scrutin] + static_cast<unsigned>(delegate.list), delegate.email});
    }
}

std::vector<std::pair<std::string, std::uint64_t>> count_rows(db::Connection& db) {
    std::vector<std::pair<std::string, std::uint64_t>> counts;
    // The rolls by their primary key: in another index each row of this very transaction is looked up by its key, at random, and a fifth of the
    // database's work for 200,000 electors went there, with less memory than rolls.
    for (const auto& [name, sql] :
         {std::pair{"académies", "SELECT COUNT(*) FROM academie"},
          {"scrutins", "SELECT COUNT(*) FROM scrutin"},
          {"listes", "SELECT COUNT(*) FROM candidate_list"},
          {"candidats", "SELECT COUNT(*) FROM candidate"},
          {"professions de foi", "SELECT COUNT(*) FROM profession_de_foi"},
          {"électeurs", "SELECT COUNT(*) FROM voter WHERE id < 4000000000"},
          {"inscriptions sur les listes électorales", "SELECT COUNT(*) FROM voter_scrutin FORCE INDEX (PRIMARY)"}}) {
        counts.emplace_back(name, static_cast<std::uint64_t>(db.select_one(sql)->number(0)));
    }
    return counts;
}

}  // namespace scrutinctl::store
