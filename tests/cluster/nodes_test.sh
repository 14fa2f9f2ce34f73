#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A cluster of two real database servers on one machine. While electors vote by the worker's own storing function, the office closes, suspends and
# annuls; the node that the portal writes to is changed, stopped and killed. No vote may come behind what the close counted, none that was
# acknowledged may be lost, both nodes must hold the same rows, and a node that may not write must say so. First the same without the rule, by hand:
# votes do come behind a close then, so the search would find them. On 2026-11-29, MariaDB 10.11.19, galera 26.4.23: eight of the eight that were
# under way came behind it; none with the rule; of 275 votes acknowledged before a kill and 2,323 around a freeze all were on both nodes.
#   nodes_test.sh [BIN]      wanted before an election that runs on a cluster, three minutes: under PORTAIL_FULL_TESTS alone
#   PORTAIL_KEEP=FOLDER      the servers' logs are kept there;  PORTAIL_LAG=75000  rows whose writing keeps a node behind
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ -n "${PORTAIL_FULL_TESTS:-}" ] || { echo "nodes_test: the cluster is asked under PORTAIL_FULL_TESTS" >&2; exit 77; }
. "$here/../cli/support.sh"
provider=/usr/lib/galera/libgalera_smm.so
[ -e $provider ] || fail "galera-4 is missing"
voters=$bin/../tests/cluster-voters
export PATH=$here:$PATH  # wsrep_sst_copy

