-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Codes are made before the sealing, in batches, and single ones again when the roll changes. Only adds.
USE portail;
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
ALTER TABLE roll_change MODIFY kind ENUM('strike','reinstate','correct','reopen','scrutins') NOT NULL;
UPDATE schema_version SET version = 22;
