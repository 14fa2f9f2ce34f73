#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Deposits of lists by the office's commands, in trouble: each act killed inside its transaction, before its entry in the journal and before its mail, two
# at once, a second time, on a full disk. No act is half done: rows, journal and mails are there together, once, or none is.
#
#   tests/cli/candidatures_trouble.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

rows=candidature,candidature_rule,candidature_deposit,candidature_name,candidature_union,candidature_file,candidature_decision,outbox,scrutin,candidate_list,candidate,list_union,list_delegate,profession_de_foi
state() { sql "CHECKSUM TABLE $rows; CHECKSUM TABLE desk_member, audit" | md5sum; }
state_again() { sql "CHECKSUM TABLE $rows" | md5sum; }  # an act that is done again may say so in the journal, and names its delegates anew
# hold audit|outbox: from now on whoever writes an entry of the journal, or a mail, waits. release: he goes on.
hold() {
  case $1 in
    audit) sql "BEGIN; SELECT id FROM audit WHERE id = 1 FOR UPDATE; SELECT SLEEP(600)" >/dev/null 2>&1 & ;;
    outbox) sql "LOCK TABLES outbox WRITE; SELECT SLEEP(600)" >/dev/null 2>&1 & ;;
  esac
  holder=$!
  until_true "the lock is not taken" "SELECT COUNT(*) FROM information_schema.processlist WHERE info = 'SELECT SLEEP(600)'"
}
release() {
  sql "KILL $(sql "SELECT id FROM information_schema.processlist WHERE info = 'SELECT SLEEP(600)'")"
  wait "$holder" || true
}
until_true() { # until_true SENTENCE QUERY: the query gives another number than 0
  for _ in $(seq 300); do [ "$(sql "$2")" = 0 ] || return 0; sleep 0.1; done
  fail "$1"
}
office="user = 'portail-scrutinctl'"
wait_held() { until_true "the act does not wait" "SELECT (SELECT COUNT(*) FROM information_schema.innodb_trx WHERE trx_state = 'LOCK WAIT') + (SELECT COUNT(*) FROM information_schema.processlist WHERE $office AND state = 'Waiting for table metadata lock')"; }
wait_gone() { until_true "the killed act still holds" "SELECT COUNT(*) = 0 FROM information_schema.processlist WHERE $office"; }

# trouble LOCKS ARGUMENT…: the act, killed where it waits for each of the locks; then two of it at once; then again.
trouble() {
  local lock before first second entries mails
  local locks=$1 name="$2 $3"
  shift
  for lock in $locks; do
    before=$(state)
    hold "$lock"
    ctl_alone "$@" >"$work/killed" 2>&1 & first=$!
    wait_held
    kill -KILL "$first"
    wait "$first" 2>/dev/null || true
    release
    wait_gone
    [ "$(state)" = "$before" ] || fail "$name, killed before its $lock, is half done"
    check "" ctl audit verify
    passed=$((passed + 1))
  done
  entries=$(sql 'SELECT COUNT(*) FROM audit') mails=$(sql 'SELECT COUNT(*) FROM outbox')
  hold audit
  ctl_alone "$@" >"$work/first" 2>&1 & first=$!
  wait_held
  ctl_alone "$@" >"$work/second" 2>&1 & second=$!
  until_true "the second act does not wait for its turn" "SELECT COUNT(*) > 1 FROM information_schema.processlist WHERE $office"
  release
  wait "$first" || { cat "$work/first" >&2; fail "$name does not go on"; }
  wait "$second" || grep -qE "déjà|autre acte" "$work/second" || { cat "$work/second" >&2; fail "$name, the second of two, fails in other words"; }
  before=$(state_again)
  ctl "$@" >"$work/again" 2>&1 || grep -q "déjà" "$work/again" || { cat "$work/again" >&2; fail "$name, again, fails in other words"; }
  [ "$(state_again)" = "$before" ] || fail "$name, again, changes something"
  case $name in
    *deposit | *accept | *refuse | *publish) [ "$(sql 'SELECT COUNT(*) FROM audit')" = $((entries + 1)) ] || fail "$name is in the journal more than once" ;;
  esac
  case $name in
    *deposit | *accept | *refuse) [ "$(sql 'SELECT COUNT(*) FROM outbox')" = $((mails + 1)) ] || fail "$name sent other mails than one" ;;
  esac
  check "" ctl audit verify
}

