-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `vote`: the voting space. It inserts ballots into the inbox, and attendance; of a stored ballot it sees two hashes, and it can
-- neither read its content, change nor remove one. It reads no password and no escrow.
CREATE USER IF NOT EXISTS 'portail-vote'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-vote'@'localhost';

-- Every worker: version, calendar, helplines, session; the elector as the head of the page names him.
GRANT SELECT ON portail.schema_version TO 'portail-vote'@'localhost';
GRANT SELECT (id, title, edition, administration, demonstration, data_version) ON portail.election TO 'portail-vote'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-vote'@'localhost';
GRANT SELECT (code, name, assistance_phone, assistance_email, assistance_hours) ON portail.academie TO 'portail-vote'@'localhost';
GRANT SELECT (id, email, civility, last_name, first_name, academie_code, struck_off_at, struck_off_reason) ON portail.voter TO 'portail-vote'@'localhost';

-- Session: touched, and moved to a new identifier at the entry to the vote.
GRANT SELECT (id_hash, voter_id, created_at, last_seen_at, expires_at, data, previous_hash, previous_until), UPDATE (id_hash, last_seen_at, previous_hash, previous_until) ON portail.session TO 'portail-vote'@'localhost';

-- What is voted on, and what is stopped.
GRANT SELECT (number, scrutin_id, reason, state) ON portail.suspension TO 'portail-vote'@'localhost';
GRANT SELECT (id, code, uuid, title, instance, level, position, state, suspended_at, annulled_at) ON portail.scrutin TO 'portail-vote'@'localhost';
GRANT SELECT (scrutin_id, voter_id, reason) ON portail.voter_scrutin TO 'portail-vote'@'localhost';
GRANT SELECT ON portail.candidate_list TO 'portail-vote'@'localhost';
GRANT SELECT (candidate_list_id, position, last_name, first_name) ON portail.candidate TO 'portail-vote'@'localhost';
GRANT SELECT (candidate_list_id) ON portail.profession_de_foi TO 'portail-vote'@'localhost';
GRANT SELECT (scrutin_id, text) ON portail.seal TO 'portail-vote'@'localhost';

-- The elector's envelope, and the attendance.
GRANT SELECT ON portail.envelope TO 'portail-vote'@'localhost';
GRANT SELECT, INSERT ON portail.emargement TO 'portail-vote'@'localhost';

-- « Vous avez voté », to the elector.
GRANT INSERT (id, idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) ON portail.outbox TO 'portail-vote'@'localhost';

-- How often ballots were opened today.
GRANT SELECT, INSERT, UPDATE ON portail.throttle TO 'portail-vote'@'localhost';

-- The urne: what sealing fixed, the elector's public credential, the ballot put in. Two hashes, or tags, tell a repeat from a second vote.
GRANT SELECT (scrutin_id, uuid, election, receipt_key, log_key) ON urne.setup TO 'portail-vote'@'localhost';
GRANT SELECT ON urne.credential TO 'portail-vote'@'localhost';
GRANT SELECT (scrutin_id, ballot_tag, credential_tag), INSERT ON urne.inbox TO 'portail-vote'@'localhost';
GRANT SELECT (scrutin_id, ballot_hash, credential_hash) ON urne.ballot TO 'portail-vote'@'localhost';
-- Ballots that were opened and so are refused: noted, never taken back.
GRANT SELECT, INSERT ON urne.opened TO 'portail-vote'@'localhost';
