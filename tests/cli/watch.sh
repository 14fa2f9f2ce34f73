#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# `scrutin-verify` beside a public log and a receipt that another program made from the public specifications, over HTTP: watch,
# witness, receipt, each with what must be refused.
#
#   tests/cli/watch.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(realpath "${1:-$root/build/bin}")
work=$(mktemp -d "${TMPDIR:-/tmp}/watch.XXXXXX")
server=
finish() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap finish EXIT
cd "$work"
checks=0
prefix=()
maker=(node "$root/tests/cli/log_maker.mjs")

# expect STATUS TEXT ARGUMENT…: the program ends so and says so.
expect() {
  local wanted=$1 text=$2 got=0
  shift 2
  "${prefix[@]}" "$bin/scrutin-verify" "$@" >said 2>&1 </dev/null || got=$?
  [ "$got" = "$wanted" ] || { cat said >&2; echo "watch.sh: status $wanted expected, $got got: $*" >&2; exit 1; }
  grep -qF -- "$text" said || { cat said >&2; echo "watch.sh: « $text » expected from: $*" >&2; exit 1; }
  checks=$((checks + 1))
}

mapfile -t keys < <("${maker[@]}" key .)
log=${keys[0]} receipts=${keys[1]}
"${maker[@]}" log . 3
"${maker[@]}" serve . >address &
server=$!
for _ in $(seq 100); do [ -s address ] && break; sleep 0.1; done
address=$(cat address)

# A log that grows, asked for over HTTP; the key is wanted once.
expect 65 'donnez avec --log' watch "$address" kept
expect 0 'Premier point de contrôle vu' watch "$address" kept --log "$log"
for size in 255 256 257 700; do
  "${maker[@]}" log . "$size"
  expect 0 'Le registre prolonge' watch "$address" kept
done
expect 0 'comme la fois précédente' watch "$address" kept
# The same log copied into a folder.
expect 0 'comme la fois précédente' watch served kept

# It shrank; it is another of the same size; it is another that is larger. Each time what was served stays as evidence.
"${maker[@]}" log . 699
expect 1 'le registre a rétréci' watch "$address" kept
"${maker[@]}" log . 700 12
expect 1 'deux registres différents' watch "$address" kept
"${maker[@]}" log . 900 12
expect 1 'ne prolonge pas' watch "$address" kept
[ "$(find kept -name 'refus-*' | wc -l)" = 3 ]
"${maker[@]}" log . 900
expect 0 'Le registre prolonge celui de 700' watch "$address" kept
# With --every it goes on while the log is away, and stops at a contradiction.
"${maker[@]}" log . 899
expect 1 'a rétréci' watch "$address" kept --every 1
expect 69 'pas de réponse' watch http://127.0.0.1:1 kept
prefix=(env PATH=/nowhere)
expect 69 'curl n’est pas sur cette machine' watch "$address" kept
prefix=()

# A witness: its cosignature is what others read, and never under a log that does not extend.
"${maker[@]}" log . 700
expect 0 'Clé du témoin' witness init seen --name temoin.syndicat.example/urne --log "$log"
witness=$(tail -n 1 said)
[ "$(stat -c %a seen/temoin.cle)" = 600 ]
expect 1 'déjà une clé de témoin' witness init seen --name autre.example --log "$log"
expect 0 '— temoin.syndicat.example/urne ' witness cosign "$address" seen
"${maker[@]}" cosigned seen/cosigne.txt "$witness"
cp seen/cosigne.txt served/checkpoint
expect 0 'cosigné par temoin.syndicat.example/urne' watch "$address" other --log "$log" --witness "$witness"
"${maker[@]}" log . 900 12
expect 1 'ne prolonge pas' witness cosign "$address" seen
grep -q '^700$' seen/cosigne.txt
expect 1 'n’est pas cosigné' watch "$address" new --log "$log" --witness "$witness"

# The same witness asked as c2sp.org/tlog-witness asks.
answers() {
  local wanted=$1
  shift
  "${maker[@]}" request . "$@" >asked.txt
  "$bin/scrutin-verify" witness answer seen <asked.txt >answered.txt 2>/dev/null || true
  head -n 1 answered.txt | grep -q "^Status: $wanted" || { cat answered.txt >&2; echo "watch.sh: $wanted expected for: $*" >&2; exit 1; }
  checks=$((checks + 1))
}
answers 409 0 900
grep -qx 700 answered.txt
answers 200 700 900
grep -q '^— temoin.syndicat.example/urne ' answered.txt
answers 200 900 900
sed 's/^old .*/old 901/' asked.txt >wrong
("$bin/scrutin-verify" witness answer seen <wrong 2>/dev/null || true) | grep -q '^Status: 400'
("$bin/scrutin-verify" witness answer seen </dev/null 2>/dev/null || true) | grep -q '^Status: 400'

# A receipt, alone and with its proof of inclusion.
"${maker[@]}" receipt . 500 900
expect 65 '--key' receipt recu.json
expect 0 'Remarque : sans preuve d’inscription' receipt recu.json --key "$receipts"
expect 0 'bulletin n° 501 du registre, qui en comptait 900' receipt recu.json preuve.tlog-proof --key "$receipts" --log "$log"
(cat recu.json; echo; cat preuve.tlog-proof) >both
expect 0 'all checks passed' receipt both --key "$receipts" --log "$log"
expect 65 'donnez aussi la clé du registre' receipt both --key "$receipts"
expect 1 'n’est pas signée par cette clé' receipt recu.json --key "$(head -c 32 /dev/zero | base64 | tr -d = | tr '/+' '_-')"
sed 's/^index 500$/index 499/' preuve.tlog-proof >moved
expect 1 'n’est pas dans le registre signé' receipt recu.json moved --key "$receipts" --log "$log"
sed 's/"tracker":"./"tracker":"!/' recu.json >altered
expect 1 'Refus' receipt altered --key "$receipts"
expect 2 'ni preuve de vote' receipt asked.txt --key "$receipts"
expect 2 'impossible de lire' receipt nothing --key "$receipts"
echo "watch.sh: $checks checks passed"
