#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# « desk apply » in trouble: what two members decided of the roll and what one asked for, while the command is killed or loses its database after any
# statement that the server has carried out, and while two of them run. Each change is made once with its line of the journal, or not at all; nobody gets
# two mails; the next run goes on. Late electors, whom the desk approved and the administration's file names, too.
#
#   tests/cli/desk_trouble.sh [BIN]        BIN: folder of the built programs (default: build/bin)
#   PORTAIL_DESK_STEP=1                    after every statement (default: every ninth, from one drawn by lot)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

step "An election in preparation, with codes, and two members of an académie"
start_office
ctl demo "$work/files" --electors ${PORTAIL_DESK_STEP:+2}400 --seed 6 >/dev/null
ctl import "$work/files" >/dev/null
ctl publish >/dev/null
ctl calendar set portal_opens "2020-01-01 08:00" >/dev/null
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >/dev/null
ctl codes --notices "$work/notices" >/dev/null
sed "s|^socket = .*|socket = \"$work/cut.sock\"|" "$work/portail.toml" >"$work/cut.toml"
academie=$(sql "SELECT code FROM academie WHERE code NOT IN (SELECT academie_code FROM voter) LIMIT 1")
sql "UPDATE voter SET academie_code = '$academie' ORDER BY id DESC LIMIT 4"  # whom the reminder writes to
mapfile -t electors < <(sql "SELECT id FROM voter WHERE academie_code <> '$academie' ORDER BY id")
next=0 late=0
# A line of the administration's file with the profile of the first elector.
profile=$(sql "SELECT CONCAT_WS(';', personnel, corps, affectation, academie_code, departement, notice_place) FROM voter WHERE id = ${electors[0]}")
rolls=$(sql "SELECT COUNT(*) FROM voter_scrutin WHERE voter_id = ${electors[0]}")
# NUMEN and date of birth of somebody of the roll.
known=$(node -e "
  const [titles, first] = require('fs').readFileSync('$work/files/electeurs.csv', 'utf8').split(/\r?\n/).map(line => line.split(';'))
  console.log(['numen', 'naissance'].map(name => first[titles.indexOf(name)]).join(';'))")
titles='courriel;civilite;nom;prenom;numen;naissance;personnel;corps;affectation;academie;departement;lieu_notice'

# The strikes that wait, as an officer reads them: the words of « desk apply » that make these, none where there are none.
read_strikes() { mapfile -t reading < <(ctl roll approved | grep -oE -- '--radiations-relues [0-9]+-[0-9a-f]+' | tr ' ' '\n'); }
apply_cut() { # apply_cut HOW NUMBER
  local status=0
  read_strikes
  node "$root/tests/cli/cut_at.mjs" "$1" "$2" "$work/db/db.sock" "$work/cut.sock" "$work/count" \
    "$bin/scrutinctl" --config "$work/cut.toml" --secrets "$work/secrets/scrutinctl" desk apply "${reading[@]}" --inscriptions "$work/tardifs.csv" >"$work/said" 2>&1 || status=$?
  # What the server still does of it ends before anybody looks.
  for _ in $(seq 300); do
    [ "$(sql "SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'portail-scrutinctl'")" != 0 ] || return "$status"
    sleep 0.05
  done
  fail "a connection of a command that has ended stays"
}
# It has come to its end: said of the one that cannot be added.
ended() { grep -q "n’a pas pu être faite : le même NUMEN" "$work/said"; }
# The same file once more, undisturbed.
apply_again() {
  ctl desk apply "${reading[@]}" --inscriptions "$work/tardifs.csv" >"$work/said" 2>&1 || ended || { cat "$work/said" >&2; fail "$1: it does not go on"; }
}
# What waits: a strike off, a correction, a reinstatement, one that is not possible any more, a reminder; a late elector, and one whose NUMEN is an elector's.
# Five electors who are in none before.
decide_changes() {
  local voters=("${electors[@]:next:5}") i=0 kind detail
  next=$((next + 5))
  [ ${#voters[@]} = 5 ] || fail "no electors are left"
  sql "UPDATE voter SET struck_off_at = UTC_TIMESTAMP(), struck_off_reason = 'parti' WHERE id = ${voters[2]}"
  first=$(sql "SELECT COALESCE(MAX(id), 0) + 1 FROM roll_change")
  for kind in strike correct reinstate correct strike; do
    detail='{}'
    [ $i != 1 ] || detail='{"last_name":"Zzyx"}'
    [ $i != 3 ] || detail='{"last_name":"Zzyx","before":{"last_name":"Personne"}}'
    sql "INSERT INTO roll_change (voter_id, kind, detail, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, decided_member, expires_at)
      VALUES (${voters[$i]}, '$kind', '$detail', 'Mutation', 'approved', 'membre n° 6', UTC_TIMESTAMP(), 'membre n° 9', UTC_TIMESTAMP(), 6, 9, UTC_TIMESTAMP() + INTERVAL 7 DAY)"
    i=$((i + 1))
  done
  late=$((late + 1))
  printf '%s\n' "$titles" "tardif$late@a.example;;Tardif;Léo;$(printf '9%012d' "$late");3/2/1971;$profile" "double$late@a.example;;Tardif;Léo;$known;$profile" >"$work/tardifs.csv"
  for kind in tardif double; do
    sql "INSERT INTO roll_change (kind, detail, reason, state, proposed_by, proposed_at, decided_by, decided_at, proposed_member, decided_member, expires_at, academie_code)
      SELECT 'add', JSON_OBJECT('email', '$kind$late@a.example', 'civility', '', 'last_name', 'Tardif', 'first_name', 'Léo', 'personnel', personnel, 'corps', corps, 'affectation', affectation,
        'academie', academie_code, 'departement', departement, 'notice_place', notice_place), 'Arrivée', 'approved', 'membre n° 6', UTC_TIMESTAMP(), 'membre n° 9', UTC_TIMESTAMP(), 6, 9,
        UTC_TIMESTAMP() + INTERVAL 7 DAY, academie_code FROM voter WHERE id = ${electors[0]}"
  done
  sql "DELETE FROM invitation; DELETE FROM outbox; INSERT INTO desk_reminder (academie_code, asked_by, asked_at) VALUES ('$academie', 6, UTC_TIMESTAMP())"
  reminder=$(sql "SELECT MAX(id) FROM desk_reminder")
  version=$(sql "SELECT data_version FROM election")
}
# Each of these five is whole or untouched: its state, what it changes, its line of the journal, and the pages' version, all together.
whole() {
  local broken
  broken=$(sql "SELECT CONCAT_WS(' ', c.id, c.kind, c.state) FROM roll_change c JOIN voter v ON v.id = c.voter_id WHERE c.id >= $first AND (
      (c.state NOT IN ('done', 'impossible') AND NOT (c.state = 'approved' AND c.ended_at IS NULL))
      OR (SELECT COUNT(*) FROM audit a WHERE a.action = 'roll' AND a.detail LIKE CONCAT('% faite, n° ', c.id, ', proposée par membre n° 6, approuvée par membre n° 9')) <> (c.state = 'done')
      OR (SELECT COUNT(*) FROM audit a WHERE a.action = 'roll' AND a.detail LIKE CONCAT('% impossible, n° ', c.id, ',%')) <> (c.state = 'impossible')
      OR (c.kind = 'strike' AND (v.struck_off_at IS NOT NULL) <> (c.state = 'done'))
      OR (c.kind = 'strike' AND EXISTS (SELECT 1 FROM envelope e WHERE e.voter_id = v.id) <> (c.state <> 'done'))
      OR (c.kind = 'strike' AND (SELECT COUNT(*) FROM withdrawn_notice w WHERE w.voter_id = v.id) <> (c.state = 'done'))
      OR (c.kind = 'reinstate' AND (v.struck_off_at IS NULL) <> (c.state = 'done'))
      OR (c.kind = 'correct' AND (v.last_name = 'Zzyx') <> (c.state = 'done'))
      OR (c.kind = 'correct' AND EXISTS (SELECT 1 FROM voter_scrutin r WHERE r.voter_id = v.id AND (r.sort_key LIKE 'zzyx %') <> (c.state = 'done'))))")
  [ -z "$broken" ] || fail "$1: a change is half made: $broken"
  broken=$(sql "SELECT CONCAT_WS(' ', c.id, c.state) FROM roll_change c LEFT JOIN voter v ON v.email = JSON_VALUE(c.detail, '$.email') WHERE c.id >= $first AND c.kind = 'add' AND NOT (
      c.identity_check = '' AND (c.ended_at IS NULL) = (c.state = 'approved') AND COALESCE(c.voter_id, 0) = COALESCE(v.id, 0) AND (v.id IS NOT NULL) = (c.state = 'done')
      AND (SELECT COUNT(*) FROM voter_scrutin r WHERE r.voter_id = v.id AND r.sort_key = 'tardif leo') = IF(c.state = 'done', $rolls, 0)
      AND (SELECT COUNT(*) FROM outbox o WHERE o.recipient = JSON_VALUE(c.detail, '$.email')) = (c.state = 'done')
      AND (SELECT COUNT(*) FROM audit a WHERE a.action = 'roll' AND a.detail LIKE CONCAT('inscription faite, n° ', c.id, ',%')) = (c.state = 'done')
      AND (SELECT COUNT(*) FROM audit a WHERE a.action = 'roll' AND a.detail LIKE CONCAT('inscription impossible, n° ', c.id, ',%')) = (c.state = 'impossible'))")
  [ -z "$broken" ] || fail "$1: a late elector is half added: $broken"
  [ "$(sql "SELECT data_version FROM election")" = $((version + $(sql "SELECT COUNT(*) FROM roll_change WHERE id >= $first AND state = 'done'"))) ] || fail "$1: the pages' version does not follow"
  [ "$(sql "SELECT COUNT(*) FROM invitation")" = "$(sql "SELECT COUNT(*) FROM outbox WHERE recipient NOT LIKE '%@a.example'")" ] || fail "$1: somebody is noted without his mail, or has a mail and is not noted"
  [ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'invite' AND detail LIKE 'relance n° $reminder,%'")" = "$(sql "SELECT COUNT(*) FROM desk_reminder WHERE id = $reminder AND state = 'done'")" ] || fail "$1: the reminder's state and the journal disagree"
}
all_done() {
  [ "$(sql "SELECT GROUP_CONCAT(state ORDER BY id) FROM roll_change WHERE id >= $first")" = done,done,done,impossible,done,done,impossible ] || fail "$1: not everything is made: $(sql "SELECT GROUP_CONCAT(state ORDER BY id) FROM roll_change WHERE id >= $first")"
  [ "$(sql "SELECT CONCAT(r.state, ' ', r.written - (SELECT COUNT(*) FROM voter v WHERE v.academie_code = r.academie_code AND v.struck_off_at IS NULL)) FROM desk_reminder r WHERE id = $reminder")" = "done 0" ] || fail "$1: the reminder is not written to all"
  [ "$(sql "SELECT COUNT(*) - COUNT(DISTINCT recipient) FROM outbox")" = 0 ] || fail "$1: somebody has two mails"
  check "Journal intact" ctl audit verify
}

step "Undisturbed: how many statements"
decide_changes
apply_cut count 0 || ended || { cat "$work/said" >&2; fail "desk apply is refused"; }
whole undisturbed && all_done undisturbed
total=$(cat "$work/count")
echo "$total statements"

stride=${PORTAIL_DESK_STEP:-9}
step "Killed, and cut from its database, after every ${stride}th of them: whole changes, and the next run goes on"
told=0
for how in kill cut; do
  for ((at = 1 + RANDOM % stride; at <= total; at += stride)); do
    decide_changes
    status=0
    apply_cut "$how" "$at" || status=$?
    whole "$how after $at"
    case $how in
      kill) [ "$status" = 137 ] || { cat "$work/said" >&2; fail "it was not killed after $at, but ended with $status"; } ;;
      # A reading outside a transaction is asked again on a new connection; whatever writes after it has lost its turn and says so.
      cut) ended || grep -qE "la connexion à la base de données a été (coupée.*« audit show »|perdue)" "$work/said" || { cat "$work/said" >&2; fail "cut after $at, it does not say why"; } ;;
    esac
    ended || told=$((told + 1))
    [ ${#reading[@]} = 2 ] || fail "« roll approved » gives no number"
    gone=$(sql "SELECT COUNT(*) > 0 FROM roll_change WHERE id >= $first AND kind = 'strike' AND state = 'done'")
    # What the run that was stopped has made is not waiting any more: the number that it was given is of no use, and what is left is read again.
    [ "$gone" = 0 ] || refuse 1 "rien n’est fait" ctl desk apply "${reading[@]}"
    read_strikes
    apply_again "$how after $at"
    whole "again, after $how after $at" && all_done "again, after $how after $at"
  done
done
[ "$told" -gt 0 ] || fail "nothing was stopped"

step "Two at once, and a third time: once"
for _ in 1 2 3; do
  decide_changes
  ctl_alone desk apply --inscriptions "$work/tardifs.csv" >"$work/first" 2>&1 & one=$!
  ctl_alone desk apply --inscriptions "$work/tardifs.csv" >"$work/second" 2>&1 & two=$!
  for run in "$one first" "$two second"; do
    wait "${run% *}" || grep -qE "un (autre )?acte du bureau est en cours|le même NUMEN" "$work/${run#* }" || { cat "$work/${run#* }" >&2; fail "one of two fails in other words"; }
  done
  apply_again "two at once"
  whole "two at once" && all_done "two at once"
done

printf '\ndesk_trouble.sh: %d checks passed\n' "$passed"
