-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The office may now correct lines of the roll: not once the election is sealed (sql/portail.sql says whom these triggers refuse).
USE portail;
DELIMITER //
CREATE TRIGGER line_is_not_changed BEFORE UPDATE ON voter FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the roll is sealed';
  END IF //
CREATE TRIGGER roll_is_not_sorted_anew BEFORE UPDATE ON voter_scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal WHERE scrutin_id = NEW.scrutin_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the roll is sealed';
  END IF //
DELIMITER ;
UPDATE schema_version SET version = 13;
