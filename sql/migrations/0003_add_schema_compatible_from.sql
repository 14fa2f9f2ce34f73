-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Two generations of programs may stand side by side: a schema says which is the oldest that it still serves.
USE portail;
ALTER TABLE schema_version
  ADD COLUMN compatible_from INT UNSIGNED NOT NULL DEFAULT 3;
ALTER TABLE schema_version ALTER COLUMN compatible_from DROP DEFAULT;
UPDATE portail.schema_version SET version = 3, compatible_from = 3;
