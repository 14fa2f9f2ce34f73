-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A session gets a new identifier at the entry to the vote; the one before it is good for a moment longer.
USE portail;
ALTER TABLE session
  ADD COLUMN previous_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER data,
  ADD COLUMN previous_until DATETIME NULL AFTER previous_hash,
  ADD UNIQUE KEY (previous_hash);
UPDATE portail.schema_version SET version = 2;
