-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Wipes the transaction numbers from the attendance's file. InnoDB keeps in each row, invisible to SQL, the number of the
-- transaction that wrote it; an émargement and its ballot are written by one transaction, so a thief of the data files could
-- match them. Rebuilding the smaller table sets the numbers to zero, while voting goes on. systemd/portail-unlink.timer runs it
-- every 10 minutes of the vote, as the server's administrator; tests/grants/secrecy_test.sh reads the file before and after.
SET lock_wait_timeout = 10;  -- rather later than hold up a voter
ALTER TABLE portail.emargement FORCE, ALGORITHM = INPLACE, LOCK = NONE;
