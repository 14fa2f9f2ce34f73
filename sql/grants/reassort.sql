-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `reassort`: a new code de vote. It alone (beside the office's tool) reads the escrow and the identity check; it sees
-- nothing of the urne and cannot tell who has voted.
CREATE USER IF NOT EXISTS 'portail-reassort'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-reassort'@'localhost';

-- Every worker: version, calendar, helplines, limits, session.
GRANT SELECT ON portail.schema_version TO 'portail-reassort'@'localhost';
GRANT SELECT ON portail.election TO 'portail-reassort'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-reassort'@'localhost';
GRANT SELECT ON portail.academie TO 'portail-reassort'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.throttle TO 'portail-reassort'@'localhost';
GRANT SELECT (id, election_id, email, civility, last_name, first_name, academie_code, struck_off_at, identity_check, notice_place) ON portail.voter TO 'portail-reassort'@'localhost';
GRANT SELECT, UPDATE (last_seen_at, data, previous_until) ON portail.session TO 'portail-reassort'@'localhost';

-- Opens the escrow, replaces the envelope.
GRANT SELECT ON portail.escrow TO 'portail-reassort'@'localhost';
GRANT SELECT, UPDATE (generation, salt, nonce, ciphertext) ON portail.envelope TO 'portail-reassort'@'localhost';
GRANT SELECT, INSERT ON portail.reassort_request TO 'portail-reassort'@'localhost';

-- The question défi and its answer's hash; no password.
GRANT SELECT (voter_id, defi_question, defi_answer_hash) ON portail.account TO 'portail-reassort'@'localhost';

-- Is one of the elector's scrutins still open?
GRANT SELECT ON portail.scrutin TO 'portail-reassort'@'localhost';
GRANT SELECT (scrutin_id, voter_id) ON portail.voter_scrutin TO 'portail-reassort'@'localhost';

-- Sends the code; it cannot read it again.
GRANT INSERT, SELECT (id, idempotency_key, channel, recipient, voter_id, state, attempts, created_at, next_attempt_at, sent_at) ON portail.outbox TO 'portail-reassort'@'localhost';
