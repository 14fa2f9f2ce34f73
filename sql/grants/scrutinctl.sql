-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Tool `scrutinctl`, run by an officer: everything but what must never change. Rights are given table by table, because a
-- right on a whole database cannot be narrowed: ballots, credentials' owners, attendance and the audit chain are not its to alter.
CREATE USER IF NOT EXISTS 'portail-scrutinctl'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-scrutinctl'@'localhost';

-- Set-up, import, calendar, results.
GRANT SELECT ON portail.schema_version TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.election TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.calendar TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.academie TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.voter TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.scrutin TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.voter_scrutin TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.candidate_list TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.candidate TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.profession_de_foi TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.account TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.mail_token TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.session TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.outbox TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.assistance TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.reclamation TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.envelope TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.escrow TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.result TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.result_list TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.throttle TO 'portail-scrutinctl'@'localhost';

-- Read only, or appended to.
GRANT SELECT ON portail.emargement TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON portail.reassort_request TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON portail.audit TO 'portail-scrutinctl'@'localhost';

-- The urne: sealed and counted, never touched in between.
GRANT SELECT, INSERT ON urne.setup TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT ON urne.credential TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON urne.ballot TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON urne.log TO 'portail-scrutinctl'@'localhost';
GRANT SELECT ON urne.log_head TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON urne.tally TO 'portail-scrutinctl'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON urne.partial_decryption TO 'portail-scrutinctl'@'localhost';
