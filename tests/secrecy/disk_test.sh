#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# What the files of the database server, and the public log, tell of whose ballot is which, with the mails that each vote leaves in the outbox: invented electors vote by the real programs, the
# real portail-sceau moves their ballots, and a thief (join_attack.mjs) takes every kind of file at the worst moments. Prints how many
# ballots he gives to the right elector, and what drawing lots gives; the same search over tables that nothing protects shows
# that it finds what is there.
#   disk_test.sh [BIN] [--cluster]     200 votes, binary log by statements; --cluster: 600, as a cluster of one node, binary log by rows
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../cli/support.sh"
cluster='' votes=200
[ "${2:-}" != --cluster ] || cluster=yes votes=600
quarter=$((votes / 4)) data=$work/db/data taken=$work/taken

step "A server, an election, $((votes * 2)) electors whose numbers a search finds in any file"
# Nobody should turn a binary log on (sql/mariadb/portail.cnf); here somebody did.
options=(--innodb-buffer-pool-size=64M --innodb-log-file-size=16M --log-bin="$data/binlog" --binlog-format=MIXED)
if [ -n "$cluster" ]; then
  # Long, and wanted before an election that runs on a cluster.
  [ -n "${PORTAIL_FULL_TESTS:-}" ] || { echo "disk_test: the cluster is asked under PORTAIL_FULL_TESTS" >&2; exit 77; }
  provider=/usr/lib/galera/libgalera_smm.so
  if [ ! -e $provider ]; then
    echo "disk_test: galera-4 is not installed: a cluster's write sets are skipped" >&2
    [ -z "${PORTAIL_FULL_TESTS:-}" ] || fail "galera-4 is missing"
    exit 0
  fi
  options+=(--binlog-format=ROW --wsrep-on=ON --wsrep-provider="$provider" --wsrep-cluster-address=gcomm:// --wsrep-node-address=127.0.0.1
    --wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:$((20000 + RANDOM % 10000));gcache.size=64M")
fi
start_office "${options[@]}"
sed -i 's/^minimum = 1$/minimum = 10/' "$work/portail.toml"
ctl demo "$work/files" --electors $((votes * 2)) --seed 2026 >/dev/null
ctl import "$work/files" >/dev/null
first=$((0x5aa50000))
sql "SET foreign_key_checks = 0; UPDATE voter SET id = id + $first; UPDATE voter_scrutin SET voter_id = voter_id + $first"
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >/dev/null
ctl seal --trustees "$work/keys" --notices "$work/notices" >/dev/null
ctl open >/dev/null
# Electors come in an order of their own, and neither their numbers nor their ballots follow it.
{ head -n 1 "$work/notices/notices.csv"; tail -n +2 "$work/notices/notices.csv" | shuf --random-source=<(yes); } >"$work/drawn.csv"
scrutin=$(sql "SELECT id FROM scrutin WHERE code = 'ctm'")

# While somebody reads (a dump does), the server keeps the undo records of all that is written: the worst case.
reading() {
  "$mariadb" sql "$work/db" -e "START TRANSACTION WITH CONSISTENT SNAPSHOT; SELECT SLEEP(600)" >"$work/reading" 2>&1 &
  local client=$! id=
  for _ in $(seq 100); do
    id=$(sql "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(600)%'")
    [ -z "$id" ] || break
    sleep 0.1
  done
  "$@"
  sql "KILL CONNECTION $id"
  wait "$client" || true
}
vote() { ctl rehearse --mails --ballots "$1" --scrutin ctm --notices "$work/drawn.csv" --vote-secrets "$work/secrets/vote" >/dev/null; }
# The same transaction on tables that nothing protects: what the search must find. 60 votes, electors 5AA6….
vote_unprotected() {
  sql "CREATE DATABASE control; CREATE TABLE control.emargement LIKE portail.emargement;
    CREATE TABLE control.inbox (scrutin_id SMALLINT UNSIGNED NOT NULL, ballot_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      credential_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, ballot MEDIUMTEXT CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
      PRIMARY KEY (scrutin_id, ballot_hash), UNIQUE KEY (scrutin_id, credential_hash))"
  local i voter hash
  while read -r i; do
    voter=$((first + 0x10000 + i)) hash=$(printf 'ballot %d' "$i" | sha256sum | cut -c1-64)
    echo "$voter $hash -" >>"$work/control"
    echo "START TRANSACTION; INSERT INTO control.emargement VALUES (1,$voter,'2026-12-03 10:00:00');
      INSERT INTO control.inbox VALUES (1,'$hash',SHA2('c$i',256),RPAD('{',4500,SHA2('b$i',224))); COMMIT;"
  done < <(seq 60 | shuf --random-source=<(yes)) | "$mariadb" sql "$work/db"
}
fixed_time() { "$bin/portail-sceau" --config "$work/portail.toml" --secrets "$work/secrets/sceau" --once 2>"$work/sceau.log" || { cat "$work/sceau.log"; fail "sceau"; }; }
unlink_rows() { "$mariadb" sql "$work/db" <"$root/sql/unlink.sql"; }
server_status() { sql "SELECT variable_value FROM information_schema.global_status WHERE variable_name = '$1'"; }

# take WINDOW: all that is on the disk now; pages that changed are written first.
take() {
  local here=$taken/$1
  mkdir -p "$here"/{data,undo,redo,temporary,binlog}
  sql "SET GLOBAL innodb_max_dirty_pages_pct = 0; SET GLOBAL innodb_max_dirty_pages_pct_lwm = 0"
  for _ in $(seq 100); do [ "$(server_status innodb_buffer_pool_pages_dirty)" = 0 ] && break; sleep 0.1; done
  cp -r "$data/portail" "$data/urne" "$data/control" "$here/data"
  find "$data" -maxdepth 1 \( -name 'ibdata*' -o -name 'undo*' \) -exec cp -t "$here/undo" {} +  # the doublewrite area is in there too
  cp "$data"/ib_logfile* "$here/redo"
  cp -r "$data"/ibtmp* "$work/db/tmp" "$here/temporary"
  cp "$data"/binlog.* "$here/binlog"
  [ -z "$cluster" ] || { mkdir "$here/writeset"; cp "$data/galera.cache" "$here/writeset"; }
  if command -v mariadb-backup >/dev/null; then
    mariadb-backup --no-defaults --backup --target-dir="$here/backup" --socket="$work/db/db.sock" --user="$(id -un)" >"$work/backup.log" 2>&1 ||
      { tail -5 "$work/backup.log"; fail "mariadb-backup"; }
  elif [ -n "${PORTAIL_FULL_TESTS:-}" ]; then fail "mariadb-backup is missing"; fi
}

step "The vote, in four parts with a fixed time after each, and the thief who comes four times"
vote "$quarter"; fixed_time
half_waits() {
  local before
  before=$(server_status innodb_lsn_current)
  vote "$quarter"
  printf 'redo: %d bytes for each vote\n' $((($(server_status innodb_lsn_current) - before) / quarter))
  vote_unprotected
  take waiting
}
reading half_waits
fixed_time; take batch
unlink_rows; take rewritten
vote "$quarter"; fixed_time; unlink_rows
vote $((votes - 3 * quarter)); fixed_time
ctl close >/dev/null; fixed_time; unlink_rows; take over
[ "$(sql "SELECT COUNT(*) FROM urne.ballot WHERE scrutin_id = $scrutin")" = "$votes" ] || fail "not every ballot is in the urne"
[ "$(sql "SELECT COUNT(DISTINCT LENGTH(ballot)) > 3 FROM urne.ballot WHERE scrutin_id = $scrutin")" = 1 ] || fail "ballots of one length: lengths would tell nothing anyway"

# The truth, in the order of the vote.
sql "SELECT 'C', uuid, voter_id FROM emargement JOIN scrutin ON id = scrutin_id; SELECT 'K', binding, public_key FROM urne.credential WHERE scrutin_id = $scrutin;
  SELECT 'B', credential_hash, ballot_hash, (SELECT MIN(h.size) FROM urne.log_head h WHERE h.scrutin_id = l.scrutin_id AND h.size > l.leaf_index)
    FROM urne.ballot JOIN urne.log l USING (scrutin_id, ballot_hash) WHERE scrutin_id = $scrutin;
  SELECT 'V', id, email FROM voter" | node "$here/true_pairs.mjs" "$work/secrets/vote/binding_key" "$work/drawn.csv" >"$work/all"

failed=0
judge_line() { # judge_line WINDOW SOURCE LEAST RIGHT CLAIMED LOTS WAY CONTROL: no better than lots, and of the 60 unprotected at least LEAST
  printf '%-10s %-10s %4d of %d right (%d claimed; by lots %d; %s); unprotected: %s of 60\n' "$1" "$2" "$4" "$votes" "$5" "$6" "$7" "$8"
  # Lots give one for each batch in the mean; he has several ways, and the best is taken.
  [ "$4" -le $(($6 + 12)) ] || { echo "  not ok: he joins more than lots do"; failed=$((failed + 1)); }
  [ "$8" -ge "$3" ] || { echo "  not ok: at least $3 unprotected ones expected: the search is wrong, and proves nothing"; failed=$((failed + 1)); }
}
judge() { # judge WINDOW SOURCE LEAST
  [ -d "$taken/$1/$2" ] || return 0
  local line control
  { read -r line; read -r control _; } < <(node "$here/join_attack.mjs" "$work/all,$work/control" "$taken/$1/$2")
  # shellcheck disable=SC2086  # words
  judge_line "$1" "$2" "$3" $line "$control"
}
step "How many he joins"
judge waiting data 55; judge waiting undo 30; judge waiting redo 55; judge waiting temporary 0
judge waiting binlog 55; judge waiting writeset 55; judge waiting backup 55
for window in batch rewritten over; do
  for source in data undo redo temporary binlog writeset backup; do judge $window $source 0; done
done
read -r line < <(node "$here/join_attack.mjs" "$work/all")
# shellcheck disable=SC2086
judge_line all log -1 $line -1 | sed 's/; unprotected.*//'
[ $failed = 0 ] || fail "$failed measures"
echo "disk_test: all measures hold"
