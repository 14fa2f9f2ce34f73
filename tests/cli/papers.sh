#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# What an election leaves on paper: the minutes of each scrutin, before and after the count, and what they refuse to say.
#
#   tests/cli/papers.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

rows() { # rows FILE: the cells of the page's tables, a line a row, by a reader that knows nothing of it
  node -e "const text = require('fs').readFileSync(process.argv[1], 'utf8'), plain = (cell) => cell.replace(/<[^>]*>/g, '').replace(/&quot;/g, '\"').replace(/&#39;|&#x27;/g, \"'\").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&')
    for (const [, row] of text.matchAll(/<tr>(.*?)<\/tr>/gs)) console.log([...row.matchAll(/<t[dh][^>]*>(.*?)<\/t[dh]>/gs)].map((cell) => plain(cell[1])).join('|'))" "$1"
}

step "An election, sealed"
start_office
ctl demo "$work/files" --electors 200 --seed 5 >/dev/null
awk 'NR == 1 { print $0 ";organisations"; next } /^ctm;1;/ { print $0 ";Alize = 60 | Bise = 40"; next } { print $0 ";" }' "$work/files/listes.csv" >"$work/listes" && mv "$work/listes" "$work/files/listes.csv"
ctl import "$work/files" >/dev/null
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >/dev/null
logo=iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQAAAAA3iMLMAAAADElEQVR4nGNgIA0AAAAwAAEWiZrRAAAAAElFTkSuQmCC
sql "INSERT INTO list_logo SELECT l.id, SHA2(FROM_BASE64('$logo'), 256), 16, 16, FROM_BASE64('$logo') FROM candidate_list l JOIN scrutin s ON s.id = l.scrutin_id WHERE s.code = 'ctm' AND l.position = 2"
refuse 1 "aucun des scrutins choisis n’est scellé" ctl minutes "$work/pv"
ctl seal --trustees "$work/keys" --notices "$work/notices" >/dev/null
check "19 procès-verbaux" ctl minutes "$work/sealing"
grep -q "Pas encore proclamés" "$work/sealing/ctm.pv.html" || fail "minutes of the sealing show results"
grep -q "Le vote n’est pas ouvert" "$work/sealing/ctm.pv.html" || fail "minutes of the sealing show a vote"

step "Voted, closed, counted by holders 1 and 3, proclaimed"
ctl open >/dev/null
start_sceau
ctl rehearse --ballots 400 --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote" >/dev/null
ctl close >/dev/null
wait_for_urne
for number in 1 3; do for key in "$work"/keys/*.porteur-$number.cle; do ctl decrypt --key "$key" >/dev/null; done; done
ctl tally >/dev/null
ctl proclaim --yes >/dev/null || true
for scrutin in $(sql "SELECT code FROM scrutin WHERE state = 'tallied'"); do
  draws=
  for _ in 1 2 3 4 5 6 7 8 9; do
    ctl proclaim --yes --scrutin "$scrutin" ${draws:+--draw "$draws"} >"$work/tie" 2>/dev/null && break
    list=$(sed -n 's/^Égalité à [^ ]* entre \([0-9]*\) .*/\1/p' "$work/tie")
    draws=${draws:+$draws,}$scrutin=$list
  done
done
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state <> 'proclaimed'")" = 0 ] || fail "a scrutin is not proclaimed"