step "An election in preparation, and two lists on paper"
start_office
ctl demo "$work/files" --electors 60 --seed 4 >/dev/null
ctl import "$work/files" >/dev/null
code=$(sql "SELECT s.code FROM scrutin s JOIN voter_scrutin r ON r.scrutin_id = s.id GROUP BY s.id, s.code ORDER BY COUNT(*) DESC, s.id LIMIT 1")
delegate=$(sql "SELECT email FROM voter ORDER BY id LIMIT 1")
make_list() { # make_list NAME FROM: two electors of the scrutin as its candidates
  mkdir "$work/$1"
  sql "SELECT CONCAT_WS(';', IF(v.civility = 'Mme', 'Mme', 'M.'), v.last_name, v.first_name, v.affectation) FROM voter v JOIN voter_scrutin r ON r.voter_id = v.id JOIN scrutin s ON s.id = r.scrutin_id WHERE s.code = '$code' ORDER BY v.id LIMIT $2, 2" >"$work/$1/candidats.csv"
}
make_list a 0 && make_list b 2
printf 'Alize;60\nBise;40\n' >"$work/a/organisations.csv"
printf '\x89PNG\r\n\x1a\n\0\0\0\rIHDR' >"$work/a/logo.png"
newest() { sql "SELECT d.number FROM candidature_deposit d JOIN candidature c ON c.id = d.candidature_id WHERE c.union_name = '$1' ORDER BY d.version DESC LIMIT 1"; }
number() { sql "SELECT id FROM candidature WHERE union_name = '$1'"; }

step "Each act, killed where it holds everything but its journal or its mail"
window=(--from "2020-01-01 08:00" --until "2036-01-01 17:00")
trouble audit candidatures open --scrutin "$code" --union Alize --delegate "$delegate" "${window[@]}"
ctl candidatures open --scrutin "$code" --union Cers --delegate "$delegate" "${window[@]}" >/dev/null
trouble audit candidatures rule --scrutin "$code" --at-least 1 --at-most 4
trouble "audit outbox" candidatures deposit "$work/a" --scrutin "$code" --union Alize --name "Liste Alize"
ctl candidatures deposit "$work/b" --scrutin "$code" --union Cers --name "Liste Cers" >/dev/null
trouble "audit outbox" candidatures refuse "$(newest Cers)" --raison "Un nom manque."
ctl candidatures deposit "$work/b" --scrutin "$code" --union Cers --name "Liste Cers, bis" >/dev/null
trouble "audit outbox" candidatures accept "$(newest Cers)" --malgre
ctl candidatures accept "$(newest Alize)" --malgre >/dev/null
for union in Alize Cers; do ctl candidatures open --scrutin "$code" --union "$union" --from "2020-01-01 08:00" --until "2020-02-01 17:00" >/dev/null; done
trouble audit candidatures order "$(number Cers)" "$(number Alize)" --scrutin "$code" --acte "tirage au sort"
trouble audit candidatures publish --scrutin "$code" --remplace
[ "$(sql "SELECT GROUP_CONCAT(l.name ORDER BY l.position) FROM candidate_list l JOIN scrutin s ON s.id = l.scrutin_id WHERE s.code = '$code'")" = "Liste Cers, bis,Liste Alize" ] || fail "other lists are published"
[ "$(sql "SELECT GROUP_CONCAT(u.name, ' ', u.share ORDER BY u.position) FROM list_union u")" = "Alize 6000,Bise 4000" ] || fail "the sharing key is not published"
[[ "$(ctl candidatures show "$(newest Alize)")" != *"N’A PLUS CETTE EMPREINTE"* ]] || fail "a deposit is not what its digest says"

step "A file of a deposit on a full disk, and under a name that is taken: nothing comes, nothing goes"
refuse 1 "logo" full "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" candidatures file "$(newest Alize)" logo "$work/logo"
[ -z "$(find "$work" -maxdepth 1 -name 'logo*')" ] || fail "a part of a file stays behind"
echo mine >"$work/logo"
refuse 65 "ce nom est déjà pris" ctl candidatures file "$(newest Alize)" logo "$work/logo"
[ "$(cat "$work/logo")" = mine ] || fail "a file was written over"

printf '\ncandidatures_trouble.sh: %d checks passed\n' "$passed"
