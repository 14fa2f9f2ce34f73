-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Delegates of candidate lists. Only adds.
USE portail;
CREATE TABLE list_delegate (
  voter_id INT UNSIGNED NOT NULL,
  candidate_list_id INT UNSIGNED NOT NULL,
  PRIMARY KEY (voter_id, candidate_list_id),
  KEY (candidate_list_id),
  FOREIGN KEY (voter_id) REFERENCES voter (id),
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE schema_version SET version = 18;
