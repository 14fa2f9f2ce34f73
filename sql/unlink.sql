-- SPDX-License-Identifier: AGPL-3.0-or-later
-- Wipes the transaction numbers from the files of inbox, opened ballots and attendance. InnoDB keeps in each row, invisible to SQL, the
-- number of the transaction that wrote it; an émargement and its ballot are written by one transaction, so a thief of the data files
-- could match them. Ballots that sceau has moved on bear the number of their batch; rebuilding sets those of the three tables to zero,
-- orders their rows by key and leaves the rows that have gone in no file, while voting goes on. systemd/portail-unlink.timer runs it every
-- 10 minutes of the vote, as the server's administrator; tests/grants/secrecy_test.sh reads the files before and after.
SET lock_wait_timeout = 10;  -- rather later than hold up a voter
ALTER TABLE urne.inbox FORCE, ALGORITHM = INPLACE, LOCK = NONE;
ALTER TABLE urne.opened FORCE, ALGORITHM = INPLACE, LOCK = NONE;
ALTER TABLE portail.emargement FORCE, ALGORITHM = INPLACE, LOCK = NONE;
