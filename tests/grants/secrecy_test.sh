#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Nothing in the schema joins portail.emargement to urne.ballot: no column, no time, no sequence, no order, no trigger. Then the
# same for one thing on the disk: InnoDB keeps in each row the number of the transaction that wrote it, and both rows are written by one
# transaction; sceau moves ballots on in batches, sql/unlink.sql wipes what is left, and the test reads the files. All else that
# is on the disk: tests/secrecy.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mariadb_sh=$here/../../modules/launcher/mariadb.sh
dir=$(mktemp -d)
trap '"$mariadb_sh" stop "$dir"; rm -rf "$dir"' EXIT
"$mariadb_sh" create "$dir"
"$mariadb_sh" serve "$dir" --innodb-buffer-pool-size=64M >"$dir/server.log" 2>&1 &
"$mariadb_sh" wait "$dir"
"$mariadb_sh" load "$dir" "$dir/secrets"

passed=0 failed=0
owner() { "$mariadb_sh" sql "$dir" -N -e "$1"; }
expect() { # expect SENTENCE WANTED SQL
  local real
  real=$(owner "$3" | tr '\n\t' '  ' | sed 's/ $//')
  if [ "$real" = "$2" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'not ok: %s: expected « %s », found « %s »\n' "$1" "$2" "$real"; fi
}

expect "the two tables share the scrutin alone" "scrutin_id" \
  "SELECT column_name FROM information_schema.columns WHERE table_schema='urne' AND table_name='ballot' AND column_name IN
    (SELECT column_name FROM information_schema.columns WHERE table_schema='portail' AND table_name='emargement')"
expect "a ballot is its scrutin, two hashes and itself" "scrutin_id ballot_hash credential_hash ballot" \
  "SELECT column_name FROM information_schema.columns WHERE table_schema='urne' AND table_name='ballot' ORDER BY ordinal_position"
expect "a ballot that waits is the same, sealed, and no more" "scrutin_id ballot_tag credential_tag sealed" \
  "SELECT column_name FROM information_schema.columns WHERE table_schema='urne' AND table_name='inbox' ORDER BY ordinal_position"
expect "an opened ballot is its scrutin and a hash, clustered by it" "scrutin_id ballot_hash scrutin_id ballot_hash" \
  "SELECT column_name FROM (SELECT 1 AS part, ordinal_position AS place, column_name FROM information_schema.columns WHERE table_schema='urne' AND table_name='opened'
    UNION ALL SELECT 2, seq_in_index, column_name FROM information_schema.statistics WHERE table_schema='urne' AND table_name='opened') t ORDER BY part, place"
expect "an attendance is its scrutin, elector and time" "scrutin_id voter_id voted_at" \
  "SELECT column_name FROM information_schema.columns WHERE table_schema='portail' AND table_name='emargement' ORDER BY ordinal_position"
expect "the urne knows no time" "0" \
  "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema='urne' AND data_type IN ('date','datetime','timestamp','time','year')"
expect "the urne knows no elector" "0" \
  "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema='urne' AND column_name REGEXP '(^|_)(voter|email|name|session|ip|address)(_|$)'"
expect "no column of the urne counts up, is computed or has a clock as default" "0" \
  "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema='urne' AND (extra<>'' OR is_generated<>'NEVER'
    OR COALESCE(column_default,'NULL') NOT IN ('NULL'))"
expect "the attendance counts nothing up either" "0" \
  "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema='portail' AND table_name='emargement' AND (extra<>'' OR is_generated<>'NEVER')"
expect "ballots are clustered by hash" "scrutin_id ballot_hash" \
  "SELECT column_name FROM information_schema.statistics WHERE table_schema='urne' AND table_name='ballot' AND index_name='PRIMARY' ORDER BY seq_in_index"
expect "the attendance is clustered by elector" "scrutin_id voter_id" \
  "SELECT column_name FROM information_schema.statistics WHERE table_schema='portail' AND table_name='emargement' AND index_name='PRIMARY' ORDER BY seq_in_index"
expect "no table is without a primary key (a hidden row number would be an order)" "0" \
  "SELECT COUNT(*) FROM information_schema.tables t WHERE table_schema IN ('portail','urne') AND NOT EXISTS
    (SELECT 1 FROM information_schema.statistics s WHERE s.table_schema=t.table_schema AND s.table_name=t.table_name AND s.index_name='PRIMARY')"
expect "no foreign key crosses the two databases" "0" \
  "SELECT COUNT(*) FROM information_schema.key_column_usage WHERE referenced_table_schema IS NOT NULL AND referenced_table_schema<>table_schema"
expect "nothing runs by itself: no routine, event, view or sequence" "0" \
  "SELECT (SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema IN ('portail','urne'))
        + (SELECT COUNT(*) FROM information_schema.events WHERE event_schema IN ('portail','urne'))
        + (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema IN ('portail','urne') AND table_type<>'BASE TABLE')"
# One trigger is the same on several tables, to the letter: it looks at the cluster's node, and at no row.
node="IF @@wsrep_on AND NOT EXISTS (SELECT 1 FROM portail.writing_node WHERE node = @@wsrep_node_name) THEN SIGNAL SQLSTATE 'HY000' SET MYSQL_ERRNO = 1290, MESSAGE_TEXT = 'this node of the cluster is not the one that the portal writes to: sql/writing-node.sql'; END IF"
is_node="REGEXP_REPLACE(action_statement, '[[:space:]]+', ' ') = \"$node\""
expect "triggers refuse, and do nothing else" "0" \
  "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema IN ('portail','urne') AND NOT $is_node AND action_statement NOT REGEXP
    '^IF (USER\\\\(\\\\) LIKE .portail-[a-z]*@?%. AND [^;]*|NEW.voter_id >= [0-9]+) THEN[[:space:]]+SIGNAL SQLSTATE .45000. SET MESSAGE_TEXT = .[a-z ]+.;[[:space:]]+END IF\$'"
