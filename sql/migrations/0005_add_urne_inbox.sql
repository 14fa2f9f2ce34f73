-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A vote goes into a small inbox, and sceau moves ballots and log on together: what the log has not numbered yet goes back there.
-- Programs that insert into `ballot`, or count it alone, must not go on: stop all of them first.
USE urne;
CREATE TABLE inbox (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  ballot_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  credential_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  ballot MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (scrutin_id, ballot_hash),
  UNIQUE KEY (scrutin_id, credential_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
CREATE TABLE closing (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
START TRANSACTION;
INSERT INTO closing
  SELECT u.scrutin_id FROM setup u JOIN portail.scrutin s ON s.id = u.scrutin_id
  WHERE s.state IN ('closed', 'tallied', 'proclaimed', 'archived');
INSERT INTO inbox
  SELECT b.scrutin_id, b.ballot_hash, b.credential_hash, b.ballot FROM ballot b
  LEFT JOIN log l ON l.scrutin_id = b.scrutin_id AND l.ballot_hash = b.ballot_hash WHERE l.ballot_hash IS NULL;
DELETE b FROM ballot b
  LEFT JOIN log l ON l.scrutin_id = b.scrutin_id AND l.ballot_hash = b.ballot_hash WHERE l.ballot_hash IS NULL;
UPDATE portail.schema_version SET version = 5, compatible_from = 5;
COMMIT;
