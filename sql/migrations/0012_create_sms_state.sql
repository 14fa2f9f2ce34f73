-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What the SMS gateway tells of a message later. Only adds: programs of version 11 go on.
USE portail;
CREATE TABLE sms_state (
  message_id BIGINT UNSIGNED NOT NULL PRIMARY KEY,
  state ENUM('left','operator','refused','phone') NOT NULL,
  at DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
ALTER TABLE reassort_request ADD message_id BIGINT UNSIGNED NULL AFTER phone_end;
UPDATE schema_version SET version = 12;
