-- SPDX-License-Identifier: AGPL-3.0-or-later
-- An election may ask the question défi where its edition does not, and the other way round. Programs of version 10 go on as their edition says.
-- The rules of « qui vote où » stand here from the next import on.
USE portail;
ALTER TABLE election ADD COLUMN asks_defi BOOLEAN NULL;
CREATE TABLE eligibility_rule (
  position SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  personnel VARCHAR(80) NOT NULL,
  corps VARCHAR(80) NOT NULL,
  academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  departement VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  instance VARCHAR(32) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE portail.schema_version SET version = 11;
