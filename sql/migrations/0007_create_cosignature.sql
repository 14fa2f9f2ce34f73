-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Witnesses' cosignatures of the public logs. Older programs know nothing of them and go on.
USE urne;
CREATE TABLE cosignature (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  witness VARCHAR(320) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size INT UNSIGNED NOT NULL,
  line VARCHAR(400) NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (scrutin_id, witness)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE portail.schema_version SET version = 7;
