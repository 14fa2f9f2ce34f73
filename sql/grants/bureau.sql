-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `bureau`: the desk. It reads counters, attendance and the journal, and writes what a member enrolled, who is in, and acts of the desk in
-- the journal (a trigger refuses other entries). It reads no password, envelope, escrow, message nor identity check; of ballots it counts rows.
CREATE USER IF NOT EXISTS 'portail-bureau'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-bureau'@'localhost';

-- Every worker: version, calendar, helplines, session; the elector as the head of the page names him.
GRANT SELECT ON portail.schema_version TO 'portail-bureau'@'localhost';
GRANT SELECT (id, title, edition, administration, demonstration, data_version) ON portail.election TO 'portail-bureau'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-bureau'@'localhost';
GRANT SELECT (code, name, assistance_phone, assistance_email, assistance_hours) ON portail.academie TO 'portail-bureau'@'localhost';
GRANT SELECT (id, email, civility, last_name, first_name, personnel, corps, affectation, academie_code, notice_place, struck_off_at, struck_off_reason) ON portail.voter TO 'portail-bureau'@'localhost';

-- Counts of tries.
GRANT SELECT, INSERT, UPDATE ON portail.throttle TO 'portail-bureau'@'localhost';

-- Session: touched, never made or moved.
GRANT SELECT (id_hash, voter_id, created_at, last_seen_at, expires_at, data, previous_hash, previous_until), UPDATE (last_seen_at, previous_until) ON portail.session TO 'portail-bureau'@'localhost';

-- Who sits at the desk, his second factor, who is in.
GRANT SELECT (id, email, role, place, removed_at) ON portail.desk_member TO 'portail-bureau'@'localhost';
GRANT SELECT, UPDATE (enrol_hash, enrol_until, sealed, enrolled_at, last_step, daily_mail) ON portail.desk_factor TO 'portail-bureau'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.desk_session TO 'portail-bureau'@'localhost';

-- The journal: read, and added to.
GRANT SELECT, INSERT ON portail.audit TO 'portail-bureau'@'localhost';

-- Requests of académies: read and answered, never written; the mail that says so is put into the outbox. Who has a space, by number alone.
GRANT SELECT (id, number, voter_id, object, scrutin_id, body, state, answer, created_at, answered_at), UPDATE (state, answer, answered_at) ON portail.reclamation TO 'portail-bureau'@'localhost';
GRANT SELECT (id, number, voter_id, email, academie_code, subject, body, state, answer, created_at, answered_at), UPDATE (state, answer, answered_at) ON portail.assistance TO 'portail-bureau'@'localhost';
GRANT SELECT (number, position, name, kind, content) ON portail.reclamation_attachment TO 'portail-bureau'@'localhost';
GRANT SELECT, INSERT ON portail.desk_step TO 'portail-bureau'@'localhost';
GRANT SELECT (number, member_id), INSERT, DELETE ON portail.desk_assignment TO 'portail-bureau'@'localhost';
GRANT INSERT (idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) ON portail.outbox TO 'portail-bureau'@'localhost';
GRANT SELECT (voter_id) ON portail.account TO 'portail-bureau'@'localhost';

-- Changes of the roll: a line is read and never written here. Proposals are added for the member's own académie and decided by another of it (triggers refuse the rest);
-- scrutinctl makes the change. Of a late elector a proposal has no identity check, which this account may neither read nor write; where he would vote the rules say.
GRANT SELECT (id, voter_id, kind, detail, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, request, expires_at, outcome, ended_at, form_hash, academie_code), INSERT (voter_id, kind, detail, reason, proposed_by, proposed_at, proposed_member, request, expires_at, form_hash, academie_code), UPDATE (state, decided_by, decided_at, decided_member, outcome) ON portail.roll_change TO 'portail-bureau'@'localhost';
GRANT SELECT ON portail.eligibility_rule TO 'portail-bureau'@'localhost';
GRANT SELECT (voter_id, outcome) ON portail.reassort_request TO 'portail-bureau'@'localhost';

-- Reminders: asked for; scrutinctl writes them.
GRANT SELECT, INSERT (academie_code, asked_by, asked_at) ON portail.desk_reminder TO 'portail-bureau'@'localhost';

-- What was sealed and signed, for the check that a member asks for.
GRANT SELECT ON portail.seal TO 'portail-bureau'@'localhost';
GRANT SELECT (number, digest, text) ON portail.seal_programs TO 'portail-bureau'@'localhost';
GRANT SELECT (scrutin_id, log_key) ON urne.setup TO 'portail-bureau'@'localhost';
GRANT SELECT ON urne.log TO 'portail-bureau'@'localhost';
GRANT SELECT ON urne.log_head TO 'portail-bureau'@'localhost';
GRANT SELECT ON urne.journal_head TO 'portail-bureau'@'localhost';

-- The same check: which files nginx serves, by their digests.
GRANT SELECT (scrutin_id, name, digest, size) ON portail.paper TO 'portail-bureau'@'localhost';
GRANT SELECT (id, scrutin_id, position) ON portail.candidate_list TO 'portail-bureau'@'localhost';
GRANT SELECT (candidate_list_id, digest) ON portail.list_logo TO 'portail-bureau'@'localhost';

-- Counters and attendance.
GRANT SELECT (id, code, uuid, title, instance, level, perimeter, bureau, position, state) ON portail.scrutin TO 'portail-bureau'@'localhost';
GRANT SELECT (scrutin_id, voter_id, sort_key) ON portail.voter_scrutin TO 'portail-bureau'@'localhost';
GRANT SELECT ON portail.emargement TO 'portail-bureau'@'localhost';
GRANT SELECT (scrutin_id) ON urne.ballot TO 'portail-bureau'@'localhost';
GRANT SELECT (scrutin_id) ON urne.inbox TO 'portail-bureau'@'localhost';

-- Deposits of lists: drafts, of their delegates alone (the worker asks whose they are); deposits are added, never changed.
GRANT SELECT (id, scrutin_code, union_name, opens_at, closes_at) ON portail.candidature TO 'portail-bureau'@'localhost';
GRANT SELECT, INSERT, UPDATE ON portail.candidature_draft TO 'portail-bureau'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.candidature_draft_file TO 'portail-bureau'@'localhost';
GRANT SELECT (number, candidature_id, version, list_name, at, digest), INSERT ON portail.candidature_deposit TO 'portail-bureau'@'localhost';
GRANT INSERT ON portail.candidature_name TO 'portail-bureau'@'localhost';
GRANT INSERT ON portail.candidature_union TO 'portail-bureau'@'localhost';
GRANT INSERT ON portail.candidature_file TO 'portail-bureau'@'localhost';
GRANT SELECT (id, number, decision, reason) ON portail.candidature_decision TO 'portail-bureau'@'localhost';
