#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# The rehearsal in one command, beside a portal at work: what it leaves, what it touches, killed at each phase and run again. With the holders' own
# keys and media it is part of whole_election.sh.
#
#   tests/cli/rehearsal.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

export TMPDIR=$work/tmp
mkdir "$TMPDIR"
essai=$work/essai
rehearse() { env PORTAIL_DB_SOCKET="$work/db/db.sock" "$root/modules/launcher/rehearsal.sh" "$work/files" "$work/keys" "$essai" --each 5 --bin "$bin" "$@"; }
below() { local words; for words in /proc/[0-9]*/cmdline; do { tr '\0' ' ' <"$words"; } 2>/dev/null | grep -aF -- "$1/" | grep -av "^grep " || true; done; }  # programs at work there
says() { # says WORDS: waits until the rehearsal has said them
  for _ in $(seq 3000); do ! grep -qF -- "$1" "$work/said" || return 0; kill -0 "$run" 2>/dev/null || break; sleep 0.05; done
  cat "$work/said" >&2; fail "« $1 » was not said"
}
tables() { sql "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables WHERE table_schema IN ('portail', 'urne') AND table_type = 'BASE TABLE' ORDER BY 1" | while read -r table; do sql "CHECKSUM TABLE $table"; done; }

step "A portal with its election, not sealed yet; the bureaux' keys"
start_office
ctl demo "$work/files" --electors 60 --seed 3 >/dev/null
ctl import "$work/files" >/dev/null
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >/dev/null
sed -i 's/^demonstration = .*/demonstration = false  # the real one/; /^small_totals/d' "$work/files/calendrier.toml"
before=$(tables) files=$(find "$work/files" "$work/keys" -type f -exec sha256sum {} + | sort)

step "What is no election, and a folder that is somebody's"
refuse 64 "rehearsal.sh FILES KEYS OUT" "$root/modules/launcher/rehearsal.sh" "$work/files"
refuse 65 "has no calendrier.toml" "$root/modules/launcher/rehearsal.sh" "$work/keys" "$work/keys" "$essai" --bin "$bin"
mkdir "$essai" && echo mine >"$essai/file"
refuse 73 "is there already" rehearse
[ "$(cat "$essai/file")" = mine ] || fail "somebody's folder was touched"
rm -r "$essai"
cp "$work/files/scrutins.csv" "$work/kept"; echo "faux" >>"$work/files/scrutins.csv"
refuse 65 "« scrutinctl import » ends with 65" rehearse
[ ! -e "$essai" ] && [ -z "$(ls -A "$TMPDIR")" ] || fail "a refused import leaves something behind"
cp "$work/kept" "$work/files/scrutins.csv"; files=$(find "$work/files" "$work/keys" -type f -exec sha256sum {} + | sort)

step "Killed at each phase: nothing runs on, and the next run wipes what was left"
for phase in "a server of its own" "import, codes" "holders may note" "votes in each" "holders decrypt"; do
  setpriv --pdeathsig TERM "$root/modules/launcher/rehearsal.sh" "$work/files" "$work/keys" "$essai" --each 5 --bin "$bin" >"$work/said" 2>&1 & run=$!
  says "$phase"
  refuse 73 "another run is making" rehearse
  kill -KILL "$run"; wait "$run" 2>/dev/null || true
  for _ in $(seq 300); do [ -z "$(below "$TMPDIR")" ] && break; sleep 0.1; done
  [ -z "$(below "$TMPDIR")" ] || fail "a program runs on after « $phase »: $(below "$TMPDIR")"
done

step "To the end: two of three holders answer, one of them with a broken file first"
PORTAIL_DB_SOCKET=$work/db/db.sock setpriv --pdeathsig TERM "$root/modules/launcher/rehearsal.sh" "$work/files" "$work/keys" "$essai" --each 5 --bin "$bin" >"$work/said" 2>&1 & run=$!
says "holders decrypt"
[ "$(ls -d "$TMPDIR"/portail-scratch.* | wc -l)" = 1 ] || fail "what killed runs have left is still there"
instance=$(ls -d "$TMPDIR"/portail-scratch.*)
[ "$(stat -c %a "$instance") $(stat -c %a "$essai")" = "700 700" ] || fail "others can read the rehearsal"
echo '{"not": "a reply"}' >"$essai/reponses/porteur.json"
says "« scrutinctl dossier » ends with"
# As many votes in each as it has electors, up to those that were asked for.
few=$("$mariadb" sql "$instance" --skip-column-names portail -e "SELECT s.code FROM scrutin s WHERE (SELECT COUNT(*) FROM emargement e WHERE e.scrutin_id = s.id) <> LEAST(5, (SELECT COUNT(*) FROM voter_scrutin v WHERE v.scrutin_id = s.id))")
[ -z "$few" ] || fail "other numbers of votes than asked for: $few"
# These keys are demonstrations', whose shares are used where the office is.
for key in "$work"/keys/*.porteur-[12].cle; do
  for _ in $(seq 60); do  # the rehearsal's own tally takes the office's turn in between; after the last one all may be over
    ! TMPDIR=/tmp "$bin/scrutinctl" --config "$instance/portail.toml" --secrets "$instance/secrets/scrutinctl" decrypt --key "$key" >/dev/null 2>&1 && [ -d "$instance" ] || break
    sleep 1
  done
done
wait "$run" || { cat "$work/said" >&2; fail "the rehearsal fails"; }

step "What stays: archives of a counted « essai », papers that say so on each page; the portal is as it was"
[ "$(ls -A "$essai" | tr '\n' ' ')" = "archives papiers " ] || fail "the rehearsal leaves more: $(ls -A "$essai")"
[ -z "$(ls -A "$TMPDIR")" ] && [ -z "$(below "$TMPDIR")" ] || fail "the rehearsal leaves something behind"
[ "$before" = "$(tables)" ] || fail "the portal's tables changed"
[ "$files" = "$(find "$work/files" "$work/keys" -type f -exec sha256sum {} + | sort)" ] || fail "the election's files changed"
archives=0
for archive in "$essai"/archives/*/*.bel; do
  check "résultat publié" "$bin/scrutin-verify" "$archive"
  tar -xOf "$archive" 2>/dev/null | grep -aq "essai" || fail "$archive is not titled « essai »"
  archives=$((archives + 1))
done
[ "$archives" = 19 ] || fail "$archives archives of 19 scrutins"
for paper in "$essai"/papiers/*.pdf; do
  for page in $(seq "$(pdfinfo "$paper" | awk '$1 == "Pages:" { print $2 }')"); do
    pdftotext -f "$page" -l "$page" "$paper" - 2>/dev/null | grep -q "essai" || fail "page $page of $paper does not say « essai »"
    passed=$((passed + 1))
  done
done
refuse 73 "is there already" rehearse

printf '\nrehearsal.sh: %d checks passed\n' "$passed"
