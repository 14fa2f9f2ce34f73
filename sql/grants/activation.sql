-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `activation`: from a professional address to a voter space. It makes accounts, links and sessions; it cannot read a
-- password's hash, an envelope, nor anything of the urne.
CREATE USER IF NOT EXISTS 'portail-activation'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-activation'@'localhost';

-- Every worker: version, calendar, helplines, limits; the elector's name for the page's head.
GRANT SELECT ON portail.schema_version TO 'portail-activation'@'localhost';
GRANT SELECT ON portail.election TO 'portail-activation'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-activation'@'localhost';
GRANT SELECT ON portail.academie TO 'portail-activation'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.throttle TO 'portail-activation'@'localhost';
GRANT SELECT (id, election_id, email, civility, last_name, first_name, academie_code, struck_off_at) ON portail.voter TO 'portail-activation'@'localhost';

-- Signs the new elector in.
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.session TO 'portail-activation'@'localhost';

-- The space itself. The answer to the question défi is checked here when a password is lost.
GRANT SELECT (voter_id, defi_question, defi_answer_hash, activated_at, password_changed_at, failed_count, retry_at), INSERT, UPDATE ON portail.account TO 'portail-activation'@'localhost';
GRANT SELECT, INSERT, UPDATE ON portail.mail_token TO 'portail-activation'@'localhost';

-- Asks for a mail and tells whether it has left; its text, which holds the link, is not readable again.
GRANT INSERT, SELECT (id, idempotency_key, channel, recipient, voter_id, state, attempts, created_at, next_attempt_at, sent_at) ON portail.outbox TO 'portail-activation'@'localhost';
