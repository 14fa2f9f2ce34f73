-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Database `urne`: public credentials, encrypted ballots, public log, count. A second processing, as the law wants: no
-- column here has a time or a sequence that `portail.emargement` shares, and ballots are clustered by hash.

-- What sealing fixed for each scrutin: the records of the Setup event, byte for byte.
CREATE TABLE setup (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,    -- portail.scrutin.id
  uuid VARCHAR(22) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  election MEDIUMTEXT NOT NULL,                         -- the Belenios election record
  trustees MEDIUMTEXT NOT NULL,                         -- the Belenios trustees record
  public_creds_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- hex SHA-256 of the public_creds record, rebuilt from `credential`
  receipt_key CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- base64url Ed25519 public key of receipts
  log_key CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,        -- base64url Ed25519 public key of log heads
  UNIQUE KEY (uuid)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Public credentials. binding = hex HMAC-SHA256(binding key, uuid "|" voter id): only the vote worker can find an elector's.
CREATE TABLE credential (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  binding CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  public_key VARCHAR(617) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- enc() of the group
  PRIMARY KEY (scrutin_id, binding)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Ballots that wait for their batch: the vote worker inserts a vote here, and sceau moves batches on. A row is written by one transaction
-- with its émargement, and what the server keeps of transactions has both side by side: so it is sealed for sceau, under tags that
-- nobody can compute without the binding key (modules/domain/waiting_ballot.hpp).
CREATE TABLE inbox (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  ballot_tag CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- hex HMAC of the ballot's hash
  credential_tag CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- hex HMAC of its credential's hash: one ballot per credential
  sealed MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,       -- base64url, for the log's key: credential hash and ballot
  PRIMARY KEY (scrutin_id, ballot_tag),
  UNIQUE KEY (scrutin_id, credential_tag)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Ballots that were opened instead of cast: what showed its choice is never counted. A hash is all that the server knows of them; who opened
-- which, and when, is said nowhere. The vote worker notes one before the booth shows it, and looks here before it stores a ballot.
CREATE TABLE opened (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  ballot_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- as in `ballot`
  PRIMARY KEY (scrutin_id, ballot_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Scrutins whose vote is over: sceau moves the rest of their inbox, whatever its number. Written by the office's close.
CREATE TABLE closing (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Encrypted ballots, all of them in the public log. sceau inserts, nobody updates or deletes. No time, no sequence.
CREATE TABLE ballot (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  ballot_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- hex SHA-256 of the ballot's bytes
  credential_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, -- hex SHA-256 of its credential: one ballot per credential
  ballot MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,       -- exact bytes, as the elector sent them
  PRIMARY KEY (scrutin_id, ballot_hash),
  UNIQUE KEY (scrutin_id, credential_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The public log: leaves of a Merkle tree per scrutin (RFC 9162), numbered by sceau in batches ordered by hash.
CREATE TABLE log (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  leaf_index INT UNSIGNED NOT NULL,                     -- 0, 1, 2…
  ballot_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  PRIMARY KEY (scrutin_id, leaf_index),
  UNIQUE KEY (scrutin_id, ballot_hash)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Signed heads: signature over "portail-log|1|" uuid "|" size "|" root.
CREATE TABLE log_head (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  size INT UNSIGNED NOT NULL,
  root CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,           -- hex
  signature CHAR(86) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,      -- base64url Ed25519
  PRIMARY KEY (scrutin_id, size)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The newest cosignature of each witness whom the bureau named, under the text of a checkpoint.
CREATE TABLE cosignature (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  witness VARCHAR(320) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,    -- its published key
  size INT UNSIGNED NOT NULL,                           -- how many ballots it saw
  line VARCHAR(400) NOT NULL,                           -- its signature's line in a signed note
  text TEXT NOT NULL,                                   -- what it signed
  PRIMARY KEY (scrutin_id, witness)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- The count, record by record, written by scrutinctl.
CREATE TABLE tally (
  scrutin_id SMALLINT UNSIGNED NOT NULL PRIMARY KEY,
  encrypted_tally MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  sized VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  count INT UNSIGNED NOT NULL,
  result MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NULL            -- result record, once combined
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- One trustee's part of the count.
CREATE TABLE partial_decryption (
  scrutin_id SMALLINT UNSIGNED NOT NULL,
  owner SMALLINT UNSIGNED NOT NULL,                     -- the trustee's number, from 1
  partial MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  second_proof VARCHAR(300) CHARACTER SET ascii COLLATE ascii_bin NULL,   -- over all that it decrypts; NULL: taken in before there were any
  PRIMARY KEY (scrutin_id, owner)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- Signed checkpoints over the office's journal (portail.audit): its leaves are the entries' hashes. Written by sceau.
CREATE TABLE journal_head (
  size INT UNSIGNED NOT NULL PRIMARY KEY,               -- how many entries
  note TEXT NOT NULL                                    -- the checkpoint, a signed note
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;

-- What sealing fixed stays fixed, and a total or a result is written once (sql/portail-triggers.sql says whom these triggers refuse).
DELIMITER //
CREATE TRIGGER credential_is_not_added BEFORE INSERT ON credential FOR EACH ROW
  IF USER() LIKE 'portail-%' AND EXISTS (SELECT 1 FROM setup WHERE scrutin_id = NEW.scrutin_id) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the public credentials are sealed';
  END IF //
CREATE TRIGGER tally_is_written_once BEFORE UPDATE ON tally FOR EACH ROW
  IF USER() LIKE 'portail-%' AND (OLD.result IS NOT NULL OR NEW.encrypted_tally <> OLD.encrypted_tally OR NEW.sized <> OLD.sized OR NEW.count <> OLD.count) THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'a total and a result are written once';
  END IF //
-- A cluster's locks are known to one node alone, and votes, close, suspensions and opened ballots exclude each other by locks: so the portal
-- writes to one node. Whoever else would begin an act elsewhere is told that the server only reads (1290), which answers « later ».
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
