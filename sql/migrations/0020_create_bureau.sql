-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The desk of the bureaux de vote and of the académies: who sits there, his second factor, who is in. Only adds.
USE portail;
-- Who may sit at the desk, for which bureau or académie. Rows stay: their numbers stand in the journal of acts.
CREATE TABLE desk_member (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,  -- « membre n° 12 »
  email VARCHAR(190) NOT NULL,                          -- an elector's professional address, as in voter
  role ENUM('president','secretaire','delegue','suppleant','expert','gestionnaire','assistance') NOT NULL,
  place VARCHAR(80) NOT NULL,                           -- scrutin.bureau, or academie.code of the two last roles
  added_at DATETIME NOT NULL,
  removed_at DATETIME NULL,
  UNIQUE KEY (email, role, place)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- A member's second factor (RFC 6238), by his address: it outlives an import, and a membership that ends.
CREATE TABLE desk_factor (
  email VARCHAR(190) NOT NULL PRIMARY KEY,
  enrol_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL,         -- hex SHA-256 of the enrolment code that waits for him
  enrol_until DATETIME NULL,
  sealed VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NULL,         -- base64url: the secret, sealed by the worker for itself; NULL: not enrolled yet
  enrolled_at DATETIME NULL,
  last_step BIGINT UNSIGNED NOT NULL DEFAULT 0          -- 30 s steps since 1970: of the last code that served
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- Who gave his second factor in which connection; goes with it.
CREATE TABLE desk_session (
  session_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  entered_at DATETIME NOT NULL,
  expires_at DATETIME NOT NULL,
  KEY (expires_at),
  FOREIGN KEY (session_hash) REFERENCES session (id_hash) ON DELETE CASCADE ON UPDATE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- Second factors to be made anew: one officer proposes, another decides. Rows stay.
CREATE TABLE desk_recovery (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  email VARCHAR(190) NOT NULL,
  state ENUM('proposed','approved','refused') NOT NULL DEFAULT 'proposed',
  proposed_by VARCHAR(80) NOT NULL,                     -- the officers' system names
  proposed_at DATETIME NOT NULL,
  decided_by VARCHAR(80) NOT NULL DEFAULT '',
  decided_at DATETIME NULL,
  KEY (state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
-- Who of the desk took a request in hand: a réclamation's number, or that of a request for help.
CREATE TABLE desk_assignment (
  number CHAR(11) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  member_id INT UNSIGNED NOT NULL,                      -- desk_member.id
  at DATETIME NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin;
DELIMITER //
CREATE TRIGGER desk_writes_its_own_acts BEFORE INSERT ON audit FOR EACH ROW
  IF USER() LIKE 'portail-bureau@%' AND NOT (NEW.action LIKE 'desk-%' AND NEW.actor LIKE 'membre n° %') THEN
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the desk writes its own acts alone';
  END IF //
DELIMITER ;
UPDATE schema_version SET version = 20;
