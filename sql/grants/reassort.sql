-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `reassort`: a new code de vote. It alone reads the escrow and the identity check; it sees
-- nothing of the urne and cannot tell who may vote where or has voted.
CREATE USER IF NOT EXISTS 'portail-reassort'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-reassort'@'localhost';

-- Every worker: version, calendar, helplines, session; the elector as the head of the page names him.
GRANT SELECT ON portail.schema_version TO 'portail-reassort'@'localhost';
GRANT SELECT (id, title, edition, administration, demonstration, data_version, asks_defi, shows_new_code) ON portail.election TO 'portail-reassort'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-reassort'@'localhost';
GRANT SELECT (code, name, assistance_phone, assistance_email, assistance_hours) ON portail.academie TO 'portail-reassort'@'localhost';
GRANT SELECT (id, email, civility, last_name, first_name, identity_check, academie_code, struck_off_at, struck_off_reason) ON portail.voter TO 'portail-reassort'@'localhost';

-- Counts of tries.
GRANT SELECT, INSERT, UPDATE ON portail.throttle TO 'portail-reassort'@'localhost';

-- Session: touched, never made or moved.
GRANT SELECT (id_hash, voter_id, created_at, last_seen_at, expires_at, data, previous_hash, previous_until), UPDATE (last_seen_at, previous_until) ON portail.session TO 'portail-reassort'@'localhost';

-- Opens the escrow, replaces the envelope.
GRANT SELECT ON portail.escrow TO 'portail-reassort'@'localhost';
GRANT SELECT, UPDATE (generation, salt, nonce, ciphertext) ON portail.envelope TO 'portail-reassort'@'localhost';
GRANT SELECT (id, voter_id, at, outcome, generation, phone_end, message_id, idempotency_key), INSERT (voter_id, at, outcome, generation, phone_end, message_id, idempotency_key) ON portail.reassort_request TO 'portail-reassort'@'localhost';

-- Temporary codes: made, looked at, spent; never taken away.
GRANT SELECT (id, voter_id, sent_at, code_check, destination, message_id, tries, spent_at, idempotency_key), INSERT (voter_id, sent_at, code_check, destination, message_id, idempotency_key), UPDATE (tries, spent_at, destination) ON portail.reassort_temporary TO 'portail-reassort'@'localhost';

-- The question défi and its answer's hash; no password.
GRANT SELECT (voter_id, defi_question, defi_answer_hash) ON portail.account TO 'portail-reassort'@'localhost';

-- Sends the code; it cannot read it again, nor any other message; what became of an SMS stands apart.
GRANT INSERT (idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at, personal) ON portail.outbox TO 'portail-reassort'@'localhost';
GRANT SELECT ON portail.sms_state TO 'portail-reassort'@'localhost';