expect "no trigger looks at a vote being cast" "0" \
  "SELECT COUNT(*) FROM information_schema.triggers WHERE event_object_table IN ('ballot','inbox','opened','emargement','log','log_head') AND NOT $is_node"
expect "no table keeps old rows" "0" \
  "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema IN ('portail','urne') AND table_type='SYSTEM VERSIONED'"
expect "the server writes no log of statements" "0 0 0" "SELECT @@log_bin, @@general_log, @@slow_query_log"

# The order in which rows come back is not the order in which they went in: 200 votes, each in one transaction as the worker does.
owner "USE portail; INSERT INTO portail.election (id,title,edition,administration,demonstration,data_version) VALUES (1,'t','2026','a',1,1); INSERT INTO portail.academie VALUES ('x','x',1,'','','','','');
  INSERT INTO portail.voter SELECT seq,1,CONCAT(seq,'@x'),'','a','b',REPEAT('0',64),'','','','x','','',NULL,'' FROM seq_1_to_200;
  INSERT INTO portail.scrutin VALUES (1,1,'s','u','t','i','l','',1,0,'Ed25519','b',1,'open',NULL,NULL)"
for n in $(seq 200); do
  hash=$(printf 'ballot %d' "$n" | sha256sum | cut -c1-64)
  echo "START TRANSACTION; INSERT INTO portail.emargement VALUES (1,$n,'2026-12-03 10:00:00');
    INSERT INTO urne.inbox VALUES (1,'$hash',SHA2('c$n',256),'{}'); COMMIT;"
done | "$mariadb_sh" sql "$dir"
expect "ballots that wait come back in the order of their tags" "1" \
  "SELECT GROUP_CONCAT(ballot_tag)=GROUP_CONCAT(ballot_tag ORDER BY ballot_tag) FROM urne.inbox FORCE INDEX (PRIMARY)"

# trx_ids FILE KEYLENGTH: the transaction numbers of the rows of scrutin 1, as they stand in the clustered index: 6 bytes after the
# key (scrutin in 2 bytes, then voter in 4 or hash in 64). Zeroes mean « wiped ».
trx_ids() {
  owner "FLUSH TABLES urne.ballot, urne.inbox, urne.opened, portail.emargement FOR EXPORT; UNLOCK TABLES"
  od -An -v -tx1 "$dir/data/$1" | tr -d ' \n' | grep -oE "$2" | grep -oE '.{12}$' | grep -v '^000000000000$' | sort -u
}
# A number begins with zeros; what else follows a hash is another index's.
ballot_ids() { trx_ids urne/ballot.ibd '0001(3[0-9]|6[1-6]){64}0000.{8}' || true; }
inbox_ids() { trx_ids urne/inbox.ibd '0001(3[0-9]|6[1-6]){64}0000.{8}' || true; }
opened_ids() { trx_ids urne/opened.ibd '0001(3[0-9]|6[1-6]){64}0000.{8}' || true; }
attendance_ids() { trx_ids portail/emargement.ibd '0001000000[0-9a-f]{2}0000.{8}' || true; }
joined() { comm -12 <("$1") <(attendance_ids) | wc -l; }
check() { # check SENTENCE CONDITION…
  local sentence=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'not ok: %s\n' "$sentence"; fi
}
inbox=$(joined inbox_ids)
printf 'rows that the data files join: %d of 200 while they wait in the inbox' "$inbox"
# All must be found: otherwise the search is wrong and proves nothing.
check "while they wait, every vote is joined" test "$inbox" -ge 195
# A batch as sceau's, if it had not sealed a ballot's hash under a tag: one transaction, in the order of the hashes; nine stay.
owner "START TRANSACTION; INSERT INTO urne.ballot SELECT * FROM urne.inbox ORDER BY ballot_tag LIMIT 191;
  DELETE FROM urne.inbox WHERE ballot_tag IN (SELECT ballot_hash FROM urne.ballot); COMMIT"
inbox=$(joined inbox_ids) urne=$(joined ballot_ids) batches=$(ballot_ids | wc -l)
printf ', %d in the inbox and %d in the urne after the batch' "$inbox" "$urne"
# Rows that have gone may stay in the inbox's file until it is rewritten.
# (Pointers between pages look like a few numbers more.)
check "ballots in the urne bear the number of their batch, not one each" test "$batches" -le 8
check "and none is joined" test "$urne" = 0
for n in 1 2 3 4 5; do owner "INSERT INTO urne.opened VALUES (1,SHA2('opened $n',256))"; done
check "an opened ballot bears the number of its transaction" test "$(opened_ids | wc -l)" -ge 5
"$mariadb_sh" sql "$dir" <"$here/../../sql/unlink.sql"
printf ', %d after sql/unlink.sql\n' "$(joined inbox_ids)"
check "after sql/unlink.sql the inbox joins none" test "$(joined inbox_ids)" = 0
check "and no opened ballot says before or after whom it came" test "$(opened_ids | wc -l)" = 0
check "nor the urne" test "$(joined ballot_ids)" = 0

printf '%d passed, %d failed\n' $passed $failed
[ $failed = 0 ]
