-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A late elector is proposed before there is a line of him, and gets the scrutins that the imported rules give, with their reasons. Only expands;
-- an election imported before has rules without reasons: its late electors' scrutins are named one by one.
USE portail;
ALTER TABLE eligibility_rule ADD COLUMN reason VARCHAR(160) NOT NULL DEFAULT '' AFTER instance;
ALTER TABLE roll_change MODIFY voter_id INT UNSIGNED NULL,
  MODIFY kind ENUM('strike','reinstate','correct','reopen','scrutins','add') NOT NULL,
  MODIFY detail VARCHAR(8000) NOT NULL DEFAULT '{}',
  ADD COLUMN identity_check CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '' AFTER detail;
DELIMITER //
CREATE TRIGGER nobody_is_proposed_twice BEFORE INSERT ON roll_change FOR EACH ROW
  IF USER() LIKE 'portail-%' AND NEW.kind = 'add' AND EXISTS (SELECT 1 FROM voter WHERE identity_check = NEW.identity_check) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this person is on the roll';
  END IF //
CREATE TRIGGER nobody_is_added_twice BEFORE UPDATE ON roll_change FOR EACH ROW
  IF USER() LIKE 'portail-%' AND NEW.kind = 'add' AND OLD.state = 'proposed' AND NEW.state = 'approved'
      AND EXISTS (SELECT 1 FROM voter WHERE identity_check = OLD.identity_check) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'this person is on the roll';
  END IF //
CREATE TRIGGER line_is_not_added BEFORE INSERT ON voter FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the roll is sealed';
  END IF //
DELIMITER ;
UPDATE schema_version SET version = 27;
