// SPDX-License-Identifier: AGPL-3.0-or-later
#include "scrutinctl/store_archive.hpp"

namespace scrutinctl::store {

std::vector<KeptTable> kept_tables() {
    return {
        {"urne.journal_head", "SELECT size, note FROM urne.journal_head ORDER BY size"},
        {"urne.log_head", "SELECT scrutin_id, size, root, signature FROM urne.log_head ORDER BY scrutin_id, size"},
        {"urne.cosignature", "SELECT scrutin_id, witness, size, line, text FROM urne.cosignature ORDER BY scrutin_id, witness"},
        {"urne.log", "SELECT scrutin_id, leaf_index, ballot_hash FROM urne.log ORDER BY scrutin_id, leaf_index"},
        {"urne.ballot", "SELECT scrutin_id, ballot_hash, ballot FROM urne.ballot ORDER BY scrutin_id, ballot_hash"},
        {"urne.opened", "SELECT scrutin_id, ballot_hash FROM urne.opened ORDER BY scrutin_id, ballot_hash"},
        {"urne.closing", "SELECT scrutin_id FROM urne.closing ORDER BY scrutin_id"},
        {"urne.setup",
         "SELECT scrutin_id, uuid, election, trustees, public_creds_hash, receipt_key, log_key FROM urne.setup ORDER BY scrutin_id"},
        {"urne.credential", "SELECT scrutin_id, binding, public_key FROM urne.credential ORDER BY scrutin_id, binding"},
        {"urne.tally", "SELECT scrutin_id, encrypted_tally, sized, count, result FROM urne.tally ORDER BY scrutin_id"},
        {"urne.partial_decryption",
         "SELECT scrutin_id, owner, partial, second_proof FROM urne.partial_decryption ORDER BY scrutin_id, owner"},
        {"portail.election",
         "SELECT id, title, edition, administration, demonstration, data_version, small_totals, asks_defi, shows_new_code FROM "
         "election ORDER BY id"},
        {"portail.calendar", "SELECT election_id, event, at FROM calendar ORDER BY election_id, event"},
        {"portail.eligibility_rule",
         "SELECT position, personnel, corps, academie_code, departement, instance, reason FROM eligibility_rule ORDER BY position"},
        {"portail.academie",
         "SELECT code, name, position, webmail_url, recovery_url, assistance_phone, assistance_email, assistance_hours FROM "
         "academie ORDER BY code"},
        {"portail.voter",
         "SELECT id, election_id, email, civility, last_name, first_name, personnel, corps, affectation, academie_code, "
         "departement, notice_place, struck_off_at, struck_off_reason FROM voter ORDER BY id"},
        {"portail.scrutin",
         "SELECT id, election_id, code, uuid, title, instance, level, perimeter, seats, tie_by_candidates, crypto_group, bureau, "
         "position, state, suspended_at, annulled_at FROM scrutin ORDER BY id"},
        {"portail.voter_scrutin", "SELECT voter_id, scrutin_id, sort_key, reason FROM voter_scrutin ORDER BY voter_id, scrutin_id"},
        {"portail.candidate_list", "SELECT id, scrutin_id, position, name, union_name FROM candidate_list ORDER BY id"},
        {"portail.candidate",
         "SELECT candidate_list_id, position, civility, last_name, first_name, affectation FROM candidate ORDER BY "
         "candidate_list_id, position"},
        {"portail.list_logo", "SELECT candidate_list_id, digest, width, height, png FROM list_logo ORDER BY candidate_list_id"},
        {"portail.list_union",
         "SELECT candidate_list_id, position, name, share FROM list_union ORDER BY candidate_list_id, position"},
        {"portail.list_delegate", "SELECT voter_id, candidate_list_id FROM list_delegate ORDER BY voter_id, candidate_list_id"},
        {"portail.profession_de_foi", "SELECT candidate_list_id, pdf FROM profession_de_foi ORDER BY candidate_list_id"},
        {"portail.candidature",
         "SELECT id, scrutin_code, union_name, opens_at, closes_at, position, order_act FROM candidature ORDER BY id"},
        {"portail.candidature_rule",
         "SELECT scrutin_code, least, most, is_even, women, pages FROM candidature_rule ORDER BY scrutin_code"},
        {"portail.candidature_deposit",
         "SELECT number, candidature_id, version, list_name, at, deposited_by, digest FROM candidature_deposit ORDER BY number"},
        {"portail.candidature_name",
         "SELECT number, position, civility, last_name, first_name, affectation FROM candidature_name ORDER BY number, position"},
        {"portail.candidature_union", "SELECT number, position, name, share FROM candidature_union ORDER BY number, position"},
        {"portail.candidature_file", "SELECT number, kind, name, digest, content FROM candidature_file ORDER BY number, kind"},
        {"portail.candidature_decision",
         "SELECT id, number, decision, reason, despite, decided_by, decided_at FROM candidature_decision ORDER BY id"},
        {"portail.reclamation",
         "SELECT id, number, voter_id, object, scrutin_id, body, state, answer, created_at, answered_at FROM reclamation ORDER BY id"},
        {"portail.reclamation_attachment",
         "SELECT number, position, name, kind, size, digest, content, added_at FROM reclamation_attachment ORDER BY number, position"},
        {"portail.assistance",
         "SELECT id, number, voter_id, email, academie_code, subject, body, state, answer, created_at, answered_at FROM assistance "
         "ORDER BY id"},
        {"portail.desk_step", "SELECT number, step, at, state, answer FROM desk_step ORDER BY number, step"},
        {"portail.desk_assignment", "SELECT number, member_id, at FROM desk_assignment ORDER BY number"},
        {"portail.roll_change",
         "SELECT id, voter_id, kind, detail, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, "
         "decided_member, request, expires_at, outcome, ended_at, academie_code FROM roll_change ORDER BY id"},
        {"portail.desk_reminder",
         "SELECT id, academie_code, asked_by, asked_at, state, written, outcome, ended_at FROM desk_reminder ORDER BY id"},
        {"portail.code_batch", "SELECT number, made_at, done_at FROM code_batch ORDER BY number"},
        {"portail.voter_code", "SELECT voter_id, batch FROM voter_code ORDER BY voter_id"},
        {"portail.withdrawn_notice",
         "SELECT voter_id, generation, batch, cause, at FROM withdrawn_notice ORDER BY voter_id, generation"},
        {"portail.reassort_request", "SELECT id, voter_id, at, outcome, generation FROM reassort_request ORDER BY id"},
        {"portail.emargement", "SELECT scrutin_id, voter_id, voted_at FROM emargement ORDER BY scrutin_id, voter_id"},
        {"portail.suspension",
         "SELECT number, scrutin_id, kind, reason, authority, state, proposed_by, proposed_at, decided_by, decided_at FROM "
         "suspension ORDER BY number, scrutin_id"},
        {"portail.notice_fold", "SELECT id, place, kind, folds, at, actor, witness FROM notice_fold ORDER BY id"},
        {"portail.desk_member", "SELECT id, email, role, place, added_at, removed_at FROM desk_member ORDER BY id"},
        {"portail.desk_recovery",
         "SELECT id, email, state, proposed_by, proposed_at, decided_by, decided_at FROM desk_recovery ORDER BY id"},
        {"portail.result",
         "SELECT scrutin_id, inscrits, votants, blancs, exprimes, draw_needed, proclaimed_at FROM result ORDER BY scrutin_id"},
        {"portail.result_list", "SELECT candidate_list_id, votes, seats FROM result_list ORDER BY candidate_list_id"},
        {"portail.seal", "SELECT scrutin_id, digest, text FROM seal ORDER BY scrutin_id"},
        {"portail.seal_programs", "SELECT number, digest, text, at, reason FROM seal_programs ORDER BY number"},
        {"portail.proclamation", "SELECT scrutin_id, digest, text FROM proclamation ORDER BY scrutin_id"},
        {"portail.paper", "SELECT scrutin_id, name, digest, size, published_at FROM paper ORDER BY scrutin_id, name"},
        {"portail.audit", "SELECT id, at, actor, action, detail, hash FROM audit ORDER BY id"},
    };
}

std::vector<LeftOut> left_out() {
    return {
        {"portail.schema_version", "le numéro du schéma est dans archive.txt"},
        {"portail.writing_node", "à quel serveur d’un groupe le portail écrivait : c’est de l’installation"},
        {"portail.account", "mots de passe et réponses secrètes : ils ouvrent, et ne prouvent rien"},
        {"portail.mail_token", "liens d’activation : ils ouvrent, et ne prouvent rien"},
        {"portail.session", "connexions : elles ouvrent, et ne prouvent rien"},
        {"portail.outbox", "messages : ceux des nouveaux codes ouvrent ; leur envoi est au journal ou à la demande qui l’a causé"},
        {"portail.sms_state", "ce que sont devenus des SMS, effacé après quelques jours"},
        {"portail.mail_return", "adresses où un courriel n’arrive pas : pour l’assistance, pendant l’élection"},
        {"portail.invitation", "qui a reçu quelle relance : le journal dit chaque campagne et son nombre"},
        {"portail.envelope", "clés de vote sous code : elles ouvrent, et ne prouvent rien"},
        {"portail.escrow", "clés de vote séquestrées : elles ouvrent, et ne prouvent rien"},
        {"portail.reassort_temporary", "codes de quinze minutes : ils ouvrent, et ne prouvent rien"},
        {"portail.throttle", "compteurs de limites, effacés après quelques jours"},
        {"portail.office_turn", "à qui est le tour ; les actes sont au journal"},
        {"portail.desk_factor", "seconds facteurs : ils ouvrent, et ne prouvent rien"},
        {"portail.desk_session", "connexions du bureau en ligne : elles ouvrent, et ne prouvent rien"},
        {"portail.candidature_draft", "brouillons des délégués, que le bureau des élections ne lit pas ; chaque dépôt est gardé"},
        {"portail.candidature_draft_file", "fichiers de ces brouillons"},
        {"urne.inbox", "vide : aucune archive tant qu’un bulletin attend"},
        {"portail.voter.identity_check", "contrôle du NUMEN et de la date de naissance : il ouvre, et ne prouve rien"},
        {"portail.roll_change.identity_check", "le même, d’un électeur ajouté"},
        {"portail.roll_change.form_hash", "contre les envois doubles d’un formulaire"},
        {"portail.voter_code.credentials", "vide dès le scellement"},
        {"portail.reassort_request.phone_end", "chiffres d’un téléphone personnel"},
        {"portail.reassort_request.message_id", "numéro d’un message qui n’est pas gardé"},
        {"portail.reassort_request.idempotency_key", "contre les envois doubles d’un formulaire"},
        {"portail.reclamation.idempotency_key", "contre les envois doubles d’un formulaire"},
        {"portail.assistance.idempotency_key", "contre les envois doubles d’un formulaire"},
        {"urne.ballot.credential_hash", "se refait à partir du bulletin"},
    };
}

std::string_view KeptTable::columns() const {
    const std::size_t from = sql.find(' ') + 1;
    return sql.substr(from, sql.find(" FROM ") - from);
}

std::optional<util::Instant> last_proclaimed_at(db::Connection& db) {
    const auto row = db.select_one("SELECT MAX(proclaimed_at) FROM result");
    return row ? row->instant_or_null(0) : std::nullopt;
}

std::optional<ShownResult> shown_result(db::Connection& db, domain::ScrutinId scrutin) {
    const auto row = db.select_one("SELECT inscrits, votants, blancs, exprimes FROM result WHERE scrutin_id = ?",
                                   {static_cast<unsigned>(scrutin.value)});
    if (!row) return std::nullopt;
    const auto count = [&](std::size_t column) { return static_cast<std::uint64_t>(row->number(column)); };
    ShownResult result{count(0), count(1), count(2), count(3), {}};
    db.select_each(
        "SELECT r.votes, r.seats FROM candidate_list l JOIN result_list r ON r.candidate_list_id = l.id WHERE l.scrutin_id = ? "
        "ORDER BY l.position",
        {static_cast<unsigned>(scrutin.value)}, [&](const db::Row& list) {
            result.lists.push_back({static_cast<std::uint64_t>(list.number(0)), static_cast<unsigned>(list.number(1))});
        });
    return result;
}

std::vector<NotedAct> acts_of(db::Connection& db, const std::string& action) {
    std::vector<NotedAct> acts;
    db.select_each("SELECT at, actor, detail FROM audit WHERE action = ? ORDER BY id", {action}, [&](const db::Row& row) {
        acts.push_back({row.instant(0), row.text(1), row.text(2)});
    });
    return acts;
}

}  // namespace scrutinctl::store
