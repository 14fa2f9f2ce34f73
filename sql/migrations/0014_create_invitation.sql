-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Campaigns of mails to all electors, or to those who have not come yet. Only adds.
USE portail;
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
UPDATE schema_version SET version = 14;
