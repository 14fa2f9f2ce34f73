-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Files beside réclamations. Only adds.
USE portail;
-- What an elector showed beside his réclamation: given back to him and to the desk alone.
CREATE TABLE reclamation_attachment (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the réclamation's
  position TINYINT UNSIGNED NOT NULL,                   -- 1, 2, 3
  name VARCHAR(120) NOT NULL,                           -- as its owner's machine calls it; shown, never used as a path
  kind ENUM('pdf','jpeg','png') NOT NULL,               -- by its bytes
  size INT UNSIGNED NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of content
  content MEDIUMBLOB NOT NULL,
  added_at DATETIME NOT NULL,
  PRIMARY KEY (number, position),
  UNIQUE KEY (number, digest),
  FOREIGN KEY (number) REFERENCES reclamation (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE schema_version SET version = 15;
