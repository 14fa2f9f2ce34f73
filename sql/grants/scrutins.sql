-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Worker `scrutins`: my scrutins, lists, rolls, réclamations, results, public log. It has public pages, so it can make nobody
-- signed in: it has no INSERT on session. It reads no account, no envelope, no ballot and nothing of the count: results are what
-- was proclaimed.
CREATE USER IF NOT EXISTS 'portail-scrutins'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-scrutins'@'localhost';

-- Every worker: version, calendar, helplines, session; the elector as the head of the page names him.
GRANT SELECT ON portail.schema_version TO 'portail-scrutins'@'localhost';
GRANT SELECT (id, title, edition, administration, demonstration, data_version) ON portail.election TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.calendar TO 'portail-scrutins'@'localhost';
GRANT SELECT (code, name, assistance_phone, assistance_email, assistance_hours) ON portail.academie TO 'portail-scrutins'@'localhost';
GRANT SELECT (id, email, civility, last_name, first_name, corps, affectation, academie_code, struck_off_at, struck_off_reason) ON portail.voter TO 'portail-scrutins'@'localhost';

-- Counts of tries.
GRANT SELECT, INSERT, UPDATE ON portail.throttle TO 'portail-scrutins'@'localhost';

-- Session: touched, never made or moved.
GRANT SELECT (id_hash, voter_id, created_at, last_seen_at, expires_at, data, previous_hash, previous_until), UPDATE (last_seen_at, previous_until) ON portail.session TO 'portail-scrutins'@'localhost';

-- What is shown.
GRANT SELECT (number, scrutin_id, reason, state) ON portail.suspension TO 'portail-scrutins'@'localhost';
GRANT SELECT (id, code, title, instance, level, seats, position, state, suspended_at, annulled_at) ON portail.scrutin TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.voter_scrutin TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.candidate_list TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.candidate TO 'portail-scrutins'@'localhost';
GRANT SELECT (candidate_list_id, digest, width, height) ON portail.list_logo TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.list_union TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.list_delegate TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.profession_de_foi TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.seal TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.seal_programs TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.paper TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.proclamation TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.emargement TO 'portail-scrutins'@'localhost';

-- Réclamations.
GRANT SELECT, INSERT (number, voter_id, object, scrutin_id, body, created_at, idempotency_key) ON portail.reclamation TO 'portail-scrutins'@'localhost';
GRANT SELECT, INSERT ON portail.reclamation_attachment TO 'portail-scrutins'@'localhost';
GRANT SELECT ON portail.desk_step TO 'portail-scrutins'@'localhost';

-- Asks for mails; it can read none of them again, nor tell what became of them.
GRANT INSERT (idempotency_key, channel, recipient, subject, body, voter_id, created_at, next_attempt_at) ON portail.outbox TO 'portail-scrutins'@'localhost';

-- The public log. Ballots, bindings and the count stay out of reach: this worker reads the attendance.
GRANT SELECT (scrutin_id, uuid, election, log_key) ON urne.setup TO 'portail-scrutins'@'localhost';
GRANT SELECT ON urne.log TO 'portail-scrutins'@'localhost';
GRANT SELECT ON urne.log_head TO 'portail-scrutins'@'localhost';

-- What witnesses signed of the public logs; kept once it was checked.
GRANT SELECT (scrutin_id, witness, size, line), INSERT, UPDATE (size, line, text) ON urne.cosignature TO 'portail-scrutins'@'localhost';
