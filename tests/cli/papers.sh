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
ctl import "$work/files" >/dev/null
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >/dev/null
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
  for words in "Procès-verbal" "Destruction des parts de la clé" "Secrétaire" "Proclamés"; do grep -qF "$words" "$work/text" || fail "$code: the document lacks $words"; done
  pdfinfo "$work/pv/$code.pv.pdf" >"$work/info" 2>/dev/null
  grep -qE '^Tagged: +yes' "$work/info" || fail "$code: the document is not tagged"
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

step "A changed proclamation, a changed journal: no minutes are made of them"
sql "UPDATE proclamation SET text = REPLACE(text, 'counts', 'counts ') WHERE scrutin_id = 1"
refuse 65 "la proclamation de la base n’est pas celle du journal" ctl minutes "$work/bad" --scrutin ctm
sql "UPDATE proclamation SET text = REPLACE(text, 'counts ', 'counts') WHERE scrutin_id = 1"
check "1 procès-verbal" ctl minutes "$work/bad" --scrutin ctm
refuse 65 "ligne 2, colonne porteur" bash -c "printf 'bureau;porteur;nom;qualite\nX;zéro;Y;Z\n' >'$work/p.csv'; '$bin/scrutinctl' --config '$work/portail.toml' --secrets '$work/secrets/scrutinctl' minutes '$work/bad' --porteurs '$work/p.csv'"
refuse 1 "pv.html" full "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" minutes "$work/bad" --scrutin ctm
#BUNDLE
sql "UPDATE audit SET actor = 'nobody' WHERE id = 2"
refuse 65 "journal rompu à l’entrée 2" ctl minutes "$work/bad"

printf '\npapers.sh: %d checks passed\n' "$passed"
