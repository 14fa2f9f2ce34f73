#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# The notices: one sheet for each elector at his place of delivery, read back by programs of others; stopped anywhere and gone on with; refused
# where the codes are others; and the register of the folds that nobody took.
#
#   tests/cli/notices.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

electors=500
codes=$work/codes batch=$work/codes/plis
sheets() { "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" notices "$@"; }

in_background() { exec "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" notices "$@"; }  # the program itself, to be killed

step "An election whose codes are made; one place has more electors than one file takes"
start_office
ctl demo "$work/files" --electors "$electors" --seed 11
ctl import "$work/files"
sql "UPDATE voter SET notice_place = 'Rectorat, 3ᵉ étage ; guichet « B »' WHERE id % 2 = 0"
sql "UPDATE voter SET last_name = '-Åström' WHERE id = 7"
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2
refuse 65 "n’existe pas" sheets "$codes"
ctl seal --trustees "$work/keys" --notices "$codes" >/dev/null

step "The batch: each file has its digest, and the batch has one, which is in the journal"
check "$electors notices pour" sheets "$codes"
(cd "$batch" && sha256sum --quiet -c SHA256SUMS) || fail "a file is not the one of the list"
digest=$(sha256sum "$batch/SHA256SUMS" | cut -d' ' -f1)
ctl audit show >"$work/journal"
grep -q "  notices  $electors notices, .* lieux, lot $digest" "$work/journal" || fail "the batch's digest is not in the journal"
places=$(sql 'SELECT COUNT(DISTINCT notice_place) FROM voter')
[ "$(tail -n +2 "$batch/lot.csv" | grep -c ';liste de remise;')" = "$places" ] || fail "a place has no list"
[ "$(tail -n +2 "$batch/lot.csv" | grep ';notices;' | sed 's/.*;notices;\([0-9]*\);.*/\1/' | awk "{ n += \$1 } END { print n }")" = "$electors" ] || fail "other sheets are listed than electors"
[ -z "$(find "$batch" -type f ! -perm 600)" ] || fail "a file of codes is readable by others"
[ "$(stat -c %a "$batch")" = 700 ] || fail "the folder is readable by others"

step "Each elector's own page, read by another program: his code, his name, his place, the fingerprints of his scrutins"
for file in "$batch"/*.pdf; do
  case $file in *.remise.pdf) pdftotext -layout "$file" - 2>/dev/null >>"$work/lists" ;;
  *)
    pages=$(pdfinfo "$file" | awk '$1 == "Pages:" { print $2 }')
    grep -qF "$(basename "$file");" "$batch/lot.csv" || fail "$file is not listed"
    [ "$(grep -F "$(basename "$file");" "$batch/lot.csv" | sed 's/.*;notices;\([0-9]*\);.*/\1/')" = "$pages" ] || fail "a notice is not one page: $file"
    pdftotext "$file" - 2>/dev/null >>"$work/sheets" ;;
  esac
