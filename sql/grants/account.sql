-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `account`: sign-in and out, forgotten password, home, profile, help. It checks passwords; it cannot read an
-- answer to a question défi, an envelope, who may vote where or has voted, nor anything of the urne.
CREATE USER IF NOT EXISTS 'portail-account'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-account'@'localhost';

-- Every worker: version, calendar, helplines, session; the elector as the head of the page names him.
GRANT SELECT ON portail.schema_version TO 'portail-account'@'localhost';
GRANT SELECT (id, title, edition, administration, demonstration, data_version, asks_defi, shows_new_code) ON portail.election TO 'portail-account'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-account'@'localhost';
GRANT SELECT (position, personnel, corps, academie_code, departement, instance) ON portail.eligibility_rule TO 'portail-account'@'localhost';
GRANT SELECT ON portail.academie TO 'portail-account'@'localhost';
GRANT SELECT ON portail.mail_return TO 'portail-account'@'localhost';
GRANT SELECT (id, email, civility, last_name, first_name, personnel, corps, affectation, academie_code, departement, notice_place, struck_off_at, struck_off_reason) ON portail.voter TO 'portail-account'@'localhost';

-- What the home says of votes that are stopped.
GRANT SELECT (id, title, position, state, suspended_at, annulled_at) ON portail.scrutin TO 'portail-account'@'localhost';
GRANT SELECT (number, scrutin_id, reason, state) ON portail.suspension TO 'portail-account'@'localhost';

-- Counts of tries.
GRANT SELECT, INSERT, UPDATE ON portail.throttle TO 'portail-account'@'localhost';

-- Opens, shows and closes connections.
GRANT SELECT, INSERT (id_hash, voter_id, created_at, last_seen_at, expires_at, device, data), UPDATE (created_at, last_seen_at, expires_at, data, previous_until), DELETE ON portail.session TO 'portail-account'@'localhost';

-- Passwords: checked, counted, changed. Accounts are made by `activation` alone.
GRANT SELECT (voter_id, password_hash, failed_count, retry_at), UPDATE (password_hash, password_changed_at, failed_count, retry_at) ON portail.account TO 'portail-account'@'localhost';

-- Asks for mails; it can read none of them again, nor tell what became of them.
GRANT INSERT (idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) ON portail.outbox TO 'portail-account'@'localhost';

-- Requests for help: stored, and only their number read again.
GRANT SELECT (id, number, voter_id, subject, state, answer, created_at, answered_at, idempotency_key), INSERT (number, voter_id, email, academie_code, subject, body, created_at, idempotency_key) ON portail.assistance TO 'portail-account'@'localhost';

-- How many new codes an elector had: the tile of the réassort is inert after three.
GRANT SELECT (voter_id, outcome) ON portail.reassort_request TO 'portail-account'@'localhost';
