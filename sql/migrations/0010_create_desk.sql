-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The office's desk: answers to requests, with their history, and changes of the roll by two officers. Messages that must not show an order
-- get numbers below 2^48, drawn by lot. Only adds: programs of version 9 go on.
USE portail;
ALTER TABLE outbox AUTO_INCREMENT = 281474976710656;
ALTER TABLE voter ADD struck_off_reason VARCHAR(300) NOT NULL DEFAULT '' AFTER struck_off_at;
ALTER TABLE reassort_request MODIFY outcome ENUM('sent','mismatch','frozen','reopened') NOT NULL;
ALTER TABLE assistance
  ADD state ENUM('recue','en_instruction','repondue') NOT NULL DEFAULT 'recue' AFTER body,
  ADD answer VARCHAR(4000) NOT NULL DEFAULT '' AFTER state,
  ADD answered_at DATETIME NULL AFTER created_at,
  ADD KEY (voter_id, created_at);
-- What became of a request for help or a réclamation, as the person reads it. The request's own row has the newest state.
CREATE TABLE desk_step (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the request's
  step SMALLINT UNSIGNED NOT NULL,                      -- 1, 2, 3…
  at DATETIME NOT NULL,
  state ENUM('en_instruction','acceptee','rejetee','repondue') NOT NULL,
  answer VARCHAR(4000) NOT NULL DEFAULT '',
  PRIMARY KEY (number, step)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Changes of the roll that one officer proposes and another decides. Rows stay: with the journal of acts they are the trace.
CREATE TABLE roll_change (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  voter_id INT UNSIGNED NOT NULL,
  kind ENUM('strike','reinstate','correct','reopen') NOT NULL,            -- reopen: a réassort that was stopped
  detail VARCHAR(2000) NOT NULL DEFAULT '{}',           -- correct: JSON of the fields' new values
  reason VARCHAR(300) NOT NULL,
  state ENUM('proposed','approved','refused') NOT NULL DEFAULT 'proposed',
  proposed_by VARCHAR(80) NOT NULL,                     -- the officers' system names
  proposed_at DATETIME NOT NULL,
  decided_by VARCHAR(80) NOT NULL DEFAULT '',
  decided_at DATETIME NULL,
  KEY (state),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE schema_version SET version = 10;