done
[ "$(tail -n +2 "$codes/notices.csv" | sed "s/.*;//" | sort)" = "$(grep -oE '([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}' "$work/sheets" | sort)" ] || fail "the sheets do not have each code once"
! grep -qE '([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}' "$work/lists" || fail "a list to sign bears a code"
[ "$(grep -o @ "$work/lists" | wc -l)" = "$electors" ] || fail "the lists to sign do not have each elector"
# Page by page, by what stands on it.
node -e "
const { execFileSync } = require('child_process'), fs = require('fs'), folder = process.argv[1], batch = process.argv[2]
const rows = (name) => fs.readFileSync(folder + '/' + name, 'utf8').trim().split('\n').slice(1).map((line) =>
  (line.match(/(\"(?:[^\"]|\"\")*\"|[^;]*)(;|\$)/g) ?? []).map((cell) => cell.replace(/;\$/, '').replace(/^\"(.*)\"\$/s, '\$1').replaceAll('\"\"', '\"').replace(/^'(?=[=+@-])/, '')))
const prints = new Map(), flat = (text) => text.replace(/\s+/g, ' ')
for (const row of rows('empreintes.csv')) prints.set(row[0], [...(prints.get(row[0]) ?? []), row])
const pages = new Map()
for (const file of fs.readdirSync(batch).filter((name) => name.endsWith('.pdf') && !name.endsWith('.remise.pdf')))
  for (const page of execFileSync('pdftotext', ['-layout', batch + '/' + file, '-'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\f'))
    if (page.trim()) pages.set(page.match(/([2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}/)[0], flat(page))
for (const [mail, civility, last, first, place, code] of rows('notices.csv')) {
  const page = pages.get(code)
  for (const words of [first + ' ' + last + '.', 'Lieu de remise : ' + place + '.', 'http://localhost:8080', 'Un vote validé est définitif'])
    if (!page.includes(flat(words))) throw new Error(words + ' is not on the page of ' + mail + ': ' + page)
  const own = prints.get(mail) ?? []
  for (const [, , , print] of own) if (!page.includes(print)) throw new Error('a fingerprint of ' + mail + ' is missing')
  if ((page.match(/([0-9a-f]{4} ){7}[0-9a-f]{4}/g) ?? []).length !== own.length) throw new Error(mail + ' has other fingerprints')
}
console.log(pages.size + ' pages')
" "$codes" "$batch" >"$work/pages" || fail "a page is not its elector's"
grep -qx "$electors pages" "$work/pages" || fail "there are other pages"

step "The code to photograph is the portal's address and nothing else; the document is tagged, in French, its fonts inside"
one=$(find "$batch" -name '*.pdf' ! -name '*.remise.pdf' | sort | sed -n 1p)
pdftoppm -r 150 -l 1 -png "$one" "$work/page" 2>/dev/null
[ "$(zbarimg --raw --quiet "$work"/page*.png)" = "http://localhost:8080" ] || fail "the code says something else"
pdfinfo "$one" | grep -qE '^Tagged: +yes' || fail "a notice is not tagged"
pdfinfo -struct-text "$one" >"$work/tree" 2>/dev/null
for words in 'H1 (block)' 'Table' '    TH' '"Notice de vote"' 'Figure' 'espace électeur avec'; do grep -qF "$words" "$work/tree" || { head -60 "$work/tree"; fail "the tree has no $words"; }; done
[ "$(pdffonts "$one" | tail -n +3 | awk '{ print $(NF-4) }' | sort -u)" = yes ] || fail "a font is not embedded"
grep -aq '/Lang (fr-FR)' "$one" || fail "the document does not say its language"

step "Stopped anywhere and gone on with, the batch is the same to the byte; two at once do not meet"
cp "$batch/SHA256SUMS" "$work/whole"
killed=0
for delay in 0.1 0.2 0.3 0.5 0.7; do
  rm -rf "$work/again"
  in_background "$codes" --out "$work/again" --threads 1 >/dev/null 2>&1 & one=$!
  sleep "$delay"
  kill -KILL "$one" 2>/dev/null && killed=$((killed + 1))
  wait "$one" 2>/dev/null || true
  [ -z "$(find "$work/again" -name '*.pdf' -exec sh -c 'pdfinfo "$1" >/dev/null 2>&1 || echo "$1"' _ {} \;)" ] || fail "a file with its name is not whole"
  sheets "$codes" --out "$work/again" >/dev/null
  cmp -s "$work/again/SHA256SUMS" "$work/whole" || fail "killed after $delay s and gone on with, it is another batch"
  [ -z "$(find "$work/again" -name '*.pdf.*')" ] || fail "pieces of sheets stay behind"
done
[ "$killed" -ge 2 ] || fail "nothing was killed"
sheets "$codes" --out "$work/two" >"$work/first" 2>&1 & one=$!
sheets "$codes" --out "$work/two" >"$work/second" 2>&1 & two=$!
wait "$one" || grep -q "sert déjà à une autre commande" "$work/first" || fail "the first of two fails"
wait "$two" || grep -q "sert déjà à une autre commande" "$work/second" || fail "the second of two fails"
cmp -s "$work/two/SHA256SUMS" "$work/whole" || fail "two at once make another batch"
rm "$(find "$work/two" -name '*.pdf' ! -name '*.remise.pdf' | sort | sed -n 1p)"
sheets "$codes" --out "$work/two" >/dev/null
cmp -s "$work/two/SHA256SUMS" "$work/whole" || fail "a lost file is not made again as it was"

step "Other codes, a damaged file, another folder: told, and nothing is mixed"
cp -r "$codes" "$work/other"
rm -r "$work/other/plis"
sed -i '3s/;[^;]*$/;AAAA-AAAA-AAAA-AAAA/' "$work/other/notices.csv"
refuse 65 "notices.csv, ligne 3 : ce n’est pas une ligne que le scellement écrit" sheets "$work/other"
cp "$codes/notices.csv" "$work/other/notices.csv"
sed -i '$d' "$work/other/notices.csv"
refuse 65 "1 électeur sans code" sheets "$work/other"
cp "$codes/notices.csv" "$work/other/notices.csv"
sed -n 3p "$codes/notices.csv" >>"$work/other/notices.csv"
refuse 65 "un électeur y est deux fois" sheets "$work/other"
cp "$codes/notices.csv" "$work/other/notices.csv"
truncate -s -5 "$work/other/notices.csv"
refuse 65 "elle est coupée" sheets "$work/other"
cp "$codes/notices.csv" "$work/other/notices.csv"
sed -i '2s/[0-9a-f]$/x/' "$work/other/empreintes.csv"
refuse 1 "contient les notices d’autres codes" sheets "$work/other" --out "$batch"
refuse 1 "contient déjà autre chose" sheets "$codes" --out "$work/files"
rm "$work/other/empreintes.csv"
check "ne portent pas l’empreinte" sheets "$work/other"
refuse 1 "lot.csv" full "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" notices "$work/other"

step "Folds that nobody took: never more than were made, destroyed before a witness, and in the journal"
place='Rectorat, 3ᵉ étage ; guichet « B »'
refuse 65 "Comptez d’abord" ctl notices destroyed --place "$place" --count 1 --temoin 'Mme Témoin'
refuse 65 "ne se peut pas" ctl notices undelivered --place "$place" --count 251
check "12 plis non remis, 0 détruit" ctl notices undelivered --place "$place" --count 12
refuse 65 "ne se peut pas" ctl notices undelivered --place "$place" --count 239
refuse 65 "pour lieu de remise" ctl notices undelivered --place 'Ailleurs' --count 1
refuse 65 "--count" ctl notices undelivered --place "$place" --count -1
refuse 65 "--temoin NOM est attendu" ctl notices destroyed --place "$place" --count 12
check "12 plis non remis, 10 détruits" ctl notices destroyed --place "$place" --count 10 --temoin 'Mme Témoin'
refuse 65 "ne se peut pas" ctl notices destroyed --place "$place" --count 3 --temoin 'Mme Témoin'
check "À détruire : $place, 2 plis." ctl notices register
ctl audit show >"$work/journal"
grep -qF "notices-destroyed  10 plis, $place ; devant Mme Témoin" "$work/journal" || fail "a destruction is not in the journal"
check "Journal intact" ctl audit verify

printf '\nnotices.sh: %d checks passed\n' "$passed"
