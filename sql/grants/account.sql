-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `account`: sign-in and out, forgotten password, home, profile, help. It checks passwords; it cannot read an
-- envelope, who has voted, nor anything of the urne.
CREATE USER IF NOT EXISTS 'portail-account'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-account'@'localhost';

-- Every worker: version, calendar, helplines, limits; the elector's profile as he reads it (not his identity check).
GRANT SELECT ON portail.schema_version TO 'portail-account'@'localhost';
GRANT SELECT ON portail.election TO 'portail-account'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-account'@'localhost';
GRANT SELECT ON portail.academie TO 'portail-account'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.throttle TO 'portail-account'@'localhost';
GRANT SELECT (id, election_id, email, civility, last_name, first_name, academie_code, struck_off_at, personnel, corps, affectation, departement, notice_place) ON portail.voter TO 'portail-account'@'localhost';

-- Opens, shows and closes connections.
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.session TO 'portail-account'@'localhost';

-- Passwords: checked, counted, changed. Accounts are made by `activation` alone.
GRANT SELECT, UPDATE (password_hash, password_changed_at, failed_count, retry_at) ON portail.account TO 'portail-account'@'localhost';

-- Mails, and requests for help.
GRANT INSERT, SELECT (id, idempotency_key, channel, recipient, voter_id, state, attempts, created_at, next_attempt_at, sent_at) ON portail.outbox TO 'portail-account'@'localhost';
GRANT SELECT, INSERT ON portail.assistance TO 'portail-account'@'localhost';

-- « Qui vote où » and the elector's own scrutins.
GRANT SELECT ON portail.scrutin TO 'portail-account'@'localhost';
GRANT SELECT ON portail.voter_scrutin TO 'portail-account'@'localhost';
