#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A rehearsal of an election, in one command: the same files, keys and commands on a private server that it makes, marked « essai », sealed, voted by
# program, closed, counted with the holders' own media, proclaimed. All of it is gone at the end, but for what it was made for. It knows no other
# server: a running portal's databases are out of its reach.
#
#   rehearsal.sh FILES KEYS OUT [--each N] [--bin FOLDER]
#     FILES     the election's files, as for « scrutinctl import »
#     KEYS      the bureaux' public keys, as for « scrutinctl seal --trustees »
#     OUT       a new folder, or one that a killed run has begun. On the way it has what the holders get (scellement/, to note; dossiers/, to
#               decrypt, each on his own machine) and waits for what they give back (reponses/). At the end: archives/, for « scrutinctl seal
#               --rehearsal », and papiers/.
#     --each    votes in each scrutin (12; fewer where there are fewer electors)
#     --bin     the built programs (default: build/bin), with demonstrations: a production build has none
# Killed at any moment, nothing of it runs on, and the next run wipes what it has left. Two may run at once.
# Status: 64 usage; 65 files that make no rehearsal; 73 OUT is taken; else of the command that failed.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mariadb=$root/modules/launcher/mariadb.sh
unset PORTAIL_DB_SOCKET  # it could be a running portal's
usage() { sed -n '7,14s/^#   //p' "${BASH_SOURCE[0]}" >&2; exit 64; }
say() { printf 'rehearsal: %s\n' "$*" >&2; }

