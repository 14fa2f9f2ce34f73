-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Members of a bureau de vote may ask for its participation by mail, once a day. Only adds.
USE portail;
ALTER TABLE desk_factor ADD COLUMN daily_mail BOOLEAN NOT NULL DEFAULT FALSE AFTER last_step;
UPDATE schema_version SET version = 28;