step "The minutes: figures, seats and draws of each scrutin, who used a share, and every act of the journal"
printf 'bureau;porteur;nom;qualite\nBureau de vote électronique national;1;Mme Présidente;présidente\nBureau de vote électronique national;2;M. Délégué <b>;délégué de liste\n' >"$work/porteurs.csv"
check "19 procès-verbaux" ctl minutes "$work/pv" --porteurs "$work/porteurs.csv"
for code in $(sql 'SELECT code FROM scrutin'); do
  rows "$work/pv/$code.pv.html" | sed 's/\xe2\x80\xaf//g' >"$work/rows"
  sql "SELECT CONCAT(l.position, '|', l.name, '|', r.votes, '|') FROM scrutin s JOIN candidate_list l ON l.scrutin_id = s.id JOIN result_list r ON r.candidate_list_id = l.id WHERE s.code = '$code'" |
    while read -r line; do grep -qF -- "$line" "$work/rows" || fail "$code: no row $line"; done
  read -r inscrits votants blancs <<<"$(sql "SELECT r.inscrits, r.votants, r.blancs FROM result r JOIN scrutin s ON s.id = r.scrutin_id WHERE s.code = '$code'")"
  for line in "Inscrits|$inscrits|" "Votants|$votants|" "Votes blancs|$blancs|" "Émargements|$votants" "Bulletins dans l’urne|$votants"; do
    grep -q "^$line" "$work/rows" || fail "$code: no row $line"
  done
  # The last step has the seats that were proclaimed.
  seats=$(sql "SELECT GROUP_CONCAT(CONCAT(l.position, ' : ', r.seats) ORDER BY l.position SEPARATOR ' ; ') FROM scrutin s JOIN candidate_list l ON l.scrutin_id = s.id JOIN result_list r ON r.candidate_list_id = l.id WHERE s.code = '$code'")
  [ "$votants" = "$blancs" ] || grep -qF -- "|$seats" "$work/rows" || fail "$code: the steps do not end with $seats"
  for holder in 1 3; do grep -qE "^$holder\|.*\|[a-z]+ [0-9]" "$work/rows" || fail "$code: share $holder was used"; done
  grep -qE '^2\|.*\|non employée$' "$work/rows" || fail "$code: share 2 was not used"
  pdftotext -layout "$work/pv/$code.pv.pdf" "$work/text" 2>/dev/null
  for words in "Procès-verbal" "destruction des parts de la clé" "Secrétaire" "Proclamés"; do grep -qF "$words" "$work/text" || fail "$code: the document lacks $words"; done
  pdfinfo "$work/pv/$code.pv.pdf" >"$work/info" 2>/dev/null
  grep -qE '^Tagged: +yes' "$work/info" || fail "$code: the document is not tagged"
  grep -q "À conserver deux ans, jusqu’au .* $(($(sql 'SELECT YEAR(UTC_TIMESTAMP())') + 2))" "$work/pv/$code.pv.html" || fail "$code: until when it is kept is not told"
  drawn=$(sql "SELECT (LENGTH(detail) - LENGTH(REPLACE(detail, ' tirage=', ''))) DIV 8 FROM audit WHERE action = 'proclaim' AND detail LIKE '$code %'")
  [ "$(grep -c '<p>Tirage au sort par le bureau entre' "$work/pv/$code.pv.html" || true)" = "$drawn" ] || fail "$code: $drawn draws are not told"
  passed=$((passed + 1))
done
grep -qF 'Mme Présidente, présidente' "$work/pv/ctm.pv.html" || fail "the holder's name is missing"
! grep -qF '<b>' "$work/pv/ctm.pv.html" || fail "a name is markup"
rows "$work/pv/ctm.pv.html" >"$work/rows"
for action in seal open close frozen tally proclaim; do
  id=$(sql "SELECT id FROM audit WHERE action = '$action' AND detail LIKE 'ctm %'")
  grep -q "^$id|" "$work/rows" || fail "entry $id, $action, is not in the minutes"
done
! grep -qF 'capd-' "$work/rows" || fail "an act of another scrutin is in the minutes"
sha=$(sha256sum "$work/pv/ctm.pv.html" | cut -d' ' -f1)
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'minutes' AND detail LIKE 'ctm html=$sha %'")" = 1 ] || fail "the journal does not have the minutes' digest"

step "A common list: its votes by union in the minutes, and the same from « seats » by the sealed key"
check '"unions":[{' ctl results --scrutin ctm
ctl results --scrutin ctm --question >"$work/question"
ctl seats <"$work/question" >"$work/answer"
node -e "const fs = require('fs'), answer = JSON.parse(fs.readFileSync(process.argv[1])), result = JSON.parse(fs.readFileSync(process.argv[2]))
  const value = text => { const [part, whole] = String(text).split('/'); return part / (whole ?? 1) }
  for (const { name, votes } of result.unions.filter(({ list }) => list === 1)) if (answer.unions[name] !== votes) throw new Error(name + ' has ' + votes + ', seats says ' + answer.unions[name])
  if (Math.abs(value(result.unions[0].votes) + value(result.unions[1].votes) - result.lists[0].votes) > 1e-6) throw new Error('votes are lost')
  for (const { name, seats } of result.lists) if (answer.seats[name] !== seats) throw new Error(name + ' has ' + seats + ' seats, seats says ' + answer.seats[name])
  console.log(result.unions[0].votes)" "$work/answer" <(ctl results --scrutin ctm) >"$work/shared"
