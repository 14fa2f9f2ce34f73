-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A vote under way may be stopped for a time or for good, by two officers. Only adds.
USE portail;
ALTER TABLE scrutin
  ADD COLUMN suspended_at DATETIME NULL,                -- no ballot is taken since then, until it is emptied again
  ADD COLUMN annulled_at DATETIME NULL;                 -- stopped for good: closed, and never counted
-- Suspensions of scrutins, their ends, their definitive stops: one officer orders, another carries out. Rows stay: they are what the minutes say.
CREATE TABLE suspension (
  number INT UNSIGNED NOT NULL,                         -- of the order: 1, 2, 3…; it may be about several scrutins
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  kind ENUM('suspend','resume','annul') NOT NULL,
  reason VARCHAR(300) NOT NULL,                         -- as voters read it
  authority VARCHAR(160) NOT NULL,                      -- who authorised it, as the minutes name it
  state ENUM('proposed','done','refused') NOT NULL DEFAULT 'proposed',
  proposed_by VARCHAR(80) NOT NULL,                     -- the officers' system names
  proposed_at DATETIME NOT NULL,
  decided_by VARCHAR(80) NOT NULL DEFAULT '',
  decided_at DATETIME NULL,                             -- of a done one: when it took effect, by the database's clock
  PRIMARY KEY (number, scrutin_id),
  KEY (scrutin_id, state),
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
DELIMITER //
CREATE TRIGGER annulled_is_never_counted BEFORE UPDATE ON scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND OLD.annulled_at IS NOT NULL AND (NEW.annulled_at IS NULL OR NEW.state <> OLD.state) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the scrutin is annulled';
  END IF //
DELIMITER ;
UPDATE schema_version SET version = 21;
