-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Sealing keeps what it fixed as one text per scrutin, and the list of what serves and counts. An election that was sealed before has no
-- such text: finish it with the programs that sealed it. Older programs read results that nothing vouches for: stop them first.
USE portail;
CREATE TABLE seal (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of the text
  text MEDIUMTEXT NOT NULL,
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Programs, pages and the booth's files with their digests: number 1 as sealed, later ones as the bureau accepted them.
CREATE TABLE seal_programs (
  number SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of the text
  text MEDIUMTEXT NOT NULL,                             -- a line per file, as sha256sum writes it
  at DATETIME NOT NULL,
  reason VARCHAR(300) NOT NULL                          -- empty for the sealing's
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What the bureau proclaimed, as one text (modules/domain/proclamation.hpp): the only thing that pages show of a result.
CREATE TABLE proclamation (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  digest CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,         -- hex SHA-256 of the text
  text MEDIUMTEXT NOT NULL,
  FOREIGN KEY (scrutin_id) REFERENCES scrutin (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What sealing fixed stays fixed: the processes' accounts are refused whatever their rights. The server's administrator is not: he could
-- drop a trigger as well, and the seal's digest is what finds him out. These triggers refuse, and do nothing else.
DELIMITER //
CREATE TRIGGER scrutin_goes_forward BEFORE UPDATE ON scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND NEW.state + 0 < OLD.state + 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a scrutin goes forward only';
  END IF //
CREATE TRIGGER scrutin_is_not_added BEFORE INSERT ON scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the election is sealed';
  END IF //
CREATE TRIGGER roll_is_not_added_to BEFORE INSERT ON voter_scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal WHERE scrutin_id = NEW.scrutin_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the roll is sealed';
  END IF //
CREATE TRIGGER roll_is_not_taken_from BEFORE DELETE ON voter_scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal WHERE scrutin_id = OLD.scrutin_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the roll is sealed';
  END IF //
CREATE TRIGGER list_is_not_added BEFORE INSERT ON candidate_list FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal WHERE scrutin_id = NEW.scrutin_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER list_is_not_removed BEFORE DELETE ON candidate_list FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal WHERE scrutin_id = OLD.scrutin_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER candidate_is_not_added BEFORE INSERT ON candidate FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal s JOIN candidate_list l ON l.scrutin_id = s.scrutin_id WHERE l.id = NEW.candidate_list_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER candidate_is_not_removed BEFORE DELETE ON candidate FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal s JOIN candidate_list l ON l.scrutin_id = s.scrutin_id WHERE l.id = OLD.candidate_list_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER leaflet_is_not_added BEFORE INSERT ON profession_de_foi FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal s JOIN candidate_list l ON l.scrutin_id = s.scrutin_id WHERE l.id = NEW.candidate_list_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER leaflet_is_not_removed BEFORE DELETE ON profession_de_foi FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal s JOIN candidate_list l ON l.scrutin_id = s.scrutin_id WHERE l.id = OLD.candidate_list_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the lists are sealed';
  END IF //
CREATE TRIGGER election_is_not_changed BEFORE UPDATE ON election FOR EACH ROW
  IF USER() LIKE 'portail-%' AND (NEW.title <> OLD.title OR NEW.edition <> OLD.edition OR NEW.administration <> OLD.administration OR NEW.demonstration <> OLD.demonstration OR NEW.small_totals <> OLD.small_totals)
      AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the election is sealed';
  END IF //
CREATE TRIGGER vote_is_not_moved BEFORE UPDATE ON calendar FOR EACH ROW
  IF USER() LIKE 'portail-%' AND OLD.event IN ('vote_opens', 'vote_closes') AND EXISTS (SELECT 1 FROM seal)
      AND NOT EXISTS (SELECT 1 FROM election WHERE id = OLD.election_id AND demonstration) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the hours of the vote are sealed';
  END IF //
CREATE TRIGGER date_is_not_removed BEFORE DELETE ON calendar FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the hours of the vote are sealed';
  END IF //
CREATE TRIGGER result_is_not_removed BEFORE DELETE ON result FOR EACH ROW
  IF USER() LIKE 'portail-%' AND OLD.proclaimed_at IS NOT NULL THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the result is proclaimed';
  END IF //
CREATE TRIGGER result_list_is_not_removed BEFORE DELETE ON result_list FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM result r JOIN candidate_list l ON l.scrutin_id = r.scrutin_id
      WHERE l.id = OLD.candidate_list_id AND r.proclaimed_at IS NOT NULL) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the result is proclaimed';
  END IF //
DELIMITER ;
USE urne;
-- Signed checkpoints over the office's journal (portail.audit): its leaves are the entries' hashes. Written by sceau.
CREATE TABLE journal_head (
  size INT UNSIGNED NOT NULL PRIMARY KEY,               -- how many entries
  note TEXT NOT NULL                                    -- the checkpoint, a signed note
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What sealing fixed stays fixed, and a total or a result is written once (sql/portail.sql says whom these triggers refuse).
DELIMITER //
CREATE TRIGGER credential_is_not_added BEFORE INSERT ON credential FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM setup WHERE scrutin_id = NEW.scrutin_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the public credentials are sealed';
  END IF //
CREATE TRIGGER tally_is_written_once BEFORE UPDATE ON tally FOR EACH ROW
  IF USER() LIKE 'portail-%' AND (OLD.result IS NOT NULL OR NEW.encrypted_tally <> OLD.encrypted_tally OR NEW.sized <> OLD.sized OR NEW.count <> OLD.count) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a total and a result are written once';
  END IF //
DELIMITER ;
UPDATE portail.schema_version SET version = 6, compatible_from = 6;