port=$((20000 + RANDOM % 10000))
node_options() { # node_options N: what node N is started with
  local p=$((port + 10 * $1))
  options=(--innodb-buffer-pool-size=64M --innodb-log-file-size=16M --binlog-format=ROW --innodb-autoinc-lock-mode=2 --wsrep-on=ON
    --wsrep-provider="$provider" --wsrep-node-name="node$1" --wsrep-node-address="127.0.0.1:$p" --wsrep-sst-method=copy
    --wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:$p;ist.recv_addr=127.0.0.1:$((p + 1));gcache.size=64M;evs.keepalive_period=PT0.5S;evs.inactive_check_period=PT0.25S;evs.suspect_timeout=PT2S;evs.inactive_timeout=PT4S")
}
folder() { [ "$1" = 1 ] && echo "$work/db" || echo "$work/db2"; }
declare -A pid
serve() { # serve N ADDRESS [OPTION…]
  local n=$1 address=$2; shift 2
  node_options "$n"
  "$mariadb" serve "$(folder "$n")" "${options[@]}" --wsrep-cluster-address="$address" "$@" >>"$work/node$n.log" 2>&1 &
  pid[$n]=$!
}
peer() { echo "gcomm://127.0.0.1:$((port + 10)),127.0.0.1:$((port + 20))"; }
on() { "$mariadb" sql "$(folder "$1")" --batch --skip-column-names portail -e "$2"; } # on N SQL
office() { local n=$1; shift; "$bin/scrutinctl" --config "$work/node$n.toml" --secrets "$work/secrets/scrutinctl" "$@"; }
writes() { "$mariadb" sql "$(folder "$1")" --batch --skip-column-names <"$root/sql/writing-node.sql" | tail -n 1; }
wait_for() { # wait_for SECONDS COMMAND…
  local i times=$(($1 * 20)); shift
  for i in $(seq "$times"); do "$@" >/dev/null 2>&1 && return 0; sleep 0.05; done
  fail "never: $*"
}
# shellcheck disable=SC2317  # asked by wait_for
is_synced() { [ "$(on "$1" "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'wsrep_local_state_comment'")" = Synced ]; }
# shellcheck disable=SC2317
is_refusing() { grep -q 'ERROR 1047' <<<"$(on "$1" "SELECT COUNT(*) FROM scrutin" 2>&1 || true)"; }
# shellcheck disable=SC2317
has_lines() { [ "$(grep -c "$2" "$1")" -ge "$3" ]; }
# What the close of CODE says that it counted; nothing before. frozen N CODE
frozen() { on "$1" "SELECT detail FROM audit WHERE action = 'frozen' AND detail LIKE '$2 %'" | sed 's/.* emargements=\([0-9]*\) .*/\1/'; }
# shellcheck disable=SC2317
is_frozen() { [ -n "$(frozen "$1" "$2")" ]; }
# shellcheck disable=SC2317
is_ordered() { [ "$(on "$1" "SELECT state FROM suspension WHERE number = $2")" = 'done' ]; }
finish_nodes() {
  local n
  [ -z "${voting:-}" ] || kill -KILL "$voting" 2>/dev/null || true
  for n in "${!pid[@]}"; do kill -CONT "${pid[$n]}" 2>/dev/null || true; kill -KILL "${pid[$n]}" 2>/dev/null || true; wait "${pid[$n]}" 2>/dev/null || true; done
  if [ -n "${PORTAIL_KEEP:-}" ]; then mkdir -p "$PORTAIL_KEEP"; cp "$work"/*.log "$work"/said* "$PORTAIL_KEEP" 2>/dev/null || true; fi
  finish
}
trap finish_nodes EXIT

step "An election on one node, open; a copy of it becomes the second"
node_options 1
start_office "${options[@]}" --wsrep-cluster-address=gcomm://
ctl demo "$work/files" --electors 300 --seed 2026 >/dev/null
ctl import "$work/files" >/dev/null
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >/dev/null
ctl seal --trustees "$work/keys" --notices "$work/notices" >/dev/null
ctl open >/dev/null
# Votes that no ballot was made for have no credential: it is nobody's.
sql "INSERT INTO urne.credential (scrutin_id, binding, public_key) SELECT id, '', '' FROM scrutin"
# What keeps a node behind: it takes as long to apply as the other took to write.
sql "CREATE DATABASE lag; CREATE TABLE lag.t (id INT PRIMARY KEY, word CHAR(200), KEY (word)); INSERT INTO lag.t SELECT seq, MD5(seq) FROM seq_1_to_${PORTAIL_LAG:-75000}"
# Electors enough: the table of attendance asks that they exist, not that they are on the roll.
sql "INSERT INTO voter (id, election_id, email, civility, last_name, first_name, identity_check, personnel, corps, affectation, academie_code, departement, notice_place)
  SELECT 1000 + seq, 1, CONCAT('e', seq), '', 'n', 'p', '', '', '', '', NULL, '', '' FROM seq_1_to_120000"
"$mariadb" stop "$work/db"; wait "$server" || true; server=''
mkdir -p "$work/db2"; cp -a --sparse=always "$work/db/data" "$work/db2/data"
rm -f "$work/db2/data/galera.cache" "$work/db2/data/gvwstate.dat"
serve 1 gcomm://; "$mariadb" wait "$work/db"
serve 2 "$(peer)"; "$mariadb" wait "$work/db2"
for n in 1 2; do wait_for 60 is_synced $n; sed "s|^socket = .*|socket = \"$(folder $n)/db.sock\"|" "$work/portail.toml" >"$work/node$n.toml"; done
[ "$(on 2 "SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'wsrep_cluster_size'")" = 2 ] || fail "not two nodes"
mapfile -t codes < <(on 1 "SELECT code FROM scrutin WHERE state = 'open' ORDER BY id")
id_of() { on 1 "SELECT id FROM scrutin WHERE code = '$1'"; }
count_on() { on "$1" "SELECT COUNT(*) FROM emargement WHERE scrutin_id = $2"; }

next=1001
# vote NODE SCRUTIN_ID NUMBER: electors vote there in the background, eight at a time; « voting », their answers in $work/said
vote() {
  [ -n "${voting:-}" ] || : >"$work/said"
  "$voters" "$(folder "$1")/db.sock" "$work/secrets/vote/db_password" "$2" "$next" $((next + $3 - 1)) 8 >>"$work/said" 2>>"$work/voters.log" &
  voting=$! next=$((next + $3))
}
stop_voting() { kill "$voting" 2>/dev/null || true; wait "$voting" || true; voting=''; }
answers() { awk '{n[$1]++} END {for (w in n) printf "%s%d %s", s, n[w], w, s = ", "}' "$work/said"; }
# What was acknowledged is there, what was refused is not, and both nodes hold the same of the scrutin.
require_same() { # require_same SCRUTIN_ID
  local n
  awk '$1 == "stored" {print $2}' "$work/said" | sort >"$work/acknowledged"
  awk '$1 != "stored" && $1 != "unknown" {print $2}' "$work/said" | sort >"$work/refused"
  for n in 1 2; do
    on $n "SET SESSION wsrep_sync_wait = 1; SELECT voter_id FROM emargement WHERE scrutin_id = $1 ORDER BY 1" | sort >"$work/there$n"
    [ "$(on $n "SELECT COUNT(*) FROM urne.inbox WHERE scrutin_id = $1")" = "$(wc -l <"$work/there$n")" ] || fail "node $n: ballots and attendance differ"
    [ -z "$(comm -23 "$work/acknowledged" "$work/there$n")" ] || fail "node $n: acknowledged votes are lost: $(comm -23 "$work/acknowledged" "$work/there$n" | wc -l)"
    [ -z "$(comm -12 "$work/refused" "$work/there$n")" ] || fail "node $n: refused votes are there"
  done
  cmp -s "$work/there1" "$work/there2" || fail "the nodes differ"
  [ "$(on 1 'CHECKSUM TABLE urne.inbox, emargement, audit, scrutin')" = "$(on 2 'CHECKSUM TABLE urne.inbox, emargement, audit, scrutin')" ] || fail "the nodes' tables differ"
}

# race CODE FROM TO HOW ACT: people vote on FROM, which falls behind; TO becomes the one that is written to (HOW: by_hand, without the rule's fence;
# whole), and the office acts there. Prints and leaves in « late » how many votes came behind it.
race() {
  local code=$1 from=$2 to=$3 how=$4 act=$5 id counted order='' closing=''
  id=$(id_of "$code")
  if [ "$act" != close ]; then
    office "$from" --acteur un "$act" --scrutin "$code" --authority 'le ministre' --motif essai >/dev/null
    order=$(on "$from" "SELECT MAX(number) FROM suspension")
  fi
  vote "$from" "$id" 20000
  wait_for 60 has_lines "$work/said" stored 40
  on "$to" "UPDATE lag.t SET word = MD5(CONCAT(word, RAND()))"
  if [ "$how" = whole ]; then writes "$to" >/dev/null
  else on "$to" "UPDATE writing_node SET node = @@wsrep_node_name"; fi
  if [ "$act" = close ]; then
    office "$to" close --scrutin "$code" >"$work/said-close" 2>&1 &
    closing=$!
    wait_for 60 is_frozen "$to" "$code"
    counted=$(frozen "$to" "$code")
  else
    # The command tells it as done only when every worker says it on its pages: the node would have caught up by then.
    office "$to" --acteur deux suspensions approve "$order" --motif essai >"$work/said-close" 2>&1 &
    closing=$!
    wait_for 60 is_ordered "$to" "$order"
    counted=$(count_on "$to" "$id")
  fi
  # Whoever votes now, where the act has not arrived, is who would come behind it.
  ! is_caught_up "$from" || fail "node $from was not behind, and this proves nothing: PORTAIL_LAG larger"
  local first=$voting
  vote "$from" "$id" 8
  wait "$voting" || true
  voting=$first
  [ -z "$closing" ] || wait "$closing" || { cat "$work/said-close"; fail "$act"; }
  wait_for 300 is_caught_up "$from"
  stop_voting
  late=$(($(on "$to" "SET SESSION wsrep_sync_wait = 1; SELECT COUNT(*) FROM emargement WHERE scrutin_id = $id") - counted))
  printf '%s of %s while people vote on node %s, by node %s, %s: %s counted, %s came behind (%s)\n' "$act" "$code" "$from" "$to" "$how" "$counted" "$late" "$(answers)"
  [ "$(grep -vc '^stored' "$work/said")" -gt 0 ] || fail "nobody was voting any more: this proves nothing"
  require_same "$id"
}
# shellcheck disable=SC2317
is_caught_up() { [ "$(on "$1" "SELECT node FROM writing_node")" != "node$1" ]; }

step "Without the rule: a close on one node does not see the votes of the other"
race "${codes[0]}" 1 2 by_hand close
[ "$late" -gt 0 ] || fail "no vote came behind the close: this proves nothing"

step "With it: close, suspension and definitive stop, each behind a change of node"
writes 1 >/dev/null
race "${codes[1]}" 1 2 whole close
[ "$late" = 0 ] || fail "votes came behind the close"
race "${codes[2]}" 2 1 whole suspend
[ "$late" = 0 ] || fail "votes came behind the suspension"
race "${codes[3]}" 1 2 whole annul
[ "$late" = 0 ] || fail "votes came behind the definitive stop"

step "The other node takes no vote, no opened ballot and no act, and says why"
id=$(id_of "${codes[4]}")
vote 1 "$id" 40; wait "$voting" || true; voting=''
[ "$(grep -c '^later [0-9]* 1290$' "$work/said")" = 40 ] || { cat "$work/said"; fail "votes on the other node: $(answers)"; }
require_same "$id"
refuse 69 "n’est pas celui où le portail écrit" office 1 close --scrutin "${codes[4]}"
refuse 69 "n’est pas celui où le portail écrit" office 1 suspend --scrutin "${codes[4]}" --authority a --motif essai
for row in "INTO urne.opened VALUES (1, SHA2('a', 256))" "INTO session (id_hash) VALUES ('x')" "INTO urne.log_head VALUES (1, 1, '', '')" "INTO reassort_request (voter_id) VALUES (1)"; do
  grep -q 'ERROR 1290' <<<"$(on 1 "INSERT $row" 2>&1 || true)" || fail "node 1 takes: INSERT $row"
done
check "" office 2 close --scrutin "${codes[5]}"

step "The writing node killed while people vote: what it acknowledged is on the other, which takes over by a hand"
id=$(id_of "${codes[4]}")
vote 2 "$id" 4000
wait_for 60 has_lines "$work/said" stored 200
kill -KILL "${pid[2]}"; wait "${pid[2]}" 2>/dev/null || true
stop_voting
wait_for 30 is_refusing 1
cp "$work/said" "$work/said-killed"
vote 1 "$id" 16; wait "$voting" || true; voting=''
[ "$(grep -c '^unknown [0-9]* 1047$' "$work/said")" = 16 ] || { cat "$work/said"; fail "a node without the other: $(answers)"; }
refuse 69 "ce nœud de la base de données n’est pas prêt" office 1 close --scrutin "${codes[4]}"
on 1 "SET GLOBAL wsrep_provider_options = 'pc.bootstrap=YES'"
wait_for 30 is_synced 1
writes 1
cp "$work/said-killed" "$work/said"
awk '$1 == "stored" {print $2}' "$work/said" | sort >"$work/acknowledged"
on 1 "SELECT voter_id FROM emargement WHERE scrutin_id = $id" | sort >"$work/there1"
[ -z "$(comm -23 "$work/acknowledged" "$work/there1")" ] || fail "acknowledged votes are lost: $(comm -23 "$work/acknowledged" "$work/there1" | wc -l)"
printf 'killed: %s; all acknowledged ones are on node 1\n' "$(answers)"
# It comes back from its own disk (what Debian's start does: where it stands, then the rest), and is not the one that is written to.
position=$(node_options 2; { "$mariadb" serve "$work/db2" "${options[@]}" --wsrep-cluster-address="$(peer)" --wsrep-recover 2>&1 || true; } | sed -n 's/.*Recovered position: *//p' | tail -1)
[ -n "$position" ] || fail "node 2 does not say where it stood"
serve 2 "$(peer)" --wsrep-start-position="$position"; "$mariadb" wait "$work/db2"; wait_for 60 is_synced 2
require_same "$id"

step "The writing node frozen while people vote: the other refuses, and nothing is lost when it wakes"
vote 1 "$id" 4000
wait_for 60 has_lines "$work/said" stored 200
kill -STOP "${pid[1]}"
wait_for 30 is_refusing 2
refuse 69 "ce nœud de la base de données n’est pas prêt" office 2 close --scrutin "${codes[4]}"
kill -CONT "${pid[1]}"
wait_for 60 is_synced 1; wait_for 60 is_synced 2
sleep 1; stop_voting
printf 'frozen: %s\n' "$(answers)"
require_same "$id"
check "" office 1 close --scrutin "${codes[4]}"
[ "$(frozen 1 "${codes[4]}")" = "$(count_on 1 "$id")" ] || fail "the close counts otherwise"
echo "nodes_test: all hold, $passed checks"
