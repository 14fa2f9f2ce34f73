#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# `scrutin-verify` as an auditor meets it: no database, no settings, exit codes and last lines, on archives that other programs
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
verify=("$bin/scrutin-verify")

# expect STATUS ARGUMENT…: what the command wrote goes to $work/out and $work/err. Half a minute at most, and no terminal.
expect() {
  local wanted=$1 got=0
  shift
  timeout 30 "${verify[@]}" "$@" >out 2>err </dev/null || got=$?
  [ "$got" = "$wanted" ] || { cat out err >&2; echo "verify.sh: status $wanted expected, $got got: ${verify[*]} $*" >&2; exit 1; }
  checks=$((checks + 1))
}
last_line() { [ "$(tail -n 1 out)" = "$1" ] || { cat out >&2; echo "verify.sh: the last line should be « $1 »" >&2; exit 1; }; }
unsaid() { ! grep -q -- "$1" out || { cat out >&2; echo "verify.sh: « $1 » was not expected" >&2; exit 1; }; }
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
for jobs in 0 1 3 1024; do
  expect 0 "$good" --jobs $jobs
  last_line 'all checks passed'
done
expect 0 "$good" --since "$vectors/ed25519-single/before-revote/yZDgMTHFpqM6TQ.bel"
last_line 'all checks passed'
expect 0 "$good" --json
node -e 'const r = JSON.parse(require("fs").readFileSync("out", "utf8")); if (!r.all_passed || r.counted !== 28 || r.failures.length) process.exit(1)'
expect 0 "$vectors/ed25519-threshold/Q45MnBjFQqPTM8.bel"
said '3.0' out  # the remark on the 2.5.1 form of trustees

# Exit 1, a line for each failure, and never the good words.
expect 1 "$good" --attendance 29 --credentials AAAA
[ "$(grep -c '^Refus' out)" = 2 ]
unsaid 'all checks passed'
expect 1 "$good" --revotes refuses
expect 1 "$vectors/ed25519-single/before-revote/yZDgMTHFpqM6TQ.bel" --since "$good"
cp "$good" spoiled.bel
printf 'x' | dd of=spoiled.bel bs=1 seek=9000 conv=notrunc status=none
expect 1 spoiled.bel
expect 1 spoiled.bel --json
node -e 'const r = JSON.parse(require("fs").readFileSync("out", "utf8")); if (r.all_passed || !r.failures[0].check) process.exit(1)'
expect 1 spoiled.bel --jobs 1000
head -c 70000 "$good" >cut.bel
expect 1 cut.bel
# Of --since: the file itself, an altered copy, one cut inside an entry, another election.
expect 1 "$good" --since "$good"
expect 1 "$good" --since spoiled.bel
expect 1 "$good" --since cut.bel
expect 1 "$good" --since "$vectors/2048-single/earlier/LiFqt5fv83EqW4.bel"
unsaid 'all checks passed'

# Texts of the file neither move the cursor, nor write a line, nor break the JSON.
node - <<'JS'
const { createHash } = require('crypto'), fs = require('fs');
const sha = (text) => createHash('sha256').update(text).digest('hex'), time = 1790000000;
const entry = (name, body) => {
  const header = Buffer.alloc(512), size = Buffer.byteLength(body);
  header.write(name); header.write('0000644', 100); header.write('0000000', 108); header.write('0000000', 116);
  header.write(size.toString(8).padStart(11, '0'), 124); header.write(time.toString(8).padStart(11, '0'), 136); header.write('0', 156);
  header.write((header.reduce((a, b) => a + b, 0) + 256).toString(8).padStart(6, '0'), 148); header.write(' ', 155);
  return Buffer.concat([header, Buffer.from(body), Buffer.alloc((512 - size % 512) % 512)]);
};
const text = '\u001b[8m\nall checks passed\n\u009b\u202e\u2028"\\</script>\u0000\ud83d\ude00';
const election = JSON.stringify({ version: 1, description: text, name: text, group: text, public_key: text,
  questions: [{ answers: [text], blank: true, min: 1, max: 1, question: text }], uuid: '11111111111111' });
const hashes = JSON.stringify({ election: sha(election), trustees: sha(text), credentials: sha('[]') });
const event = `{"height":0,"type":"Setup","payload":"${sha(hashes)}"}`;
fs.writeFileSync('hostile.bel', Buffer.concat([entry('BELENIOS', `{"version":1,"timestamp":"${time}"}`),
  ...[election, text, '[]', hashes].map((body) => entry(sha(body) + '.data.json', body)), entry(sha(event) + '.event.json', event)]));
JS
expect 1 hostile.bel
said '[8m?all checks passed?' out
unsaid "$(printf '\033')"
unsaid '^all checks passed'
expect 1 hostile.bel --json
[ "$(wc -l <out)" = 1 ]
node -e 'const text = require("fs").readFileSync("out", "utf8"), r = JSON.parse(text); if (r.all_passed || !r.name.includes("</script>") || /[\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]/.test(text)) process.exit(1)'

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
for jobs in 1025 -1 99999999999999999999 x 1.5 ""; do
  expect 65 "$good" --jobs "$jobs"
  unsaid .
done
expect 64; expect 64 -h; expect 64 "$good" --unknown
# Cut before the election's record: no line about an election.
head -c 300 "$good" >begun.bel
expect 1 begun.bel
unsaid 'Électeurs\|Empreinte'
ln -s "$good" link.bel
expect 0 link.bel
expect 2 "$good" --since fifo
# Its word, and the same as a word of the office's tool.
for verify in "$bin/scrutin-verify archive" "$bin/scrutinctl --config /nowhere verify"; do
  read -ra verify <<<"$verify"
  expect 0 "$good"; last_line 'all checks passed'
  expect 1 spoiled.bel
  expect 2 nothing; said 'archive illisible' err
  expect 64; said 'il manque : FICHIER' err
done
echo "verify.sh: $checks runs as expected"
