-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A new code de vote on screen, against a temporary one. Only adds.
USE portail;
ALTER TABLE election ADD COLUMN shows_new_code BOOLEAN NULL;
ALTER TABLE reassort_request MODIFY COLUMN outcome ENUM('sent','mismatch','frozen','reopened','shown') NOT NULL;
CREATE TABLE reassort_temporary (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  voter_id INT UNSIGNED NOT NULL,
  sent_at DATETIME NOT NULL,
  code_check CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  destination VARCHAR(400) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message_id BIGINT UNSIGNED NULL,
  tries TINYINT UNSIGNED NOT NULL DEFAULT 0,
  spent_at DATETIME NULL,
  idempotency_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  UNIQUE KEY (idempotency_key),
  KEY (voter_id, sent_at),
  KEY (sent_at),
  FOREIGN KEY (voter_id) REFERENCES voter (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE schema_version SET version = 17;
