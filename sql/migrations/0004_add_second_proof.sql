-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A decryption has a second proof, over all that it decrypts; the bureaux' rule on totals of fewer than five ballots is sealed.
ALTER TABLE urne.partial_decryption
  ADD COLUMN second_proof VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NULL;
ALTER TABLE portail.election
  ADD COLUMN small_totals BOOLEAN NOT NULL DEFAULT FALSE;
UPDATE portail.schema_version SET version = 4;