words=() each=12 bin=$root/build/bin
while [ $# -gt 0 ]; do
  case $1 in
    --each) each=${2-}; shift ;;
    --bin) bin=${2-}; shift ;;
    -*) usage ;;
    *) words+=("$1") ;;
  esac
  [ $# -gt 0 ] || usage
  shift
done
[ ${#words[@]} = 3 ] || usage
files=${words[0]} keys=${words[1]}
[ -f "$files/calendrier.toml" ] || { say "$files has no calendrier.toml: the election's files are wanted"; exit 65; }
[ -d "$keys" ] || { say "$keys is no folder: the bureaux' public keys are wanted"; exit 65; }

# shellcheck source=modules/launcher/scratch.sh
. "$root/modules/launcher/scratch.sh"
work='' out='' server='' sceau='' started='' done=''
finish() {
  local pid
  for pid in $started $sceau $server; do
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  done
  [ -z "$work" ] || wipe_scratch "$work"
  if [ -z "$out" ]; then :
  elif [ -n "$done" ]; then whole_scratch "$out"
  else wipe_scratch "$out"; fi
}
trap finish EXIT
trap 'exit 130' INT TERM HUP
take_scratch out "${words[2]}"
take_scratch work

# As long as this shell lives, and not longer. What it says goes to the log; why it refuses, to who looks.
act() {
  local status=0
  start_within env TMPDIR="$work/tmp" "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" "$@" >"$work/said" 2>&1
  wait "$started" || status=$?
  started=''
  [ $status = 0 ] || [ "${quiet:-}" = 1 ] || { cat "$work/said" >&2; say "« scrutinctl $1 » ends with $status"; }
  return $status
}
sql() { "$mariadb" sql "$work" --batch --skip-column-names portail -e "$1"; }
# election_key KEY VALUE: in calendrier.toml, whatever stood there.
election_key() {
  KEY=$1 VALUE=$2 awk '/^[ \t]*\[/ { inside = ($1 == "[election]") } inside && $0 ~ "^[ \t]*" ENVIRON["KEY"] "[ \t]*=" { next }
    { print } inside && $1 == "[election]" { print ENVIRON["KEY"] " = " ENVIRON["VALUE"] }' "$work/files/calendrier.toml" >"$work/calendar"
  mv "$work/calendar" "$work/files/calendrier.toml"
}

say "a server of its own"
mkdir "$work/tmp" "$out/reponses" "$out/papiers"
cp -r "$files" "$work/files"
title=$(sed -nE 's/^[ \t]*title[ \t]*=[ \t]*"([^"]*)".*/\1/p' "$files/calendrier.toml" | head -n 1)
[ -n "$title" ] || { say "$files/calendrier.toml has no title = \"…\" in one line"; exit 65; }
election_key title "\"$title – essai\""
election_key demonstration true  # a banner on each page, and the office may move the hours
election_key small_totals true   # invented votes have no secret, and every scrutin is counted to the end
"$mariadb" create "$work"
start_within "$mariadb" serve "$work" >"$work/db.log" 2>&1
server=$started started=''
"$mariadb" wait "$work"
"$bin/scrutinctl" keygen "$work/secrets" >/dev/null
"$mariadb" load "$work" "$work/secrets"
cat >"$work/portail.toml" <<TOML
[portal]
base_url = "http://localhost:8080"
templates = "$root/templates"
[database]
socket = "$work/db.sock"
password_files = true
[worker]
[log]
minimum = 1
folder = "$work/log-files"
TOML

say "import, codes, sealing"
act import "$work/files" --yes
act publish
act codes --notices "$work/notices"
act seal --trustees "$keys" --notices "$work/notices"
act poster "$out/papiers/affiche.pdf"
act dossier export "$out/scellement"
sed -n '/EMPREINTE DU SCELLEMENT/p' "$work/said" >&2
say "holders may note $out/scellement"

say "open, $each votes in each scrutin, close"
act open
start_within "$bin/portail-sceau" --config "$work/portail.toml" --secrets "$work/secrets/sceau" --interval 1 >"$work/sceau.log" 2>&1
sceau=$started started=''
act rehearse --each "$each" --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote"
act close
while [ "$(sql 'SELECT COUNT(*) FROM urne.inbox')" != 0 ]; do
  kill -0 "$sceau" 2>/dev/null || { cat "$work/sceau.log" >&2; say "sceau has ended"; exit 70; }
  sleep 0.2
done
act integrity
act dossier export "$out/dossiers"
say "holders decrypt $out/dossiers; waiting for their files in $out/reponses"

# Each file once, as it is then; one that is refused is told and waited for again.
declare -A taken
came=none
while [ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state <> 'tallied'")" != 0 ]; do
  for reply in "$out"/reponses/*.json; do
    [ -f "$reply" ] || continue
    digest=$(sha256sum <"$reply")
    [ "${taken[$reply]:-}" != "$digest" ] || continue
    taken[$reply]=$digest
    if act dossier import "$reply"; then say "$(basename "$reply"): taken"; fi
  done
  now=$(sql 'SELECT COUNT(*) FROM urne.partial_decryption')
  if [ "$now" = "$came" ]; then sleep 1; continue; fi
  came=$now
  quiet=1 act tally || true  # too few still, mostly; the last line says of which
  tail -n 1 "$work/said" >&2
done

say "proclaim, minutes, archives"
quiet=1 act proclaim --yes || true
for scrutin in $(sql "SELECT code FROM scrutin WHERE state = 'tallied'"); do
  draw=  # where lists are equal, the first of them
  until quiet=1 act proclaim --yes --scrutin "$scrutin" ${draw:+--draw "$draw"}; do
    tied=$(sed -n 's/^Égalité à [^ ]* entre \([0-9]*\) .*/\1/p' "$work/said")
    [ -n "$tied" ] || { cat "$work/said" >&2; exit 1; }
    draw=${draw:+$draw,}$scrutin=$tied
  done
done
act minutes "$work/pv"
cp "$work"/pv/*.pdf "$out/papiers/"
until [ "$(sql 'SELECT MAX(size) FROM urne.journal_head')" = "$(sql 'SELECT COUNT(*) FROM audit')" ]; do sleep 0.2; done
act bundle --out "$work/bundles"  # each verified as it is made
act export "$out/archives"
rm -rf "$out/scellement" "$out/dossiers" "$out/reponses"
done=yes
say "counted to the end: « scrutinctl seal --rehearsal $out/archives »"