rows "$work/pv/ctm.pv.html" | sed 's/\xe2\x80\xaf//g' >"$work/rows"
grep -q "^Alize|1|$(awk -F/ '{ v = $2 ? $1 / $2 : $1; print (v == int(v)) ? v : sprintf("%d,%02d", int(v), int((v - int(v)) * 100 + 1e-9)) }' "$work/shared")$" "$work/rows" || fail "the minutes do not share the votes"
sql "UPDATE list_union SET share = 5000"
refuse 1 "union" ctl integrity --scrutin ctm
sql "UPDATE list_union SET share = IF(position = 1, 6000, 4000)"

step "A changed proclamation, a changed journal: no minutes are made of them"
sql "UPDATE proclamation SET text = REPLACE(text, 'counts', 'counts ') WHERE scrutin_id = 1"
refuse 65 "la proclamation de la base n’est pas celle du journal" ctl minutes "$work/bad" --scrutin ctm
sql "UPDATE proclamation SET text = REPLACE(text, 'counts ', 'counts') WHERE scrutin_id = 1"
check "1 procès-verbal" ctl minutes "$work/bad" --scrutin ctm
refuse 65 "ligne 2, colonne porteur" bash -c "printf 'bureau;porteur;nom;qualite\nX;zéro;Y;Z\n' >'$work/p.csv'; '$bin/scrutinctl' --config '$work/portail.toml' --secrets '$work/secrets/scrutinctl' minutes '$work/bad' --porteurs '$work/p.csv'"
refuse 1 "pv.html" full "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" minutes "$work/bad" --scrutin ctm

step "One folder for each scrutin: checked by our verifier without a database, and its archive by the reference tool"
refuse 65 "--out DOSSIER est attendu" ctl bundle
for _ in $(seq 100); do [ "$(sql 'SELECT MAX(size) FROM urne.journal_head')" = "$(sql 'SELECT COUNT(*) FROM audit')" ] && break; sleep 0.2; done
check "19 dossiers, chacun vérifié" ctl bundle --out "$work/dossiers" --porteurs "$work/porteurs.csv"
verify=$bin/scrutin-verify
one=$work/dossiers/ctm
digest=$(sha256sum "$one/SHA256SUMS" | cut -d' ' -f1)
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'bundle' AND detail = 'ctm $digest'")" = 1 ] || fail "the journal does not have the bundle's digest"
check "all checks passed" "$verify" bundle "$one" --digest "$digest" --fingerprint "$(ctl seal show --scrutin ctm | sed -n 's/^ *empreinte de l’affiche *//p')"
refuse 1 "--digest" "$verify" bundle "$one" --digest "$(tr 0-9a-f 1-9a-f0 <<<"$digest")"
refuse 1 "n’est pas celle de cette empreinte" "$verify" bundle "$one" --fingerprint '0000 0000 0000 0000 0000 0000 0000 0000'
(cd "$one" && sha256sum --quiet -c SHA256SUMS) || fail "sha256sum refuses the bundle"
refuse 1 "existe déjà" ctl bundle --out "$work/dossiers" --scrutin ctm
for code in $(sql "SELECT code FROM scrutin WHERE crypto_group = 'BELENIOS-2048'"); do
  cp -r "$work/dossiers/$code/archive" "$work/$code"
  judge_with_reference_tool "$work/$code"
done

