-- SPDX-License-Identifier: AGPL-3.0-or-later
-- One act of the office at a time; codes made for nothing may be given up before the sealing. Only adds.
USE portail;
-- Who took the office's turn last: one row. Whether it is still taken is a lock of the server's, not this table.
CREATE TABLE office_turn (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,             -- 1
  command VARCHAR(40) NOT NULL,                         -- "seal"
  actor VARCHAR(80) NOT NULL,                           -- the officer's system name
  taken_at DATETIME NOT NULL,
  ended BOOLEAN NOT NULL                                -- false while it runs, and for ever if it was killed
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
DELIMITER //
CREATE TRIGGER envelope_is_not_removed BEFORE DELETE ON envelope FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the codes are sealed';
  END IF //
CREATE TRIGGER escrow_is_not_removed BEFORE DELETE ON escrow FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the codes are sealed';
  END IF //
DELIMITER ;
UPDATE schema_version SET version = 19;
