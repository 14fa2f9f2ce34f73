-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Unions of a common list and how its votes are shared among them: typed in a draft, kept with a deposit, published and sealed with the
-- list; and the logo that its page shows. Only adds.
USE portail;
ALTER TABLE candidature_draft ADD unions TEXT NOT NULL DEFAULT '' AFTER names;
-- Unions of a deposited common list.
CREATE TABLE candidature_union (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- the deposit's
  position SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(160) NOT NULL,
  share SMALLINT UNSIGNED NULL,                         -- of the list's votes, in hundredths of a percent; NULL, for all of a list: equal parts
  PRIMARY KEY (number, position),
  FOREIGN KEY (number) REFERENCES candidature_deposit (number)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- Unions of a common list, with its sharing key.
CREATE TABLE list_union (
  candidate_list_id INT UNSIGNED NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(160) NOT NULL,
  share SMALLINT UNSIGNED NULL,                         -- as in candidature_union
  PRIMARY KEY (candidate_list_id, position),
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- Logo of a list, a PNG as modules/domain/logo.hpp takes it; nginx serves a copy of it by its digest.
CREATE TABLE list_logo (
  candidate_list_id INT UNSIGNED NOT NULL PRIMARY KEY,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of png
  width SMALLINT UNSIGNED NOT NULL,                     -- pixels
  height SMALLINT UNSIGNED NOT NULL,
  png MEDIUMBLOB NOT NULL,
  FOREIGN KEY (candidate_list_id) REFERENCES candidate_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
DELIMITER //
CREATE TRIGGER union_is_not_added BEFORE INSERT ON list_union FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal s JOIN candidate_list l ON l.scrutin_id = s.scrutin_id WHERE l.id = NEW.candidate_list_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER union_is_not_removed BEFORE DELETE ON list_union FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal s JOIN candidate_list l ON l.scrutin_id = s.scrutin_id WHERE l.id = OLD.candidate_list_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER logo_is_not_added BEFORE INSERT ON list_logo FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal s JOIN candidate_list l ON l.scrutin_id = s.scrutin_id WHERE l.id = NEW.candidate_list_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER logo_is_not_removed BEFORE DELETE ON list_logo FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal s JOIN candidate_list l ON l.scrutin_id = s.scrutin_id WHERE l.id = OLD.candidate_list_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
DELIMITER ;
UPDATE schema_version SET version = 31;
