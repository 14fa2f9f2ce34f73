-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Daemon `courrier`: sends what is in the outbox and empties it. The only process with a network, so it reads nothing else.
CREATE USER IF NOT EXISTS 'portail-courrier'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-courrier'@'localhost';

-- A text that has left is wiped: `body` is emptied, of a mobile number two digits are left, of a personal address nothing.
GRANT SELECT (id, idempotency_key, channel, recipient, subject, body, state, attempts, created_at, next_attempt_at, personal), UPDATE (recipient, body, state, attempts, next_attempt_at, sent_at, last_error) ON portail.outbox TO 'portail-courrier'@'localhost';

-- Tells what became of an SMS.
GRANT SELECT (message_id, state), INSERT (message_id, state, at), UPDATE (state, at) ON portail.sms_state TO 'portail-courrier'@'localhost';

-- Tells at which addresses mails came back.
GRANT SELECT (recipient), INSERT (recipient, kind, at), UPDATE (kind, at) ON portail.mail_return TO 'portail-courrier'@'localhost';
