-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Database `portail`, third and last file: what the database itself refuses, whoever asks. Loaded after portail.sql, whose tables and portail-desk.sql's these
-- triggers guard.

-- What sealing fixed stays fixed: the processes' accounts are refused whatever their rights. The server's administrator is not: he could
-- drop a trigger as well, and the seal's digest is what finds him out. These triggers refuse, and do nothing else.
DELIMITER //
CREATE TRIGGER scrutin_goes_forward BEFORE UPDATE ON scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND NEW.state + 0 < OLD.state + 0 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a scrutin goes forward only';
  END IF //
CREATE TRIGGER annulled_is_never_counted BEFORE UPDATE ON scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND OLD.annulled_at IS NOT NULL AND (NEW.annulled_at IS NULL OR NEW.state <> OLD.state) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the scrutin is annulled';
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
CREATE TRIGGER line_is_not_changed BEFORE UPDATE ON voter FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the roll is sealed';
  END IF //
CREATE TRIGGER roll_is_not_sorted_anew BEFORE UPDATE ON voter_scrutin FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal WHERE scrutin_id = NEW.scrutin_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the roll is sealed';
  END IF //
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
CREATE TRIGGER line_is_not_added BEFORE INSERT ON voter FOR EACH ROW
  IF USER() LIKE 'portail-%' AND NEW.id < 4000000000 AND EXISTS (SELECT 1 FROM seal) THEN
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
CREATE TRIGGER envelope_is_not_removed BEFORE DELETE ON envelope FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the codes are sealed';
  END IF //
CREATE TRIGGER escrow_is_not_removed BEFORE DELETE ON escrow FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM seal) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the codes are sealed';
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
CREATE TRIGGER desk_writes_its_own_acts BEFORE INSERT ON audit FOR EACH ROW
  IF USER() LIKE 'portail-bureau@%' AND NOT (NEW.action LIKE 'desk-%' AND NEW.actor LIKE 'membre n° %') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the desk writes its own acts alone';
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
CREATE TRIGGER guest_is_on_no_roll BEFORE INSERT ON voter_scrutin FOR EACH ROW
  IF NEW.voter_id >= 4000000000 THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a guest of the desk votes nowhere';
  END IF //
-- A cluster's locks are known to one node alone, and votes, close, suspensions and opened ballots exclude each other by locks: so the portal
-- writes to one node. Whoever else would begin an act elsewhere is told that the server only reads (1290), which answers « later ». Each trigger says it in
-- full, as those of urne.sql do: a procedure for all of them is left out of a dump that was taken without --routines, and then none of these acts would pass.
CREATE TRIGGER session_comes_by_one_node BEFORE INSERT ON session FOR EACH ROW
  IF @@wsrep_on AND NOT EXISTS (SELECT 1 FROM portail.writing_node WHERE node = @@wsrep_node_name) THEN
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'this node of the cluster is not the one that the portal writes to: sql/writing-node.sql';
  END IF //
CREATE TRIGGER demand_comes_by_one_node BEFORE INSERT ON reassort_request FOR EACH ROW
  IF @@wsrep_on AND NOT EXISTS (SELECT 1 FROM portail.writing_node WHERE node = @@wsrep_node_name) THEN
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'this node of the cluster is not the one that the portal writes to: sql/writing-node.sql';
  END IF //
CREATE TRIGGER act_comes_by_one_node BEFORE INSERT ON audit FOR EACH ROW
  IF @@wsrep_on AND NOT EXISTS (SELECT 1 FROM portail.writing_node WHERE node = @@wsrep_node_name) THEN
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'this node of the cluster is not the one that the portal writes to: sql/writing-node.sql';
  END IF //
CREATE TRIGGER turn_comes_by_one_node BEFORE INSERT ON office_turn FOR EACH ROW
  IF @@wsrep_on AND NOT EXISTS (SELECT 1 FROM portail.writing_node WHERE node = @@wsrep_node_name) THEN
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'this node of the cluster is not the one that the portal writes to: sql/writing-node.sql';
  END IF //
DELIMITER ;

-- Last of all: a load that was stopped before, or that forgot a file, has no version, and no program works with it.
INSERT INTO schema_version VALUES (34, 9);
