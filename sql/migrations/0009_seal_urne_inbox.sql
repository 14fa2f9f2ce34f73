-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Ballots wait sealed for sceau, under tags that say nothing. What waits in clear cannot be sealed here, so nothing may wait: close the vote,
-- let sceau of the version before empty the inbox, stop all programs, then run this. It stops by itself if a ballot is there.
USE urne;
ALTER TABLE inbox ADD CONSTRAINT nothing_waits CHECK (ballot_hash = '');
ALTER TABLE inbox DROP CONSTRAINT nothing_waits,
  CHANGE ballot_hash ballot_tag CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  CHANGE credential_hash credential_tag CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  CHANGE ballot sealed MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL;
UPDATE portail.schema_version SET version = 9, compatible_from = 9;
