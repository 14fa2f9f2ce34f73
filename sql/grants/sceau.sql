-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Daemon `sceau`: moves ballots from the inbox into the urne and the public log, batch by batch, and signs the log's heads. Of
-- `portail` it sees nothing but the office's journal, which it signs too, so it cannot say whose a ballot is; in the urne it neither
-- changes nor removes one.
CREATE USER IF NOT EXISTS 'portail-sceau'@'localhost' IDENTIFIED VIA unix_socket;
REVOKE ALL PRIVILEGES, GRANT OPTION FROM 'portail-sceau'@'localhost';

-- What is sealed, what waits and whether the vote is over; urne and log are appended to.
GRANT SELECT (scrutin_id, uuid, log_key) ON urne.setup TO 'portail-sceau'@'localhost';
GRANT SELECT ON urne.closing TO 'portail-sceau'@'localhost';
GRANT SELECT (scrutin_id, ballot_tag, sealed), DELETE ON urne.inbox TO 'portail-sceau'@'localhost';
GRANT SELECT (scrutin_id), INSERT ON urne.ballot TO 'portail-sceau'@'localhost';
GRANT SELECT, INSERT ON urne.log TO 'portail-sceau'@'localhost';
GRANT SELECT, INSERT ON urne.log_head TO 'portail-sceau'@'localhost';

-- The journal of acts: read whole, to sign what follows from what was signed.
GRANT SELECT ON portail.audit TO 'portail-sceau'@'localhost';
GRANT SELECT, INSERT ON urne.journal_head TO 'portail-sceau'@'localhost';

-- What witnesses signed, to add it to the published checkpoints.
GRANT SELECT (scrutin_id, witness, line, text) ON urne.cosignature TO 'portail-sceau'@'localhost';
