#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# `scrutinctl verify` as an auditor meets it: no database, no settings, exit codes and last lines, on archives that other programs
# made and on files that are none.
#
#   tests/cli/verify.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(realpath "${1:-$root/build/bin}")
vectors=${PORTAIL_VECTORS:-$root/tests/vectors/data}/belenios
work=$(mktemp -d "${TMPDIR:-/tmp}/verify.XXXXXX")
trap 'rm -rf "$work"' EXIT
cd "$work"
checks=0

# expect STATUS ARGUMENT…: what the command wrote goes to $work/out and $work/err. Half a minute at most, and no terminal.
expect() {
  local wanted=$1 got=0
  shift
  timeout 30 "$bin/scrutinctl" verify "$@" >out 2>err </dev/null || got=$?
  [ "$got" = "$wanted" ] || { cat out err >&2; echo "verify.sh: status $wanted expected, $got got: verify $*" >&2; exit 1; }
  checks=$((checks + 1))
}
last_line() { [ "$(tail -n 1 out)" = "$1" ] || { cat out >&2; echo "verify.sh: the last line should be « $1 »" >&2; exit 1; }; }
said() { grep -qF -- "$1" "$2" || { cat out err >&2; echo "verify.sh: « $1 » expected in $2" >&2; exit 1; }; }

# Exit 0, and the words of the reference tool last.
archives=0
for archive in "$vectors"/*/*.bel "$vectors"/*/*/*.bel; do
  expect 0 "$archive"
  last_line 'all checks passed'
  archives=$((archives + 1))
done
[ $archives = 8 ] || { echo "verify.sh: 8 archives expected in $vectors, $archives found" >&2; exit 1; }
good=$vectors/ed25519-single/yZDgMTHFpqM6TQ.bel
expect 0 "$good" --jobs 1
expect 0 "$good" --since "$vectors/ed25519-single/before-revote/yZDgMTHFpqM6TQ.bel"
last_line 'all checks passed'
expect 0 "$good" --json
node -e 'const r = JSON.parse(require("fs").readFileSync("out", "utf8")); if (!r.all_passed || r.counted !== 28 || r.failures.length) process.exit(1)'
expect 0 "$vectors/ed25519-threshold/Q45MnBjFQqPTM8.bel"
said '3.0' out  # the remark on the 2.5.1 form of trustees

# Exit 1, a line for each failure, and never the good words.
expect 1 "$good" --attendance 29 --credentials AAAA
[ "$(grep -c '^Refus' out)" = 2 ]
! grep -q 'all checks passed' out
expect 1 "$good" --revotes refuses
expect 1 "$vectors/ed25519-single/before-revote/yZDgMTHFpqM6TQ.bel" --since "$good"
cp "$good" spoiled.bel
printf 'x' | dd of=spoiled.bel bs=1 seek=9000 conv=notrunc status=none
expect 1 spoiled.bel
expect 1 spoiled.bel --json
node -e 'const r = JSON.parse(require("fs").readFileSync("out", "utf8")); if (r.all_passed || !r.failures[0].check) process.exit(1)'
head -c 70000 "$good" >cut.bel
expect 1 cut.bel

# Exit 2, with the reason: no file, or none that is an archive.
mkfifo fifo
: >empty
ln -s loop loop
printf 'BELENIO' >short
for file in nothing . fifo empty loop short /dev/null "$root/README.md"; do
  expect 2 "$file"
  said 'archive illisible' err
  [ ! -s out ]
done
# It says why, and leaves the file's name as it is.
expect 2 trustees/election; said 'trustees/election comme un fichier : ce fichier n’existe pas' err
expect 2 .; said 'c’est un dossier' err
expect 2 fifo; said 'ce n’est pas un fichier ordinaire' err
expect 2 "$good" --since a; said 'impossible de lire a : ce fichier n’existe pas' err
expect 64; expect 64 -h; expect 64 "$good" --unknown
# Cut before the election's record: no line about an election.
head -c 300 "$good" >stub.bel
expect 1 stub.bel
! grep -q 'Électeurs\|Empreinte' out
ln -s "$good" link.bel
expect 0 link.bel
expect 2 "$good" --since fifo
echo "verify.sh: $checks runs as expected"
