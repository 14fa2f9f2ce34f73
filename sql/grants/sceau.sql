-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Daemon `sceau`: numbers ballots into the public log and signs its heads. It sees hashes only, and nothing of `portail`.
CREATE USER IF NOT EXISTS 'portail-sceau'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-sceau'@'localhost';

-- What is sealed and what lies in the urne, by hash; the log is appended to.
GRANT SELECT (scrutin_id, uuid, log_key) ON urne.setup TO 'portail-sceau'@'localhost';
GRANT SELECT (scrutin_id, ballot_hash) ON urne.ballot TO 'portail-sceau'@'localhost';
GRANT SELECT, INSERT ON urne.log TO 'portail-sceau'@'localhost';
GRANT SELECT, INSERT ON urne.log_head TO 'portail-sceau'@'localhost';
