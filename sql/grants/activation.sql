-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `activation`: from a professional address to a voter space. It makes accounts, links and sessions; it cannot read a
-- password's or an answer's hash, the mails it asks for, an envelope, nor anything of the urne.
CREATE USER IF NOT EXISTS 'portail-activation'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-activation'@'localhost';

-- Every worker: version, calendar, helplines, session; the elector as the head of the page names him.
GRANT SELECT ON portail.schema_version TO 'portail-activation'@'localhost';
GRANT SELECT (id, title, edition, administration, demonstration, data_version, asks_defi) ON portail.election TO 'portail-activation'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-activation'@'localhost';
GRANT SELECT (code, name, assistance_phone, assistance_email, assistance_hours) ON portail.academie TO 'portail-activation'@'localhost';
GRANT SELECT (id, email, civility, last_name, first_name, academie_code, struck_off_at, struck_off_reason) ON portail.voter TO 'portail-activation'@'localhost';

-- Counts of tries.
GRANT SELECT, INSERT, UPDATE ON portail.throttle TO 'portail-activation'@'localhost';

-- Signs the new elector in.
GRANT SELECT (id_hash, voter_id, created_at, last_seen_at, expires_at, data, previous_hash, previous_until), INSERT (id_hash, voter_id, created_at, last_seen_at, expires_at, device, data), UPDATE (last_seen_at, data, previous_until), DELETE ON portail.session TO 'portail-activation'@'localhost';

-- The space itself. `voter_id` tells that there is one, `defi_question` whether a question was chosen; answers are written and not read.
GRANT SELECT (voter_id, defi_question), INSERT (voter_id, password_hash, defi_question, defi_answer_hash, activated_at, password_changed_at), UPDATE (password_hash, password_changed_at, failed_count, retry_at, defi_question, defi_answer_hash) ON portail.account TO 'portail-activation'@'localhost';
GRANT SELECT (token_hash, voter_id, purpose, expires_at, superseded_at, used_at), INSERT (token_hash, voter_id, purpose, created_at, expires_at), UPDATE (superseded_at, used_at) ON portail.mail_token TO 'portail-activation'@'localhost';

-- Asks for mails; it can read none of them again, nor tell what became of them.
GRANT INSERT (idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) ON portail.outbox TO 'portail-activation'@'localhost';
