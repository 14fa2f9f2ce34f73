-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A late elector whom two members of an académie's desk propose and approve, without NUMEN and date of birth; `scrutinctl desk apply --inscriptions` adds him
-- with the administration's file. Only expands.
USE portail;
ALTER TABLE roll_change ADD COLUMN academie_code VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL AFTER form_hash;
DROP TRIGGER nobody_is_proposed_twice;
DROP TRIGGER nobody_is_added_twice;
DROP TRIGGER desk_proposes_in_its_academie;
DROP TRIGGER desk_decides_by_another;
DELIMITER //
CREATE TRIGGER nobody_is_proposed_twice BEFORE INSERT ON roll_change FOR EACH ROW
  IF USER() LIKE 'portail-%' AND NEW.kind = 'add' AND NEW.identity_check <> '' AND EXISTS (SELECT 1 FROM voter WHERE identity_check = NEW.identity_check) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this person is on the roll';
  END IF //
CREATE TRIGGER nobody_is_added_twice BEFORE UPDATE ON roll_change FOR EACH ROW
  IF USER() LIKE 'portail-%' AND NEW.kind = 'add' AND NEW.identity_check <> ''
      AND (NEW.identity_check <> OLD.identity_check OR (OLD.state = 'proposed' AND NEW.state = 'approved'))
      AND EXISTS (SELECT 1 FROM voter WHERE identity_check = NEW.identity_check) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this person is on the roll';
  END IF //
CREATE TRIGGER desk_proposes_in_its_academie BEFORE INSERT ON roll_change FOR EACH ROW
  IF USER() LIKE 'portail-bureau@%' AND NOT COALESCE(NEW.state = 'proposed'
      AND NEW.expires_at IS NOT NULL AND NEW.proposed_by = CONCAT('membre n° ', NEW.proposed_member)
      AND ((NEW.kind IN ('strike','reinstate','correct','reopen') AND NEW.academie_code IS NULL)
        OR (NEW.kind = 'add' AND NEW.voter_id IS NULL))
      AND EXISTS (SELECT 1 FROM desk_member m WHERE m.id = NEW.proposed_member AND m.role = 'gestionnaire' AND m.removed_at IS NULL
        AND m.place = IF(NEW.kind = 'add', NEW.academie_code, (SELECT v.academie_code FROM voter v WHERE v.id = NEW.voter_id))), FALSE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a member proposes where he sits alone';
  END IF //
CREATE TRIGGER desk_decides_by_another BEFORE UPDATE ON roll_change FOR EACH ROW
  IF USER() LIKE 'portail-bureau@%' AND NOT COALESCE(OLD.state = 'proposed' AND NEW.state IN ('approved','refused')
      AND NEW.decided_at < OLD.expires_at AND NEW.decided_by = CONCAT('membre n° ', NEW.decided_member)
      AND EXISTS (SELECT 1 FROM desk_member m JOIN desk_member p ON p.id = OLD.proposed_member
        WHERE m.id = NEW.decided_member AND m.role = 'gestionnaire' AND m.removed_at IS NULL
          AND m.place = IF(OLD.kind = 'add', OLD.academie_code, (SELECT v.academie_code FROM voter v WHERE v.id = OLD.voter_id))
          AND (NEW.state = 'refused' OR (p.email <> m.email AND p.removed_at IS NULL))), FALSE) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'another member decides and in time';
  END IF //
DELIMITER ;
UPDATE schema_version SET version = 33;
