-- SPDX-License-Identifier: AGPL-3.0-or-later
-- The index that leafs through a roll is unique by the primary key, and need not say so: each row of a second import was searched among those that it had
-- just deleted. Builds one index anew, while all programs work; none needs it.
USE portail;
ALTER TABLE voter_scrutin DROP KEY roll, ADD KEY roll (scrutin_id, sort_key, voter_id);
UPDATE portail.schema_version SET version = 34;
