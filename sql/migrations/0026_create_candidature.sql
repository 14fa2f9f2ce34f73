-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Lists of candidates as their delegates deposit them, and what the office decides of them. Only adds.
USE portail;
ALTER TABLE desk_member MODIFY role ENUM('president','secretaire','delegue','suppleant','expert','gestionnaire','assistance','delegue_liste') NOT NULL;
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
UPDATE schema_version SET version = 26;
