#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# What an office's act meets in life: the database's connection is cut in its middle, and an officer answers at his keyboard, or leaves it. Each act is
# held where it writes its line of the journal, inside its transaction; then the server ends its connection.
#
#   tests/cli/office_cut.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# The tables but the turn, which says who tried last.
tables() {
  sql "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables WHERE table_schema IN ('portail', 'urne') AND table_type = 'BASE TABLE'
    AND table_name NOT IN ('office_turn', 'journal_head', 'log_head') ORDER BY 1" | while read -r table; do sql "CHECKSUM TABLE $table"; done
}
# cut COMMAND…: ended by the server where it writes its first line of the journal; it says so. « whole » before it: it leaves no trace.
cut() {
  local whole='' before holder act id status=0
  [ "$1" != whole ] || { whole=yes; shift; }
  before=$(tables)
  "$mariadb" sql "$work/db" portail -e "LOCK TABLES audit READ; SELECT SLEEP(600)" >/dev/null 2>&1 & holder=$!
  for _ in $(seq 100); do [ -z "$(sql "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(600)%'")" ] || break; sleep 0.1; done
  ctl_alone "$@" >"$work/said" 2>&1 & act=$!
  for _ in $(seq 1200); do
    id=$(sql "SELECT id FROM information_schema.processlist WHERE user = 'portail-scrutinctl' AND state LIKE 'Waiting for table%' LIMIT 1")
    [ -z "$id" ] || break
    kill -0 "$act" 2>/dev/null || break
    sleep 0.05
  done
  [ -z "$id" ] || sql "KILL CONNECTION $id"
  sql "KILL CONNECTION $(sql "SELECT id FROM information_schema.processlist WHERE info LIKE 'SELECT SLEEP(600)%'")"
  wait "$holder" 2>/dev/null || true
  wait "$act" || status=$?
  [ -n "$id" ] || { cat "$work/said" >&2; fail "never came to the journal: $*"; }
  [ "$status" != 0 ] || { cat "$work/said" >&2; fail "a cut act says that it is done: $*"; }
  grep -qE "la connexion à la base de données a été (coupée.*« audit show »|perdue)" "$work/said" || { cat "$work/said" >&2; fail "a cut act does not say why: $*"; }
  [ -z "$whole" ] || [ "$before" = "$(tables)" ] || { diff <(echo "$before") <(tables) >&2; fail "a cut act has left something: $*"; }
  passed=$((passed + 1))
}
# typed KEYS COMMAND…: at a terminal, where somebody types. Status: of the command.
typed() {
  local keys=$1; shift
  { sleep 1; printf '%b' "$keys"; sleep 1; } | script -qefc "$(printf '%q ' "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" "$@")" /dev/null
}
state() { sql "SELECT GROUP_CONCAT(DISTINCT state) FROM scrutin"; }

step "From the import to the opening: each act is cut, has left nothing or goes on, and is done"
start_office
ctl demo "$work/files" --electors 60 --seed 12 >/dev/null
for act in "whole import $work/files" "whole publish" "codes --notices $work/notices" "seal --trustees $work/keys --notices $work/notices" "whole open"; do
  [ -d "$work/keys" ] || [[ $act != seal* ]] || ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >/dev/null
  # shellcheck disable=SC2086  # words
  cut $act
  check "" ctl ${act#whole }
done
[ "$(state)" = open ] || fail "$(state)"
[ "$(sql 'SELECT COUNT(*) FROM envelope')" = 60 ] && [ "$(tail -n +2 "$work/notices/notices.csv" | wc -l)" = 60 ] || fail "an elector has no code"

step "A suspension by two, the close, the count"
start_sceau
ctl rehearse --ballots 100 --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote" >/dev/null
cut whole suspend --authority "La présidente" --scrutin ctm --motif essai
check "" ctl suspend --authority "La présidente" --scrutin ctm --motif essai
sql "UPDATE suspension SET proposed_by = 'another'"
cut whole suspensions approve 1 --motif essai
check "" ctl suspensions approve 1 --motif essai
cut close
check "" ctl close
wait_for_urne
for number in 1 2; do for key in "$work"/keys/*.porteur-$number.cle; do ctl decrypt --key "$key" >/dev/null; done; done
cut tally
check "" ctl tally
[ "$(state)" = tallied ] || fail "$(state)"

step "Who proclaims is asked, at a real keyboard: « non », nothing typed, Ctrl-C, « oui »"
for scrutin in $(sql "SELECT code FROM scrutin ORDER BY position"); do  # the first without equal lists
  typed 'non\n' proclaim --scrutin "$scrutin" >"$work/said" 2>&1 || true
  ! grep -q "Tapez oui" "$work/said" || break
done
before=$(tables)
for keys in 'non\n' '\n' '\004' '\003' 'OUI\n'; do
  status=0
  typed "$keys" proclaim --scrutin "$scrutin" >"$work/said" 2>&1 || status=$?
  grep -q "Tapez oui" "$work/said" || { cat "$work/said" >&2; fail "nobody was asked"; }
  [ "$status" != 0 ] || { cat "$work/said" >&2; fail "« $keys » proclaims"; }
  [ "$before" = "$(tables)" ] || fail "« $keys » has changed something"
  passed=$((passed + 1))
done
cut whole proclaim --yes --scrutin "$scrutin"
typed 'oui\n' proclaim --scrutin "$scrutin" >"$work/said" 2>&1 || { cat "$work/said" >&2; fail "« oui » does not proclaim"; }
[ "$(sql "SELECT state FROM scrutin WHERE code = '$scrutin'")" = proclaimed ] || fail "« oui » has not proclaimed"
check "Journal intact" ctl audit verify

step "A node of a cluster that is not ready: told as that, nothing is done, and the same works once it is"
provider=/usr/lib/galera/libgalera_smm.so
if [ ! -e $provider ]; then
  echo "office_cut.sh: galera-4 is not installed: a node that is not ready is skipped" >&2
  [ -z "${PORTAIL_FULL_TESTS:-}" ] || fail "galera-4 is missing"
else
  kill "$sceau"; wait "$sceau" 2>/dev/null || true; sceau=''
  "$mariadb" stop "$work/db"
  wait "$server" 2>/dev/null || true
  "$mariadb" serve "$work/db" --binlog-format=ROW --wsrep-on=ON --wsrep-provider=$provider --wsrep-cluster-address=gcomm:// --wsrep-node-address=127.0.0.1 \
    --wsrep-provider-options="gmcast.listen_addr=tcp://127.0.0.1:$((20000 + RANDOM % 10000));gcache.size=8M" >>"$work/db.log" 2>&1 &
  server=$!
  "$mariadb" wait "$work/db"
  other=$(sql "SELECT code FROM scrutin WHERE state = 'tallied' ORDER BY position LIMIT 1") before=$(tables)
  sql "SET GLOBAL wsrep_reject_queries = 'ALL'"
  for act in status "proclaim --yes --scrutin $other" "audit show"; do
    # shellcheck disable=SC2086  # words
    refuse 69 "ce nœud de la base de données n’est pas prêt" ctl $act
  done
  sql "SET GLOBAL wsrep_reject_queries = 'NONE'"
  [ "$before" = "$(tables)" ] || fail "a refused act has left something"
  check "" ctl status
  check "Journal intact" ctl audit verify
fi

printf '\noffice_cut.sh: %d checks passed\n' "$passed"
