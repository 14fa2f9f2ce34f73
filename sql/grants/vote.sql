-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `vote`: the voting space. The only worker that reaches both databases. It inserts ballots and can neither read their
-- content, change nor remove one; it reads no password and no escrow.
CREATE USER IF NOT EXISTS 'portail-vote'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-vote'@'localhost';

-- Every worker: version, calendar, helplines, limits; session, with a new identifier at the entry (SEC-13).
GRANT SELECT ON portail.schema_version TO 'portail-vote'@'localhost';
GRANT SELECT ON portail.election TO 'portail-vote'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-vote'@'localhost';
GRANT SELECT ON portail.academie TO 'portail-vote'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.throttle TO 'portail-vote'@'localhost';
GRANT SELECT (id, election_id, email, civility, last_name, first_name, academie_code, struck_off_at) ON portail.voter TO 'portail-vote'@'localhost';
GRANT SELECT, UPDATE (id_hash, last_seen_at, data, previous_hash, previous_until) ON portail.session TO 'portail-vote'@'localhost';

-- What is voted on.
GRANT SELECT ON portail.scrutin TO 'portail-vote'@'localhost';
GRANT SELECT (scrutin_id, voter_id) ON portail.voter_scrutin TO 'portail-vote'@'localhost';
GRANT SELECT ON portail.candidate_list TO 'portail-vote'@'localhost';
GRANT SELECT ON portail.candidate TO 'portail-vote'@'localhost';

-- The elector's envelope, and the attendance.
GRANT SELECT ON portail.envelope TO 'portail-vote'@'localhost';
GRANT SELECT, INSERT ON portail.emargement TO 'portail-vote'@'localhost';

-- The urne: what sealing fixed, the elector's public credential, the ballot put in. The two hashes tell a repeat from a second vote.
GRANT SELECT ON urne.setup TO 'portail-vote'@'localhost';
GRANT SELECT ON urne.credential TO 'portail-vote'@'localhost';
GRANT INSERT, SELECT (scrutin_id, ballot_hash, credential_hash) ON urne.ballot TO 'portail-vote'@'localhost';
