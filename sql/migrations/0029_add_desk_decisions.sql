-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Changes of the roll that two members of an académie's desk decide, and reminders that one asks for: written down here by the desk, carried out by
-- `scrutinctl desk apply`. And an independent expert who is no elector gets a row of the electors' table, from number 4,000,000,000 on, without an académie and
-- struck off from the start: for his password and his desk. Only expands.
USE portail;
ALTER TABLE voter MODIFY academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL;
DROP TRIGGER line_is_not_added;
ALTER TABLE roll_change
  MODIFY state ENUM('proposed','approved','refused','done','impossible') NOT NULL DEFAULT 'proposed',
  ADD COLUMN proposed_member INT UNSIGNED NULL AFTER decided_at,
  ADD COLUMN decided_member INT UNSIGNED NULL AFTER proposed_member,
  ADD COLUMN request CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER decided_member,
  ADD COLUMN expires_at DATETIME NULL AFTER request,
  ADD COLUMN outcome VARCHAR(300) NOT NULL DEFAULT '' AFTER expires_at,
  ADD COLUMN ended_at DATETIME NULL AFTER outcome,
  ADD COLUMN form_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER ended_at,
  ADD UNIQUE KEY (form_hash);
-- Reminders to those of an académie who have no space yet, asked for at its desk. `scrutinctl desk apply` writes them. Rows stay.
CREATE TABLE desk_reminder (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,  -- its campaign in invitation: "desk-12"
  academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  asked_by INT UNSIGNED NOT NULL,                       -- desk_member.id
  asked_at DATETIME NOT NULL,
  state ENUM('asked','done','impossible') NOT NULL DEFAULT 'asked',
  written INT UNSIGNED NOT NULL DEFAULT 0,              -- people, of a done one
  outcome VARCHAR(300) NOT NULL DEFAULT '',             -- why impossible
  ended_at DATETIME NULL,
  KEY (academie_code, asked_at),
  KEY (state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
DELIMITER //
CREATE TRIGGER desk_proposes_in_its_academie BEFORE INSERT ON roll_change FOR EACH ROW
  IF USER() LIKE 'portail-bureau@%' AND NOT COALESCE(NEW.kind IN ('strike','reinstate','correct','reopen') AND NEW.state = 'proposed'
      AND NEW.expires_at IS NOT NULL AND NEW.proposed_by = CONCAT('membre n° ', NEW.proposed_member)
      AND EXISTS (SELECT 1 FROM desk_member m JOIN voter v ON v.academie_code = m.place
        WHERE m.id = NEW.proposed_member AND m.role = 'gestionnaire' AND m.removed_at IS NULL AND v.id = NEW.voter_id), FALSE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a member proposes for his own lines alone';
  END IF //
CREATE TRIGGER desk_decides_by_another BEFORE UPDATE ON roll_change FOR EACH ROW
  IF USER() LIKE 'portail-bureau@%' AND NOT COALESCE(OLD.state = 'proposed' AND NEW.state IN ('approved','refused')
      AND NEW.decided_at < OLD.expires_at AND NEW.decided_by = CONCAT('membre n° ', NEW.decided_member)
      AND EXISTS (SELECT 1 FROM desk_member m JOIN voter v ON v.academie_code = m.place JOIN desk_member p ON p.id = OLD.proposed_member
        WHERE m.id = NEW.decided_member AND m.role = 'gestionnaire' AND m.removed_at IS NULL AND v.id = OLD.voter_id
          AND (NEW.state = 'refused' OR (p.email <> m.email AND p.removed_at IS NULL))), FALSE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'another member decides and in time';
  END IF //
CREATE TRIGGER line_is_not_added BEFORE INSERT ON voter FOR EACH ROW
  IF USER() LIKE 'portail-%' AND NEW.id < 4000000000 AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the roll is sealed';
  END IF //
CREATE TRIGGER guest_is_on_no_roll BEFORE INSERT ON voter_scrutin FOR EACH ROW
  IF NEW.voter_id >= 4000000000 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a guest of the desk votes nowhere';
  END IF //
DELIMITER ;
UPDATE schema_version SET version = 29;
