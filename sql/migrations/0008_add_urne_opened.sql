-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A ballot that was opened is refused for good. A vote worker that does not look here would still take one: stop the older programs first.
USE urne;
CREATE TABLE opened (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  ballot_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (scrutin_id, ballot_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE portail.schema_version SET version = 8, compatible_from = 8;
