-- SPDX-License-Identifier: AGPL-3.0-or-later
-- In a cluster the portal writes to one node, and the others refuse. Only adds. On a cluster run sql/writing-node.sql on that node at once:
-- until then none takes a vote.
USE portail;
-- The one node of a cluster that the portal writes to (sql/writing-node.sql names it); one row, or none where there is no cluster.
CREATE TABLE writing_node (
  id TINYINT UNSIGNED NOT NULL PRIMARY KEY,             -- 1
  node VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL         -- its wsrep_node_name
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
DELIMITER //
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
USE urne;
DELIMITER //
CREATE TRIGGER ballot_comes_by_one_node BEFORE INSERT ON inbox FOR EACH ROW
  IF @@wsrep_on AND NOT EXISTS (SELECT 1 FROM portail.writing_node WHERE node = @@wsrep_node_name) THEN
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'this node of the cluster is not the one that the portal writes to: sql/writing-node.sql';
  END IF //
CREATE TRIGGER opening_comes_by_one_node BEFORE INSERT ON opened FOR EACH ROW
  IF @@wsrep_on AND NOT EXISTS (SELECT 1 FROM portail.writing_node WHERE node = @@wsrep_node_name) THEN
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'this node of the cluster is not the one that the portal writes to: sql/writing-node.sql';
  END IF //
CREATE TRIGGER head_comes_by_one_node BEFORE INSERT ON log_head FOR EACH ROW
  IF @@wsrep_on AND NOT EXISTS (SELECT 1 FROM portail.writing_node WHERE node = @@wsrep_node_name) THEN
    SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'this node of the cluster is not the one that the portal writes to: sql/writing-node.sql';
  END IF //
DELIMITER ;
UPDATE portail.schema_version SET version = 32;
