-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Database `portail`: file of electors, accounts, rolls, émargement, outbox. Today's state; sql/migrations is the road. The office's desk
-- is in portail-desk.sql, which is loaded before; what the database refuses in portail-triggers.sql, which is loaded after.
-- Times are UTC (DATETIME, seconds). Hashes and tokens are ASCII text. No table here holds a ballot or a public credential.

-- The schema's version: the number of the last migration. A program written for version N works with it if compatible_from <= N <= version, and waits for it
-- otherwise. The last file of a first load writes its row: without it no program starts.
CREATE TABLE schema_version (
  version INT UNSIGNED NOT NULL PRIMARY KEY,
  compatible_from INT UNSIGNED NOT NULL                 -- the oldest version whose programs still find all they need
) ENGINE=InnoDB;

-- The one node of a cluster that the portal writes to (sql/writing-node.sql names it); one row, or none where there is no cluster.
CREATE TABLE writing_node (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,             -- 1
  node VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL         -- its wsrep_node_name
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One élection: the group of scrutins opened and closed together. The portal serves one at a time (id = 1).
CREATE TABLE election (
  id INT UNSIGNED NOT NULL PRIMARY KEY,
  title VARCHAR(160) NOT NULL,                          -- « Élections professionnelles 2026 »
  edition CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- 2018, 2022 or 2026: wording, password profile, paths
  administration VARCHAR(160) NOT NULL,                 -- who calls the vote, shown in the footer
  demonstration BOOLEAN NOT NULL DEFAULT FALSE,         -- invented data: banner on each page, scrutinctl may move dates
  data_version INT UNSIGNED NOT NULL DEFAULT 1,         -- raised by each writer of shared pages (lists, rolls, help)
  small_totals BOOLEAN NOT NULL DEFAULT FALSE,          -- the bureaux decided that totals of fewer than five ballots are decrypted too
  asks_defi BOOLEAN NULL,                               -- the question défi is asked; NULL: as the edition says
  shows_new_code BOOLEAN NULL                           -- a new code de vote is shown on screen; NULL: as the edition says
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The calendar, one row per event; the names are domain::CalendarEvent's.
CREATE TABLE calendar (
  election_id INT UNSIGNED NOT NULL,
  event VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,       -- portal_opens, lists_shown, reclamations_close, reassort_opens, vote_opens, vote_closes, results_shown
  at DATETIME NOT NULL,                                 -- UTC
  PRIMARY KEY (election_id, event),
  FOREIGN KEY (election_id) REFERENCES election (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- « Qui vote où »: the rules that made the rolls, for the public page.
CREATE TABLE eligibility_rule (
  position SMALLINT UNSIGNED NOT NULL PRIMARY KEY,      -- as imported
  personnel VARCHAR(80) NOT NULL,                       -- conditions; empty: whoever it is
  corps VARCHAR(80) NOT NULL,
  academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  departement VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  instance VARCHAR(32) NOT NULL,                        -- what is elected then
  reason VARCHAR(160) NOT NULL DEFAULT ''               -- as the elector reads it; empty: imported before version 27
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Académies: help with the mailbox, assistance's number and hours.
CREATE TABLE academie (
  code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,  -- "poitiers"
  name VARCHAR(80) NOT NULL,                            -- « Poitiers »
  position SMALLINT UNSIGNED NOT NULL,                  -- order of display
  webmail_url VARCHAR(200) NOT NULL,
  recovery_url VARCHAR(200) NOT NULL,                   -- « Récupération du mot de passe », may be empty
  assistance_phone VARCHAR(40) NOT NULL,
  assistance_email VARCHAR(120) NOT NULL,
  assistance_hours VARCHAR(120) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Electors, as imported, and guests of the desk: experts who are no electors. `id` never leaves the house: no URL, mail or page carries it.
CREATE TABLE voter (
  id INT UNSIGNED NOT NULL PRIMARY KEY,                 -- order of import, 1..n; from 4,000,000,000 on a guest, struck off from the start, so that whatever reads electors leaves him out
  election_id INT UNSIGNED NOT NULL,
  email VARCHAR(190) NOT NULL,                          -- professional address, lower case
  civility VARCHAR(8) NOT NULL,                         -- « Mme », « M. » or empty
  last_name VARCHAR(80) NOT NULL,
  first_name VARCHAR(80) NOT NULL,
  identity_check CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- hex HMAC-SHA256(NUMEN pepper, NUMEN "|" yyyy-mm-dd): réassort's check
  personnel VARCHAR(80) NOT NULL,                       -- profile of « qui vote où » (« PE et instituteur »)
  corps VARCHAR(80) NOT NULL,                           -- corps or contract, as shown
  affectation VARCHAR(160) NOT NULL,                    -- school or service
  academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL, -- NULL: a guest's
  departement VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- "079"
  notice_place VARCHAR(160) NOT NULL,                   -- where the notice de vote is handed over
  struck_off_at DATETIME NULL,                          -- no longer an elector
  struck_off_reason VARCHAR(300) NOT NULL DEFAULT '',   -- as he reads it
  UNIQUE KEY (email),
  KEY (academie_code),
  FOREIGN KEY (election_id) REFERENCES election (id),
  FOREIGN KEY (academie_code) REFERENCES academie (code)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Scrutins. States move forward only, by scrutinctl.
CREATE TABLE scrutin (
  id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  election_id INT UNSIGNED NOT NULL,
  code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,        -- in URLs: "capd-079"
  uuid VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,        -- the Belenios election's
  title VARCHAR(160) NOT NULL,                          -- « Comité technique ministériel »
  instance VARCHAR(32) NOT NULL,                        -- « CTM »: the column of « qui vote où »
  level VARCHAR(32) NOT NULL,                           -- « national », « académique », « départemental »
  perimeter VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,   -- empty, an académie's code or a département
  seats SMALLINT UNSIGNED NOT NULL,                     -- titulaires to elect
  tie_by_candidates BOOLEAN NOT NULL DEFAULT FALSE,     -- equal averages and votes: more candidates wins (CAP)
  crypto_group VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- "Ed25519" or "BELENIOS-2048"
  bureau VARCHAR(80) NOT NULL,                          -- the bureau de vote that holds the key
  position SMALLINT UNSIGNED NOT NULL,                  -- order of display
  state ENUM('draft','published','sealed','open','closed','tallied','proclaimed','archived') NOT NULL DEFAULT 'draft',
  suspended_at DATETIME NULL,                           -- no ballot is taken since then, until it is emptied again
  annulled_at DATETIME NULL,                            -- stopped for good: closed, and never counted
  UNIQUE KEY (code),
  UNIQUE KEY (uuid),
  FOREIGN KEY (election_id) REFERENCES election (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The rolls: who votes where, and why. sort_key = folded "last first": rolls are read in its order.
CREATE TABLE voter_scrutin (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  voter_id INT UNSIGNED NOT NULL,
  sort_key VARCHAR(80) NOT NULL,
  reason VARCHAR(160) NOT NULL,                         -- the rule that gave it, as the elector reads it
  PRIMARY KEY (voter_id, scrutin_id),
  KEY roll (scrutin_id, sort_key, voter_id),            -- not UNIQUE, which the primary key makes it: a second import paid a search for each row it had just deleted
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Candidate lists, in the order of the draw (position 1.. = the answer's index in the ballot).
CREATE TABLE candidate_list (
  id INT UNSIGNED NOT NULL PRIMARY KEY,
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(160) NOT NULL,
  union_name VARCHAR(160) NOT NULL,
  UNIQUE KEY (scrutin_id, position),
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Unions of a common list, with its sharing key.
CREATE TABLE list_union (
  candidate_list_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(160) NOT NULL,
  share SMALLINT UNSIGNED NULL,                         -- as in candidature_union
  PRIMARY KEY (candidate_list_id, position),
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Logo of a list, a PNG as modules/domain/logo.hpp takes it; nginx serves a copy of it by its digest.
CREATE TABLE list_logo (
  candidate_list_id INT UNSIGNED NOT NULL PRIMARY KEY,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of png
  width SMALLINT UNSIGNED NOT NULL,                     -- pixels
  height SMALLINT UNSIGNED NOT NULL,
  png MEDIUMBLOB NOT NULL,
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who may see a list before everybody does: its declared delegates, as imported.
CREATE TABLE list_delegate (
  voter_id INT UNSIGNED NOT NULL,
  candidate_list_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (voter_id, candidate_list_id),
  KEY (candidate_list_id),
  FOREIGN KEY (voter_id) REFERENCES voter (id),
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Profession de foi of a list, a PDF.
CREATE TABLE profession_de_foi (
  candidate_list_id INT UNSIGNED NOT NULL PRIMARY KEY,
  pdf MEDIUMBLOB NOT NULL,
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Candidates in list order.
CREATE TABLE candidate (
  candidate_list_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  civility VARCHAR(8) NOT NULL,
  last_name VARCHAR(80) NOT NULL,
  first_name VARCHAR(80) NOT NULL,
  affectation VARCHAR(160) NOT NULL,
  PRIMARY KEY (candidate_list_id, position),
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Voter spaces. A row exists once the password is created.
CREATE TABLE account (
  voter_id INT UNSIGNED NOT NULL PRIMARY KEY,
  password_hash VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- Argon2id string of HMAC(pepper, NFC password)
  defi_question VARCHAR(160) NULL,                      -- the chosen question's text
  defi_answer_hash VARCHAR(160) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- Argon2id string of HMAC(pepper, folded answer)
  activated_at DATETIME NOT NULL,
  password_changed_at DATETIME NOT NULL,
  failed_count SMALLINT UNSIGNED NOT NULL DEFAULT 0,    -- wrong passwords since the last right one
  retry_at DATETIME NULL,                               -- growing delay after five: tries before it are not looked at
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Links sent by mail. Only the token's hash is here; the newest of a voter and purpose is the only one that counts.
CREATE TABLE mail_token (
  token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,  -- hex SHA-256 of the token
  voter_id INT UNSIGNED NOT NULL,
  purpose ENUM('activation','reset') NOT NULL,
  created_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,                         -- 24 h for activation, 1 h for reset
  superseded_at DATETIME NULL,                          -- a newer link was sent
  used_at DATETIME NULL,
  KEY (voter_id, purpose),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Open connections. voter_id is null before sign-in (a visitor in the middle of a form).
CREATE TABLE session (
  id_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,  -- hex SHA-256 of the cookie's identifier
  voter_id INT UNSIGNED NULL,
  created_at DATETIME NOT NULL,
  last_seen_at DATETIME NOT NULL,                       -- idle limit; written at most once a minute
  expires_at DATETIME NOT NULL,                         -- absolute limit
  device VARCHAR(120) NOT NULL DEFAULT '',              -- browser and system in words, for « mes connexions »
  data VARCHAR(2000) NOT NULL DEFAULT '{}',             -- small JSON state of the journey under way, never a secret
  previous_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,      -- the identifier before the entry to the vote
  previous_until DATETIME NULL,                         -- until when it still opens the session
  KEY (voter_id),
  KEY (expires_at),
  UNIQUE KEY (previous_hash),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Messages to send. Workers only insert; courrier sends each at most once. Numbers below 2^48 are drawn by lot, for messages whose order
-- would say who voted after whom; the others are counted from there on.
CREATE TABLE outbox (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  idempotency_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- hex; the same message asked twice is one row
  channel ENUM('email','sms') NOT NULL,
  recipient VARCHAR(190) NOT NULL,                      -- address, or E.164 number, of which two digits stay once sent; of a personal address nothing
  subject VARCHAR(200) NOT NULL DEFAULT '',
  body TEXT NOT NULL,                                   -- plain text; emptied once sent (it may hold a link or a code)
  voter_id INT UNSIGNED NULL,
  state ENUM('queued','sending','sent','deferred','failed') NOT NULL DEFAULT 'queued',
  attempts SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  created_at DATETIME NOT NULL,
  next_attempt_at DATETIME NOT NULL,
  sent_at DATETIME NULL,
  last_error VARCHAR(200) NOT NULL DEFAULT '',
  personal BOOLEAN NOT NULL DEFAULT FALSE,               -- to an address that somebody gave for this one message
  UNIQUE KEY (idempotency_key),
  KEY (state, next_attempt_at),
  KEY (voter_id)
) ENGINE=InnoDB AUTO_INCREMENT=281474976710656 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What became of an SMS, for the page of who waits. Written by courrier; outbox itself would tell its reader more. A later word replaces an earlier one.
CREATE TABLE sms_state (
  message_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,      -- outbox.id, which the purge may have taken
  state ENUM('left','operator','refused','phone') NOT NULL, -- gone to the gateway; operator has it; refused; received
  at DATETIME NOT NULL,
  KEY (at)                                              -- the purge takes the oldest
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The elector's private credential, sealed under the code de vote. Served to him alone.
CREATE TABLE envelope (
  voter_id INT UNSIGNED NOT NULL PRIMARY KEY,
  voter_ref CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,      -- random name of the elector inside the envelope's associated data
  generation SMALLINT UNSIGNED NOT NULL,                -- 1, then one more per réassort
  salt CHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,           -- base64url, 16 bytes
  nonce CHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,          -- base64url, 12 bytes
  ciphertext VARCHAR(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- base64url, AES-256-GCM with its tag
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The same credential in a sealed box to the reassort worker's key. Only that worker reads it.
CREATE TABLE escrow (
  voter_id INT UNSIGNED NOT NULL PRIMARY KEY,
  sealed VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,     -- base64url, crypto_box_seal
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Réassort: each request and each wrong try. At most 3 sent requests per elector.
CREATE TABLE reassort_request (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  voter_id INT UNSIGNED NOT NULL,
  at DATETIME NOT NULL,
  outcome ENUM('sent','mismatch','frozen','reopened','shown') NOT NULL, -- shown: the new code was on the owner's screen
  generation SMALLINT UNSIGNED NOT NULL,                -- the envelope's, after it
  phone_end CHAR(4) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- last digits, shown to the owner
  message_id BIGINT UNSIGNED NULL,                      -- outbox.id of the SMS that bears the code
  idempotency_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  UNIQUE KEY (idempotency_key),
  KEY (voter_id, at),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Temporary codes of the réassort that shows its code on screen: 15 minutes, all those of an elector until one has served.
CREATE TABLE reassort_temporary (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  voter_id INT UNSIGNED NOT NULL,
  sent_at DATETIME NOT NULL,
  code_check CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,     -- hex HMAC-SHA256(the worker's key, elector "|" sent_at "|" code)
  destination VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- number or personal address, sealed by the worker for itself; empty once served
  message_id BIGINT UNSIGNED NULL,                      -- outbox.id of what bears it
  tries TINYINT UNSIGNED NOT NULL DEFAULT 0,            -- wrong ones typed while it was the newest
  spent_at DATETIME NULL,
  idempotency_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  UNIQUE KEY (idempotency_key),
  KEY (voter_id, sent_at),
  KEY (sent_at),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The attendance: this elector has voted in this scrutin. Nothing here leads to the ballot.
CREATE TABLE emargement (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  voter_id INT UNSIGNED NOT NULL,
  voted_at DATETIME NOT NULL,                           -- the time in the receipt, to the minute; ballots have none
  PRIMARY KEY (scrutin_id, voter_id),
  KEY (voter_id),
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Figures of a count, for reports; pages show `proclamation`. One row per scrutin, a tie that waits for the draw too.
CREATE TABLE result (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  inscrits INT UNSIGNED NOT NULL,
  votants INT UNSIGNED NOT NULL,
  blancs INT UNSIGNED NOT NULL,
  exprimes INT UNSIGNED NOT NULL,
  draw_needed BOOLEAN NOT NULL,                         -- a tie that only the bureau's draw may end
  proclaimed_at DATETIME NULL,
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Votes and seats of each list.
CREATE TABLE result_list (
  candidate_list_id INT UNSIGNED NOT NULL PRIMARY KEY,
  votes INT UNSIGNED NOT NULL,
  seats SMALLINT UNSIGNED NOT NULL,
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Seals: all that decides the result of a scrutin, as one text (modules/scrutinctl/README-sceau.md), with what sealing wrote of it
-- elsewhere. Written once.
CREATE TABLE seal (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of the text
  text MEDIUMTEXT NOT NULL,
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Programs, pages and the booth's files with their digests: number 1 as sealed, later ones as the bureau accepted them.
CREATE TABLE seal_programs (
  number SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of the text
  text MEDIUMTEXT NOT NULL,                             -- a line per file, as sha256sum writes it
  at DATETIME NOT NULL,
  reason VARCHAR(300) NOT NULL                          -- empty for the sealing's
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the bureau proclaimed, as one text (modules/domain/proclamation.hpp): the only thing that pages show of a result.
CREATE TABLE proclamation (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of the text
  text MEDIUMTEXT NOT NULL,
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Published files of a scrutin, by the names they are offered under. Each lies in the folder of published papers as <scrutin's code>/<digest>.
CREATE TABLE paper (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256
  size BIGINT UNSIGNED NOT NULL,
  published_at DATETIME NOT NULL,
  PRIMARY KEY (scrutin_id, name),
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Audit log of the office's acts, chained by hash: hash = SHA-256(previous hash "|" at "|" actor "|" action "|" detail).
CREATE TABLE audit (
  id INT UNSIGNED NOT NULL PRIMARY KEY,                 -- 1, 2, 3… without a hole
  at DATETIME NOT NULL,
  actor VARCHAR(80) NOT NULL,                           -- the officer's system name
  action VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  detail VARCHAR(2000) NOT NULL,
  hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Counters for limits (tries per address, network, elector). key_hash hides what is counted.
CREATE TABLE throttle (
  key_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,       -- hex SHA-256 of "rule|subject"
  window_start DATETIME NOT NULL,
  count INT UNSIGNED NOT NULL,
  PRIMARY KEY (key_hash, window_start),
  KEY (window_start)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
