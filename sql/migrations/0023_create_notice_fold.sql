-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Notices that could not be handed over, and their destruction. Only adds.
USE portail;
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
UPDATE schema_version SET version = 23;
