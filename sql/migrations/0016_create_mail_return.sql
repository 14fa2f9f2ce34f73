-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Mails that came back. Only adds.
USE portail;
-- Addresses at which a mail could not be delivered, with the newest word on each. Names no message: which mails somebody gets says what he did.
CREATE TABLE mail_return (
  recipient VARCHAR(190) NOT NULL PRIMARY KEY,          -- as in outbox
  kind ENUM('delayed','full','unknown','refused') NOT NULL,
  at DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
UPDATE schema_version SET version = 16;
