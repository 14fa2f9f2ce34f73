#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# `scrutin-verify ballot` on ballots that the booth's own modules opened: in both groups, from the election's file and from an archive,
# with the reference that was noted and with others.
#
#   tests/cli/opened.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(realpath "${1:-$root/build/bin}")
vectors=${PORTAIL_VECTORS:-$root/tests/vectors/data}/belenios
work=$(mktemp -d "${TMPDIR:-/tmp}/opened.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
checks=0
expect() {
  local wanted=$1 text=$2 got=0
  shift 2
  "$bin/scrutin-verify" ballot "$@" >said 2>&1 </dev/null || got=$?
  [ "$got" = "$wanted" ] || { cat said >&2; echo "opened.sh: status $wanted expected, $got got: $*" >&2; exit 1; }
  grep -qF -- "$text" said || { cat said >&2; echo "opened.sh: « $text » expected from: $*" >&2; exit 1; }
  checks=$((checks + 1))
}
for group in ed25519-single 2048-single; do
  election=$vectors/$group/election.json
  mapfile -t answers < <(node -e 'for (const a of ["Vote blanc", ...JSON.parse(require("fs").readFileSync(process.argv[1])).questions[0].answers]) console.log(a)' "$election")
  for choice in "${!answers[@]}"; do
    node "$root/modules/booth/cli.mjs" open-ballot --election "$election" --code 22222-333333-44444-555555 --choice "$choice" >made
    tracker=$(head -n 1 made | tr -d '\n' | openssl dgst -sha256 -binary | base64 | tr -d =)
    tail -n 1 made >opened.txt
    expect 0 "chiffrait : ${answers[$choice]}" opened.txt --election "$election"
    expect 0 'all checks passed' "$(cat opened.txt)" --election "$election" --tracker "$tracker"
    expect 1 'la référence notée est une autre' opened.txt --election "$election" --tracker "${tracker:1}A"
    # The device says another list than the one that it encrypted.
    other=$(((choice + 1) % ${#answers[@]}))
    awk -F'~' -v OFS='~' -v other="$other" '{ $5 = other; print }' opened.txt >lie.txt
    expect 1 'la référence notée est une autre' lie.txt --election "$election" --tracker "$tracker"
  done
  archives=("$vectors/$group"/*.bel)
  expect 0 'all checks passed' opened.txt --election "${archives[0]}" --tracker "$tracker"
done
expect 1 'son empreinte est une autre' opened.txt --election "$vectors/ed25519-single/election.json"
expect 65 '--election' opened.txt
expect 2 'ce n’est pas un bulletin ouvert' made --election "$election"
expect 2 'impossible de lire' opened.txt --election nothing
expect 1 'n’est pas celui d’une élection' opened.txt --election opened.txt
echo "opened.sh: $checks checks passed"
