-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A personal address is forgotten once its message has left, and what became of an SMS is purged by its age. Only adds.
USE portail;
ALTER TABLE outbox ADD COLUMN personal BOOLEAN NOT NULL DEFAULT FALSE AFTER last_error;
ALTER TABLE sms_state ADD KEY (at);
UPDATE schema_version SET version = 25;
