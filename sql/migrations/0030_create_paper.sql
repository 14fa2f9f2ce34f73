-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the office publishes of a proclaimed scrutin: minutes and archive, as files that nginx serves. Only adds.
USE portail;
-- Published files of a scrutin, by the names they are offered under. Each lies in the folder of published papers as <scrutin's code>/<digest>.
CREATE TABLE paper (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256
  size BIGINT UNSIGNED NOT NULL,
  published_at DATETIME NOT NULL,
  PRIMARY KEY (scrutin_id, name),
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE schema_version SET version = 30;
