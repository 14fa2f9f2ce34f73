-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Tool `scrutinctl`, run by an officer: it loads the election, seals it, counts and proclaims, and answers who asks. It reads no password, secret
-- answer, link, message, escrow nor any elector's identity check, opens no session (it counts and ends them), and alters no account, ballot, credential, envelope, attendance nor audit
-- entry: what sealing made stays out of its reach afterwards.
CREATE USER IF NOT EXISTS 'portail-scrutinctl'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-scrutinctl'@'localhost';

-- Set-up and import. A new import empties what the one before has left, unread.
GRANT SELECT ON portail.schema_version TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT (id, title, edition, administration, demonstration, small_totals, asks_defi, shows_new_code), UPDATE ON portail.election TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE (at), DELETE ON portail.calendar TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.academie TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (id, election_id, email, civility, last_name, first_name, personnel, corps, affectation, academie_code, departement, notice_place, struck_off_at, struck_off_reason), UPDATE (civility, last_name, first_name, corps, affectation, notice_place, struck_off_at, struck_off_reason), INSERT (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, affectation, academie_code, departement, notice_place, struck_off_at, struck_off_reason), DELETE ON portail.voter TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT (id, election_id, code, uuid, title, instance, level, perimeter, seats, tie_by_candidates, crypto_group, bureau, position, state), UPDATE (state, suspended_at, annulled_at), DELETE ON portail.scrutin TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.eligibility_rule TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE (sort_key), DELETE ON portail.voter_scrutin TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.candidate_list TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.candidate TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.list_logo TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.list_union TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.list_delegate TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.profession_de_foi TO 'portail-scrutinctl'@'localhost';
GRANT DELETE ON portail.mail_token TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (voter_id, created_at, last_seen_at, expires_at), DELETE ON portail.session TO 'portail-scrutinctl'@'localhost';

-- Changes of the roll by two officers, before the sealing (triggers refuse them after); a late elector's identity check waits there until he is added,
-- and a trigger compares it with all others'; a réassort that its owner stopped is opened again.
GRANT SELECT (id, voter_id, kind, detail, identity_check, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, decided_member, request, expires_at, outcome, ended_at, academie_code), INSERT (voter_id, kind, detail, identity_check, reason, proposed_by, proposed_at), UPDATE (voter_id, identity_check, state, decided_by, decided_at, outcome, ended_at), DELETE ON portail.roll_change TO 'portail-scrutinctl'@'localhost';

-- A vote under way stopped by two officers, for a time or for good (a trigger lets no annulled scrutin go on).
GRANT SELECT, INSERT (number, scrutin_id, kind, reason, authority, proposed_by, proposed_at), UPDATE (state, decided_by, decided_at) ON portail.suspension TO 'portail-scrutinctl'@'localhost';

-- Mails that came back, for the desk.
GRANT SELECT, DELETE ON portail.mail_return TO 'portail-scrutinctl'@'localhost';

-- Campaigns, and reminders that the desk asked for.
GRANT SELECT, UPDATE (state, written, outcome, ended_at) ON portail.desk_reminder TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.invitation TO 'portail-scrutinctl'@'localhost';

-- The desk: requests are read and answered, never written; their mails are put into the outbox.
GRANT SELECT, DELETE ON portail.reclamation_attachment TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (id, number, voter_id, object, scrutin_id, body, state, answer, created_at, answered_at), UPDATE (state, answer, answered_at), DELETE ON portail.reclamation TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (id, number, voter_id, email, academie_code, subject, body, state, answer, created_at, answered_at), UPDATE (voter_id, state, answer, answered_at) ON portail.assistance TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.desk_step TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON portail.desk_assignment TO 'portail-scrutinctl'@'localhost';
GRANT INSERT (idempotency_key, channel, recipient, subject, body, created_at, next_attempt_at) ON portail.outbox TO 'portail-scrutinctl'@'localhost';

-- The purge: what has served goes by its age; nothing else of it is read.
GRANT SELECT (window_start), DELETE ON portail.throttle TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (sent_at), DELETE ON portail.reassort_temporary TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (state, next_attempt_at), DELETE ON portail.outbox TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (at), DELETE ON portail.sms_state TO 'portail-scrutinctl'@'localhost';

-- Has a space been opened? Then no new import.
GRANT SELECT (voter_id) ON portail.account TO 'portail-scrutinctl'@'localhost';

-- Who sits at the desk. The office hands out enrolment codes and can make the factors behind them void; it reads none.
GRANT SELECT, INSERT (email, role, place, added_at), UPDATE (removed_at, added_at) ON portail.desk_member TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (email, enrol_until, enrolled_at, daily_mail), INSERT (email, enrol_hash, enrol_until), UPDATE (enrol_hash, enrol_until, sealed, enrolled_at, daily_mail) ON portail.desk_factor TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT (email, proposed_by, proposed_at), UPDATE (state, decided_by, decided_at) ON portail.desk_recovery TO 'portail-scrutinctl'@'localhost';

-- Deposits of lists: read, added by the office for who brought paper, decided. Drafts are not read; old ones are purged.
GRANT SELECT, INSERT (scrutin_code, union_name), UPDATE (opens_at, closes_at, position, order_act) ON portail.candidature TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE ON portail.candidature_rule TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (candidature_id), DELETE ON portail.candidature_draft TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (candidature_id), DELETE ON portail.candidature_draft_file TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.candidature_deposit TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.candidature_name TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.candidature_union TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.candidature_file TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT (number, decision, reason, despite, decided_by, decided_at) ON portail.candidature_decision TO 'portail-scrutinctl'@'localhost';

-- Notices that nobody took, and their destruction: counted, never changed.
GRANT SELECT, INSERT (place, kind, folds, at, actor, witness) ON portail.notice_fold TO 'portail-scrutinctl'@'localhost';

-- One act at a time.
GRANT SELECT, INSERT, UPDATE (ended), DELETE ON portail.office_turn TO 'portail-scrutinctl'@'localhost';

-- Codes are made before the sealing, in batches; until then single ones may die and be made anew (triggers refuse it after).
GRANT SELECT, INSERT (number, made_at), UPDATE (done_at), DELETE ON portail.code_batch TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE (credentials), DELETE ON portail.voter_code TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.withdrawn_notice TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.envelope TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (voter_id), INSERT, DELETE ON portail.escrow TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON urne.setup TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON urne.credential TO 'portail-scrutinctl'@'localhost';

GRANT SELECT, INSERT ON portail.seal TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.seal_programs TO 'portail-scrutinctl'@'localhost';

-- Read for reports, or appended to.
GRANT SELECT ON portail.emargement TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (id, at, outcome, voter_id, generation), INSERT (voter_id, at, outcome, generation, idempotency_key) ON portail.reassort_request TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.audit TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (scrutin_id) ON urne.inbox TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON urne.closing TO 'portail-scrutinctl'@'localhost';
GRANT SELECT (scrutin_id, ballot_hash, ballot) ON urne.ballot TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON urne.opened TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON urne.log TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON urne.log_head TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON urne.cosignature TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON urne.journal_head TO 'portail-scrutinctl'@'localhost';

-- The count, written once, and its outcome.
GRANT SELECT, INSERT (scrutin_id, encrypted_tally, sized, count), UPDATE (result) ON urne.tally TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON urne.partial_decryption TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.result TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.proclamation TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.paper TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, DELETE ON portail.result_list TO 'portail-scrutinctl'@'localhost';
