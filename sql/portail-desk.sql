-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Database `portail`, second file: what people ask the office for, what it answers, and what two officers change of the roll. Loaded before
-- portail.sql, whose tables it refers to; hence the first line.
SET foreign_key_checks = 0;

-- Requests for help, asked before or after sign-in.
CREATE TABLE assistance (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- told to the person: "A-7K3M-9PQR"
  voter_id INT UNSIGNED NULL,
  email VARCHAR(190) NOT NULL,
  academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  subject VARCHAR(120) NOT NULL,
  body VARCHAR(4000) NOT NULL,
  state ENUM('recue','en_instruction','repondue') NOT NULL DEFAULT 'recue',
  answer VARCHAR(4000) NOT NULL DEFAULT '',
  created_at DATETIME NOT NULL,
  answered_at DATETIME NULL,
  idempotency_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  UNIQUE KEY (number),
  UNIQUE KEY (idempotency_key),
  KEY (voter_id, created_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Réclamations about a profile, a scrutin or a roll.
CREATE TABLE reclamation (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- "R-7K3M-9PQR"
  voter_id INT UNSIGNED NOT NULL,
  object ENUM('profil','scrutins','liste_electorale') NOT NULL,
  scrutin_id SMALLINT UNSIGNED NULL,
  body VARCHAR(4000) NOT NULL,
  state ENUM('recue','en_instruction','acceptee','rejetee') NOT NULL DEFAULT 'recue',
  answer VARCHAR(4000) NOT NULL DEFAULT '',
  created_at DATETIME NOT NULL,
  answered_at DATETIME NULL,
  idempotency_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  UNIQUE KEY (number),
  UNIQUE KEY (idempotency_key),
  KEY (voter_id, created_at),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What an elector showed beside his réclamation: given back to him and to the desk alone.
CREATE TABLE reclamation_attachment (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the réclamation's
  position TINYINT UNSIGNED NOT NULL,                   -- 1, 2, 3
  name VARCHAR(120) NOT NULL,                           -- as its owner's machine calls it; shown, never used as a path
  kind ENUM('pdf','jpeg','png') NOT NULL,               -- by its bytes
  size INT UNSIGNED NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of content
  content MEDIUMBLOB NOT NULL,
  added_at DATETIME NOT NULL,
  PRIMARY KEY (number, position),
  UNIQUE KEY (number, digest),
  KEY (size),                                           -- everybody's files are added up for each new one
  FOREIGN KEY (number) REFERENCES reclamation (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What became of a request for help or a réclamation, as the person reads it. The request's own row has the newest state.
CREATE TABLE desk_step (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the request's
  step SMALLINT UNSIGNED NOT NULL,                      -- 1, 2, 3…
  at DATETIME NOT NULL,
  state ENUM('en_instruction','acceptee','rejetee','repondue') NOT NULL,
  answer VARCHAR(4000) NOT NULL DEFAULT '',
  PRIMARY KEY (number, step)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Changes of the roll that one officer proposes and another decides, or two members of an académie's desk. Rows stay: with the journal of acts they are the trace.
CREATE TABLE roll_change (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  voter_id INT UNSIGNED NULL,                           -- add: nobody until it is made
  kind ENUM('strike','reinstate','correct','reopen','scrutins','add') NOT NULL, -- reopen: a réassort that was stopped; scrutins: where he votes; add: a late elector
  detail VARCHAR(8000) NOT NULL DEFAULT '{}',           -- correct: JSON of the fields' new values, of the desk's with those before; scrutins: of {add, remove}, codes; add: of his line and, an officer's, his rights
  identity_check CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '', -- add: as voter's, until it is decided; of the desk's, which has none, while it is made
  reason VARCHAR(300) NOT NULL,
  state ENUM('proposed','approved','refused','done','impossible') NOT NULL DEFAULT 'proposed', -- approved: an officer's is done with it; the desk's waits for « desk apply », which makes it done or impossible
  proposed_by VARCHAR(80) NOT NULL,                     -- the officers' system names, or « membre n° 12 »
  proposed_at DATETIME NOT NULL,
  decided_by VARCHAR(80) NOT NULL DEFAULT '',
  decided_at DATETIME NULL,
  proposed_member INT UNSIGNED NULL,                    -- desk_member.id; NULL: an officer proposed
  decided_member INT UNSIGNED NULL,
  request CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NULL,            -- the réclamation that it answers
  expires_at DATETIME NULL,                             -- of the desk's: nobody decides after it
  outcome VARCHAR(300) NOT NULL DEFAULT '',             -- of the desk's: why refused, why impossible
  ended_at DATETIME NULL,                               -- when it was carried out, or could not be
  form_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,          -- of the form that proposed: sent twice it is one
  academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- add, of the desk's: whose members decide, since there is no line to say it
  KEY (state),
  UNIQUE KEY (form_hash),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who was written to in which campaign, so that each is once: written with the message itself.
CREATE TABLE invitation (
  campaign VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- "invitation", "not-activated-1", "non-voters-1"
  voter_id INT UNSIGNED NOT NULL,
  leaves_at DATETIME NOT NULL,                          -- when its turn is, by the rate of its mail domain
  PRIMARY KEY (campaign, voter_id),
  KEY (leaves_at),
  KEY (voter_id),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Addresses at which a mail could not be delivered, with the newest word on each. Names no message: which mails somebody gets says what he did.
CREATE TABLE mail_return (
  recipient VARCHAR(190) NOT NULL PRIMARY KEY,          -- as in outbox
  kind ENUM('delayed','full','unknown','refused') NOT NULL,
  at DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who took the office's turn last: one row. Whether it is still taken is a lock of the server's, not this table.
CREATE TABLE office_turn (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,             -- 1
  command VARCHAR(40) NOT NULL,                         -- "seal"
  actor VARCHAR(80) NOT NULL,                           -- the officer's system name
  taken_at DATETIME NOT NULL,
  ended BOOLEAN NOT NULL                                -- false while it runs, and for ever if it was killed
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who may sit at the desk, for which bureau or académie. Rows stay: their numbers stand in the journal of acts.
CREATE TABLE desk_member (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,  -- « membre n° 12 »
  email VARCHAR(190) NOT NULL,                          -- an elector's professional address, as in voter
  role ENUM('president','secretaire','delegue','suppleant','expert','gestionnaire','assistance','delegue_liste') NOT NULL,
  place VARCHAR(80) NOT NULL,                           -- scrutin.bureau; of a gestionnaire and of assistance academie.code; of a list's delegate candidature.id
  added_at DATETIME NOT NULL,
  removed_at DATETIME NULL,
  UNIQUE KEY (email, role, place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A member's second factor (RFC 6238), by his address: it outlives an import, and a membership that ends.
CREATE TABLE desk_factor (
  email VARCHAR(190) NOT NULL PRIMARY KEY,
  enrol_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,         -- hex SHA-256 of the enrolment code that waits for him
  enrol_until DATETIME NULL,
  sealed VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,         -- base64url: the secret, sealed by the worker for itself; NULL: not enrolled yet
  enrolled_at DATETIME NULL,
  last_step BIGINT UNSIGNED NOT NULL DEFAULT 0,         -- 30 s steps since 1970: of the last code that served
  daily_mail BOOLEAN NOT NULL DEFAULT FALSE             -- he asks for the participation once a day
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who gave his second factor in which connection; goes with it.
CREATE TABLE desk_session (
  session_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  entered_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,
  KEY (expires_at),
  FOREIGN KEY (session_hash) REFERENCES session (id_hash) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Second factors to be made anew: one officer proposes, another decides. Rows stay.
CREATE TABLE desk_recovery (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(190) NOT NULL,
  state ENUM('proposed','approved','refused') NOT NULL DEFAULT 'proposed',
  proposed_by VARCHAR(80) NOT NULL,                     -- the officers' system names
  proposed_at DATETIME NOT NULL,
  decided_by VARCHAR(80) NOT NULL DEFAULT '',
  decided_at DATETIME NULL,
  KEY (state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Suspensions of scrutins, their ends, their definitive stops: one officer orders, another carries out. Rows stay: they are what the minutes say.
CREATE TABLE suspension (
  number INT UNSIGNED NOT NULL,                         -- of the order: 1, 2, 3…; it may be about several scrutins
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  kind ENUM('suspend','resume','annul') NOT NULL,
  reason VARCHAR(300) NOT NULL,                         -- as voters read it
  authority VARCHAR(160) NOT NULL,                      -- who authorised it, as the minutes name it
  state ENUM('proposed','done','refused') NOT NULL DEFAULT 'proposed',
  proposed_by VARCHAR(80) NOT NULL,                     -- the officers' system names
  proposed_at DATETIME NOT NULL,
  decided_by VARCHAR(80) NOT NULL DEFAULT '',
  decided_at DATETIME NULL,                             -- of a done one: when it took effect, by the database's clock
  PRIMARY KEY (number, scrutin_id),
  KEY (scrutin_id, state),
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Batches of codes, each with its file of notices. A batch that is not done is taken up again.
CREATE TABLE code_batch (
  number SMALLINT UNSIGNED NOT NULL PRIMARY KEY,        -- 1, 2, 3…
  made_at DATETIME NOT NULL,
  done_at DATETIME NULL                                 -- its file is whole and has its name
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Of each code made: the batch whose file has it, and, until the sealing, what the urne gets of its elector then.
CREATE TABLE voter_code (
  voter_id INT UNSIGNED NOT NULL PRIMARY KEY,
  batch SMALLINT UNSIGNED NOT NULL,
  credentials MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,  -- sealed under the binding key (modules/domain/pending_credentials.hpp); empty once sealed
  KEY (batch),
  FOREIGN KEY (voter_id) REFERENCES voter (id),
  FOREIGN KEY (batch) REFERENCES code_batch (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Notices whose code died before the sealing: folds to take back from where they are handed over.
CREATE TABLE withdrawn_notice (
  voter_id INT UNSIGNED NOT NULL,
  generation SMALLINT UNSIGNED NOT NULL,                -- of the envelope that is gone
  batch SMALLINT UNSIGNED NOT NULL,
  cause ENUM('struck','reissued','rolls') NOT NULL,     -- struck off; made anew by the office; other scrutins
  at DATETIME NOT NULL,
  PRIMARY KEY (voter_id, generation),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Folds counted at each place of delivery: those that nobody took, and those of them that were destroyed. Never changed: what was miscounted is said by the next line.
CREATE TABLE notice_fold (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  place VARCHAR(160) NOT NULL,                          -- voter.notice_place
  kind ENUM('undelivered','destroyed') NOT NULL,
  folds INT UNSIGNED NOT NULL,
  at DATETIME NOT NULL,
  actor VARCHAR(80) NOT NULL,                           -- the officer's system name
  witness VARCHAR(160) NOT NULL,                        -- who saw a destruction; empty for a count
  KEY (place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who of the desk took a request in hand: a réclamation's number, or that of a request for help.
CREATE TABLE desk_assignment (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  member_id INT UNSIGNED NOT NULL,                      -- desk_member.id
  at DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Reminders to those of an académie who have no space yet, asked for at its desk. `scrutinctl desk apply` writes them. Rows stay.
CREATE TABLE desk_reminder (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,  -- its campaign in invitation: "desk-12"
  academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_by INT UNSIGNED NOT NULL,                       -- desk_member.id
  asked_at DATETIME NOT NULL,
  state ENUM('asked','done','impossible') NOT NULL DEFAULT 'asked',
  written INT UNSIGNED NOT NULL DEFAULT 0,              -- people, of a done one
  outcome VARCHAR(300) NOT NULL DEFAULT '',             -- why impossible
  ended_at DATETIME NULL,
  KEY (academie_code, asked_at),
  KEY (state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Who may deposit a list for a scrutin, and until when. By the scrutin's code and not its row: an import replaces the rows. Its delegates are desk_member's, whose place is the id.
CREATE TABLE candidature (
  id SMALLINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY, -- « candidature n° 3 »
  scrutin_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  union_name VARCHAR(160) NOT NULL,                     -- of the union, or of the unions together
  opens_at DATETIME NULL,                               -- the window of the deposit; NULL: the calendar's, portal_opens to lists_shown
  closes_at DATETIME NULL,
  position SMALLINT UNSIGNED NULL,                      -- in the order of the draw or of the arrêté; NULL: not said yet
  order_act VARCHAR(300) NOT NULL DEFAULT '',           -- which draw, which arrêté
  UNIQUE KEY (scrutin_code, union_name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What a list of this scrutin has to be, as the office said it. No row: 1 to twice the seats, no share, two pages.
CREATE TABLE candidature_rule (
  scrutin_code VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  least SMALLINT UNSIGNED NOT NULL,                     -- names
  most SMALLINT UNSIGNED NOT NULL,
  is_even BOOLEAN NOT NULL,                             -- an even number of names
  women SMALLINT UNSIGNED NULL,                         -- share of women among those represented, in hundredths of a percent; NULL: not looked at
  pages TINYINT UNSIGNED NOT NULL                       -- of a profession de foi, at most
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- A list under way, its delegates' alone: the office's tool has no right to it. Kept as typed, faults included.
CREATE TABLE candidature_draft (
  candidature_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  list_name VARCHAR(160) NOT NULL,
  names VARCHAR(16000) NOT NULL,                        -- a line per candidate
  unions TEXT NOT NULL DEFAULT '',             -- of a common list: a line per union
  saved_at DATETIME NOT NULL,
  FOREIGN KEY (candidature_id) REFERENCES candidature (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Files of a draft.
CREATE TABLE candidature_draft_file (
  candidature_id SMALLINT UNSIGNED NOT NULL,
  kind ENUM('profession','logo') NOT NULL,
  name VARCHAR(120) NOT NULL,                           -- as its owner's machine calls it; shown, never used as a path
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of content
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (candidature_id, kind),
  FOREIGN KEY (candidature_id) REFERENCES candidature (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Deposits. Rows are added and never changed; the newest version of a candidature is the one that counts.
CREATE TABLE candidature_deposit (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY, -- of the receipt: "C-7K3M-9PQR"
  candidature_id SMALLINT UNSIGNED NOT NULL,
  version SMALLINT UNSIGNED NOT NULL,                   -- 1, 2, 3…
  list_name VARCHAR(160) NOT NULL,
  at DATETIME NOT NULL,
  deposited_by VARCHAR(80) NOT NULL,                    -- « membre n° 12 », or the officer's system name
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of what was deposited (modules/domain/candidature.hpp)
  UNIQUE KEY (candidature_id, version),
  FOREIGN KEY (candidature_id) REFERENCES candidature (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Names of a deposit, in list order.
CREATE TABLE candidature_name (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the deposit's
  position SMALLINT UNSIGNED NOT NULL,
  civility VARCHAR(8) NOT NULL,                         -- « Mme » or « M. »
  last_name VARCHAR(80) NOT NULL,
  first_name VARCHAR(80) NOT NULL,
  affectation VARCHAR(160) NOT NULL,
  PRIMARY KEY (number, position),
  FOREIGN KEY (number) REFERENCES candidature_deposit (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Unions of a deposited common list.
CREATE TABLE candidature_union (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the deposit's
  position SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(160) NOT NULL,
  share SMALLINT UNSIGNED NULL,                         -- of the list's votes, in hundredths of a percent; NULL, for all of a list: equal parts
  PRIMARY KEY (number, position),
  FOREIGN KEY (number) REFERENCES candidature_deposit (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Files of a deposit.
CREATE TABLE candidature_file (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the deposit's
  kind ENUM('profession','logo') NOT NULL,
  name VARCHAR(120) NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  content MEDIUMBLOB NOT NULL,
  PRIMARY KEY (number, kind),
  FOREIGN KEY (number) REFERENCES candidature_deposit (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the office decided of a deposit; the newest row counts. Rows stay.
CREATE TABLE candidature_decision (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the deposit's
  decision ENUM('accepted','refused') NOT NULL,
  reason VARCHAR(1000) NOT NULL,                        -- of a refusal, as its delegates read it
  despite VARCHAR(4000) NOT NULL,                       -- of an acceptance: what the checks found and the officer let pass, a line each
  decided_by VARCHAR(80) NOT NULL,                      -- the officer's system name
  decided_at DATETIME NOT NULL,
  KEY (number),
  FOREIGN KEY (number) REFERENCES candidature_deposit (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

SET foreign_key_checks = 1;