step "Published from the bundles: what everybody may see, each file under its digest, its list in the journal"
refuse 65 "[portal] papers" ctl bundle publish "$work/dossiers"
sed -i "s|^base_url.*|&\npapers = \"$work/papers\"|" "$work/portail.toml"
few=$(sql "SELECT COALESCE(MAX(s.code), '') FROM scrutin s JOIN result r ON r.scrutin_id = s.id WHERE r.votants BETWEEN 1 AND 4")
check "pièces publiées" ctl bundle publish "$work/dossiers" --scrutin ctm
published() { sql "SELECT CONCAT(p.digest, '  ', p.name) FROM paper p JOIN scrutin s ON s.id = p.scrutin_id WHERE s.code = '$1' AND p.name <> 'SHA256SUMS' ORDER BY p.name"; }
uuid=$(sql "SELECT uuid FROM scrutin WHERE code = 'ctm'")
[ "$(published ctm | sed 's/.*  //' | tr '\n' ' ')" = "$(printf '%s\n' "$uuid.bel" "$uuid.checkpoint" "$uuid.preuves.json" "$uuid.scellement.txt" proces-verbal.html proces-verbal.pdf proclamation.txt | LC_ALL=C sort | tr '\n' ' ')" ] || { published ctm >&2; fail "other papers than those for everybody"; }
[ "$(find "$work/papers" -type f | wc -l)" = 8 ] || fail "other files than the published ones"
for file in "$work"/papers/ctm/*; do [ "$(sha256sum <"$file" | cut -d' ' -f1)" = "$(basename "$file")" ] || fail "$file is not what its name says"; done
[ -z "$(find "$work/papers" -type f ! -perm 0644 -o -type d ! -perm 0755)" ] || fail "nginx could not read what is published, or others could write it"
list=$(sql "SELECT p.digest FROM paper p JOIN scrutin s ON s.id = p.scrutin_id WHERE s.code = 'ctm' AND p.name = 'SHA256SUMS'")
[ "$(published ctm | sha256sum | cut -d' ' -f1)" = "$list" ] || fail "the list is not that of the files"
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'papers' AND detail LIKE 'ctm $list dossier=$digest%'")" = 1 ] || fail "the journal does not have the list's digest"
paper() { printf '%s/papers/ctm/%s' "$work" "$({ published ctm; echo "$list  SHA256SUMS"; } | awk -v name="$1" '$2 == name { print $1 }')"; }
cmp -s "$(paper "$uuid.bel")" "$one/archive/$uuid.bel" || fail "another archive than the bundle's is published"
mkdir "$work/elector" && for name in "$uuid.bel" "$uuid.preuves.json" "$uuid.checkpoint" "$uuid.scellement.txt"; do cp "$(paper "$name")" "$work/elector/$name"; done
check "all checks passed" "$verify" "$work/elector/$uuid.bel"

step "The published minutes have every figure, and neither an officer, a holder nor the words of an act"
rows "$(paper proces-verbal.html)" | sed 's/\xe2\x80\xaf//g' >"$work/rows"
grep -q "^Votants|$(sql "SELECT r.votants FROM result r JOIN scrutin s ON s.id = r.scrutin_id WHERE s.code = 'ctm'")|" "$work/rows" || fail "published minutes lack a figure"
for action in seal open close proclaim; do grep -q "^$(sql "SELECT id FROM audit WHERE action = '$action' AND detail LIKE 'ctm %'")|" "$work/rows" || fail "published minutes lack act $action"; done
actor=$(sql "SELECT actor FROM audit WHERE action = 'seal' LIMIT 1")
for words in "par $actor" "|$actor|" "Mme Présidente" "Délégué" "motif=" "$(sql "SELECT detail FROM audit WHERE action = 'frozen' AND detail LIKE 'ctm %'")" "Signatures"; do
  ! grep -qF -- "$words" "$(paper proces-verbal.html)" || fail "published minutes say « $words »"
done
pdftotext -layout "$(paper proces-verbal.pdf)" "$work/text" 2>/dev/null
! grep -qF "par $actor" "$work/text" || fail "the published document names an officer"
[[ "$(tr -d '\n ' <"$work/text")" == *"$digest"* ]] || fail "the published document does not name the bundle"
pdfinfo "$(paper proces-verbal.pdf)" >"$work/info" 2>/dev/null
grep -qE '^Tagged: +yes' "$work/info" || fail "the published document is not tagged"

step "Again, two at once, killed anywhere, on a full disk, changed on the disk: published once and whole, or not at all"
before=$(published ctm)
check "déjà publié, rien ne change" ctl bundle publish "$work/dossiers" --scrutin ctm
[ "$(published ctm)" = "$before" ] || fail "published twice"
other=$(sql "SELECT code FROM scrutin WHERE crypto_group = 'Ed25519' AND code <> 'ctm' ORDER BY position LIMIT 1")
[ "$other" != "$few" ] || few=
for delay in 0 0.02 0.05 0.1 0.15 0.2 0.3; do
  ctl_alone bundle publish "$work/dossiers" --scrutin "$other" >/dev/null 2>&1 & stopped=$!
  sleep "$delay"
  kill -KILL "$stopped" 2>/dev/null || true
  wait "$stopped" 2>/dev/null || true
  for name in $(published "$other" | cut -d' ' -f1); do [ "$(sha256sum <"$work/papers/$other/$name" | cut -d' ' -f1)" = "$name" ] || fail "a paper is offered that is not whole"; done
  [ -z "$(published "$other")" ] || sql "DELETE p FROM paper p JOIN scrutin s ON s.id = p.scrutin_id WHERE s.code = '$other'"
done
sql "DELETE p FROM paper p JOIN scrutin s ON s.id = p.scrutin_id WHERE s.code = '$other'"
refuse 1 "papers" full "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" bundle publish "$work/dossiers" --scrutin "$other" --again
[ -z "$(published "$other")" ] || fail "published on a full disk"
ctl_alone bundle publish "$work/dossiers" --scrutin "$other" >"$work/first" 2>&1 & first=$!
ctl_alone bundle publish "$work/dossiers" --scrutin "$other" >"$work/second" 2>&1 & second=$!
wait "$first" || true
wait "$second" || true
ctl bundle publish "$work/dossiers" --scrutin "$other" >/dev/null
[ "$(find "$work/papers/$other" -type f | wc -l)" = 8 ] || fail "pieces of a publication stay behind"
logo_file=$work/papers/_logos/$(base64 -d <<<"$logo" | sha256sum | cut -d' ' -f1).png
refuse 1 "$logo_file (logo de « " ctl integrity --scrutin ctm
mkdir "$work/papers/_logos" && base64 -d <<<"$logo" >"$logo_file"
check "1 scrutin intact" ctl integrity --scrutin ctm
for file in "$logo_file" "$(paper "$uuid.bel")" "$(paper SHA256SUMS)"; do
  cp "$file" "$work/kept"
  node -e "const fs = require('fs'), path = process.argv[1], bytes = fs.readFileSync(path), at = Math.floor(bytes.length / 2); bytes[at] ^= 1; fs.writeFileSync(path, bytes)" "$file"
  refuse 1 "$file (" ctl integrity --scrutin ctm
  rm "$file"
  refuse 1 "ce fichier manque" ctl integrity --scrutin ctm
  cp "$work/kept" "$file"
  touch "$(dirname "$file")/${list%????}beef.png"
  refuse 1 "$(dirname "$file")/${list%????}beef.png : ce fichier est de trop" ctl integrity --scrutin ctm
  rm "$(dirname "$file")/${list%????}beef.png"
done
mkdir "$work/papers/elsewhere"
refuse 1 "$work/papers/elsewhere : ce fichier est de trop" ctl integrity --scrutin ctm
rmdir "$work/papers/elsewhere"
sql "UPDATE list_logo SET digest = REVERSE(digest)"
refuse 1 "la page nomme un autre logo que celui qui est scellé" ctl integrity --scrutin ctm
sql "UPDATE list_logo SET digest = REVERSE(digest)"
check "pièces publiées, avec leurs empreintes" bash -c "'$bin/scrutinctl' --config '$work/portail.toml' --secrets '$work/secrets/scrutinctl' integrity --scrutin ctm --page '$work/i.pdf' >/dev/null; pdftotext '$work/i.pdf' - 2>/dev/null | tr '\n' ' '"
printf x >>"$(paper proces-verbal.html)"
refuse 1 "$(paper proces-verbal.html) (proces-verbal.html) : ce fichier n’a plus l’empreinte" ctl integrity --scrutin ctm
refuse 1 "--again les publie à nouveau" ctl bundle publish "$work/dossiers" --scrutin ctm
check "pièces publiées" ctl bundle publish "$work/dossiers" --scrutin ctm --again
sql "UPDATE paper SET digest = REVERSE(digest) WHERE name = 'proces-verbal.pdf' AND scrutin_id = 1"
refuse 1 "n’est pas celle du journal des actes" ctl integrity --scrutin ctm
check "pièces publiées" ctl bundle publish "$work/dossiers" --scrutin ctm --again
mkdir -p "$work/forged" && cp -r "$one" "$work/forged/ctm" && echo x >>"$work/forged/ctm/LISEZMOI.txt"
refuse 1 "LISEZMOI.txt n’a pas l’empreinte" ctl bundle publish "$work/forged" --scrutin ctm --again
(cd "$work/forged/ctm" && find . -type f ! -name SHA256SUMS -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
refuse 65 "le journal des actes n’a pas ce dossier" ctl bundle publish "$work/forged" --scrutin ctm --again
if [ -n "$few" ]; then check "pièces publiées" ctl bundle publish "$work/dossiers" --scrutin "$few"; fi

step "One byte changed in any of its files, one file more, one less: found"
find "$one" -type f -printf '%P\n' | sort >"$work/files-of-bundle"
while read -r file; do
  rm -rf "$work/copy"
  cp -r "$one" "$work/copy"
  node -e "const fs = require('fs'), path = process.argv[1], bytes = fs.readFileSync(path), at = Math.floor(bytes.length / 2); bytes[at] ^= 1; fs.writeFileSync(path, bytes)" "$work/copy/$file"
  refuse 1 "Refus : " "$verify" bundle "$work/copy"
done <"$work/files-of-bundle"
rm -rf "$work/copy" && cp -r "$one" "$work/copy" && echo more >"$work/copy/archive/more.txt"
refuse 1 "archive/more.txt n’est pas dans SHA256SUMS" "$verify" bundle "$work/copy"
rm "$work/copy/archive/more.txt" "$work/copy/cles.txt"
refuse 1 "cles.txt est dans SHA256SUMS et n’est pas là" "$verify" bundle "$work/copy"
refuse 2 "n’a pas de liste SHA256SUMS" "$verify" bundle "$work/pv"

step "A forger who writes the list anew: what the archive proves, the journal chains and the keys sign still tells"
forge() { # forge SENTENCE FILE SED…
  local wanted=$1 file=$2
  shift 2
  rm -rf "$work/copy"
  cp -r "$one" "$work/copy"
  sed -i "$@" "$work/copy/$file"
  ! cmp -s "$one/$file" "$work/copy/$file" || fail "nothing was forged in $file"
  (cd "$work/copy" && find . -type f ! -name SHA256SUMS -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum >SHA256SUMS)
  refuse 1 "$wanted" "$verify" bundle "$work/copy"
}
votes=$(awk -F'\t' '$1 == "list" && $2 == 1 { print $5 }' "$one/proclamation.txt")
forge "les voix de la liste 1 ne sont pas celles de l’archive" proclamation.txt -E "s/^(list\t1\t.*\t)$votes\t/\1$((votes + 1))\t/"
forge "les blancs ne sont pas ceux de l’archive" proclamation.txt -E 's/^(counts\t[0-9]+\t[0-9]+\t)[0-9]+/\199999/'
forge "voix ou sièges de la liste 1 ne sont pas ceux de la proclamation" proces-verbal.html -E '/<td>1<\/td>/s/<td>[^<]*<\/td><\/tr>/<td>77<\/td><\/tr>/'
forge "« Votants » n’est pas" proces-verbal.html 's/<td>Votants<\/td><td>/&1/'
forge "la chaîne est rompue à l’entrée 3" journal.txt -E '3s/^(3\t[^\t]*\t)[^\t]*/\1nobody/'
forge "des entrées manquent" journal.txt '5,$d'
forge "n’est pas signée par la clé du scellement" journal.checkpoint '2s/.*/999999/'
forge "n’est pas la liste scellée" programmes.txt '$d'
forge "n’est pas celui que l’élection nomme" scellement/texte 's/^seats\t/&1/'
forge "Refus : archive" "archive/$(cd "$one/archive" && echo *.bel)" 's/"beta":"1/"beta":"2/;s/"response":"\(.\)/"response":"\1\1/'

step "Stopped anywhere, a bundle has no name; made again, it has all"
in_background() { exec "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" bundle --out "$work/again" --scrutin ctm; }
for delay in 0.05 0.1 0.2 0.3; do
  in_background >/dev/null 2>&1 & stopped=$!
  sleep "$delay"
  kill -KILL "$stopped" 2>/dev/null || true
  wait "$stopped" 2>/dev/null || true
  [ ! -e "$work/again/ctm" ] || { "$verify" bundle "$work/again/ctm" >/dev/null || fail "a bundle with its name is not whole"; rm -r "$work/again/ctm"; }
done
check "1 dossier, chacun vérifié" ctl bundle --out "$work/again" --scrutin ctm
[ "$(ls "$work/again")" = ctm ] || fail "pieces of a bundle stay behind"

sql "UPDATE audit SET actor = 'nobody' WHERE id = 2"
refuse 65 "journal rompu à l’entrée 2" ctl minutes "$work/bad"

printf '\npapers.sh: %d checks passed\n' "$passed"
