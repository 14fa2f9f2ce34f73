-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `scrutins`: my scrutins, lists, rolls, réclamations, results, public log. It has public pages, so it can make nobody
-- signed in: it has no INSERT on session. It reads no account, no envelope, no ballot.
CREATE USER IF NOT EXISTS 'portail-scrutins'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-scrutins'@'localhost';

-- Every worker: version, calendar, helplines, limits, session; of the electors what rolls show.
GRANT SELECT ON portail.schema_version TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.election TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.academie TO 'portail-scrutins'@'localhost';
GRANT SELECT, INSERT, UPDATE, DELETE ON portail.throttle TO 'portail-scrutins'@'localhost';
GRANT SELECT (id, election_id, email, civility, last_name, first_name, academie_code, struck_off_at, personnel, corps, affectation, departement) ON portail.voter TO 'portail-scrutins'@'localhost';
GRANT SELECT, UPDATE (last_seen_at, data, previous_until) ON portail.session TO 'portail-scrutins'@'localhost';

-- What is shown.
GRANT SELECT ON portail.scrutin TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.voter_scrutin TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.candidate_list TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.candidate TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.profession_de_foi TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.result TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.result_list TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.emargement TO 'portail-scrutins'@'localhost';

-- Réclamations and their mails.
GRANT SELECT, INSERT ON portail.reclamation TO 'portail-scrutins'@'localhost';
GRANT INSERT, SELECT (id, idempotency_key, channel, recipient, voter_id, state, attempts, created_at, next_attempt_at, sent_at) ON portail.outbox TO 'portail-scrutins'@'localhost';

-- The public log and count. Ballots and bindings stay out of reach: this worker reads the attendance.
GRANT SELECT ON urne.setup TO 'portail-scrutins'@'localhost';
GRANT SELECT ON urne.log TO 'portail-scrutins'@'localhost';
GRANT SELECT ON urne.log_head TO 'portail-scrutins'@'localhost';
GRANT SELECT (scrutin_id, encrypted_tally, sized, count, result) ON urne.tally TO 'portail-scrutins'@'localhost';
GRANT SELECT ON urne.partial_decryption TO 'portail-scrutins'@'localhost';
