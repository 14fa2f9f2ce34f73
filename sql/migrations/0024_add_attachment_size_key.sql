-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Everybody's files beside réclamations are added up for each new one. Only adds.
USE portail;
ALTER TABLE reclamation_attachment ADD KEY (size);
UPDATE schema_version SET version = 24;
