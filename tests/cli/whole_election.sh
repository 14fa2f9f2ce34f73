#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A whole election as an office runs it, by its commands alone: twenty scrutins, both groups, four bureaux whose holders keep their keys on
# media of their own, a rehearsal first. Read it from top to bottom: it is the office's list of what to do, and when. Between the
# acts it tries what goes wrong in life: each command in the wrong order, twice, killed; tables that somebody edits.
#
#   tests/cli/whole_election.sh [BIN]        BIN: folder of the built programs (default: build/bin)
#   ELECTORS=10000 BALLOTS=5000 MEASURE=1 tests/cli/whole_election.sh        another size; seconds and memory of each phase
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"
. "$(dirname "${BASH_SOURCE[0]}")/whole_support.sh"
electors=${ELECTORS:-300} ballots=${BALLOTS:-600} top=$work extra_folder=$work
# shellcheck disable=SC2120
seal() { camille seal --trustees "$top/publiques" --notices "$work/notices" "$@"; }
mkdir -p "$top/cles" "$top/publiques"

# When | status | words of the refusal | what was tried.
wrong_orders="
empty     | 65 | scrutinctl import d’abord | camille publish
empty     | 65 | scrutinctl import d’abord | camille codes --notices '$top/x'
empty     | 65 | scrutinctl import d’abord | seal
empty     | 65 | scrutinctl import d’abord | camille open
empty     | 65 | scrutinctl import d’abord | camille tally
empty     | 65 | scrutinctl import d’abord | camille proclaim --yes
empty     | 65 | scrutinctl import d’abord | ctl bundle --out '$top/x'
coded     | 1 | des codes de vote sont déjà faits | camille import '$top/files' --yes
sealed open proclaimed | 1 | le scellement fige les listes électorales | camille import '$top/files' --yes
published | 65 | n’existe pas | ctl notices '$top/x'
sealed    | 1 | les codes ne changent plus que par le réassort | camille codes --notices '$top/x'
sealed    | 1 | les codes ne changent plus que par le réassort | camille codes reissue --lot 1 --notices '$top/x'
sealed    | 1 | l’élection est scellée | camille roll strike --elector \"\$struck\" --raison x
sealed    | 1 | le scellement a fixé les dates du vote | camille calendar set vote_closes maintenant
imported  | 65 | --answers DOSSIER est attendu | seal
sealed open closed tallied | 1 | il ne revient pas à « published » | camille publish
imported published | 1 | il doit d’abord être « sealed » | camille open
sealed    | 1 | le vote ouvre | camille open
closed tallied proclaimed | 1 | il ne revient pas à « open » | camille open
imported published sealed | 1 | il doit d’abord être « open » | camille close
open      | 1 | 30 minutes de plus | camille close
tallied proclaimed | 1 | il ne revient pas à « closed » | camille close
imported sealed closed | 1 | seul un vote ouvert se suspend | camille suspend --authority x
open      | 1 | il n’est pas suspendu | camille resume --authority x
tallied proclaimed | 1 | ou clos et pas encore dépouillé, s’annule | camille annul --authority x
published | 1 | aucun des scrutins choisis n’est scellé | ctl dossier export '$top/x'
published | 1 | aucun des scrutins choisis n’est scellé | ctl minutes '$top/x'
published | 1 | aucun des scrutins choisis n’est scellé | ctl poster '$top/x.pdf'
imported published sealed open | 1 | le dépouillement suit la clôture | camille tally
published sealed open | 1 | il n’est pas dépouillé | camille proclaim --yes
closed    | 1 | encore être proclamés | camille proclaim --yes
tallied   | 65 | n’a pas de liste 7 | camille proclaim --yes --scrutin cas --draw cas=7
sealed open closed tallied | 1 | pas encore proclamé, pas de dossier | ctl bundle --out '$top/x'
"

mark "The ministry's files: twenty scrutins, four bureaux de vote"
make_files "$top/files" "Élections professionnelles 2026" false
make_files "$top/files-essai" "Élections professionnelles 2026 – essai" true

mark "Weeks before: each bureau's ceremony, every holder on his own medium"
each_bureau ceremony

mark "The rehearsal, marked « essai », with the same keys on the same media"
new_office essai 1
camille import "$top/files-essai" --yes
camille publish
seal
ctl dossier export "$work/scellement"
each_holder note
camille open
start_sceau
votes "$work/notices/notices.csv" --ballots 200
camille close
wait_for_urne
ctl dossier export "$work/dossiers"
each_holder decrypt_if_needed
camille dossier import "$work"/replies/*.json
camille tally
ctl export "$work/archives"
stop_office

mark "The real one: imported, corrected by a second import, published"
new_office election 0
too_early_or_late empty
check "Essai à blanc" ctl import "$top/files" --dry-run
killed camille import "$top/files" --yes
check "" camille import "$top/files" --yes
again "déjà importé" camille import "$top/files" --yes
cp -r "$top/files" "$top/files-2"
sed -i -e '$d' -e '3s/^\([^;]*;[^;]*\);[^;]*;/\1;Nouveaunom;/' "$top/files-2/electeurs.csv"
echo "lise.nouvelle@ac-poitiers.example;Mme;Nouvelle;Lise;19E0000009ZZZ;01/02/1970;PES;Professeur des écoles stagiaire;École Les Iris;poitiers;079;Secrétariat" >>"$top/files-2/electeurs.csv"
camille import "$top/files-2" --yes | tee "$work/diff"
too_early_or_late imported
check "20 scrutins publiés" camille publish
again "l’étaient déjà" camille publish
too_early_or_late published

mark "Codes de vote, notices for the printer"
killed camille codes --notices "$work/notices"
check "" camille codes --notices "$work/notices"
[ "$(sql 'SELECT COUNT(*) FROM envelope')" = "$electors" ] || fail "an elector has no code"
again "Chaque électeur a son code de vote" camille codes --notices "$work/notices"
too_early_or_late coded
killed ctl notices "$work/notices"
check " notices pour" ctl notices "$work/notices"
place=$(sql "SELECT notice_place FROM voter GROUP BY notice_place ORDER BY COUNT(*) DESC LIMIT 1")
check "1 pli non remis" camille notices undelivered --place "$place" --count 1
check "1 détruit" camille notices destroyed --place "$place" --count 1 --temoin "Mme Témoin"

mark "Until the eve: the roll changes, each time by two officers; then the missing codes"
struck=$(sql "SELECT email FROM voter WHERE id = 11") moved=$(sql "SELECT email FROM voter WHERE id = 12")
both roll strike --elector "$struck" --raison "Mutation hors du périmètre"
both roll correct --elector "$moved" --nom "Autrenom"
both roll scrutins --elector "$moved" --ajoute cas --raison "Décision du bureau"
move_clock vote_opens -1440
both roll reinstate --elector "$struck"
check "2" camille codes --notices "$work/notices"
check "plis à retirer" ctl codes withdrawn
check "2 notices pour" ctl notices "$work/notices" --lot 2

mark "The eve: every medium answers the question of the day, and all is sealed"
question=$(camille seal challenge | sed -n 's/^La question du jour.* : \(Scellement .*\)$/\1/p')
each_holder answer "$question"
refuse 65 "--rehearsal DOSSIER est attendu" seal --answers "$work/answers"
killed seal --answers "$work/answers" --rehearsal "$top/essai/archives"
check "scellé" seal --answers "$work/answers" --rehearsal "$top/essai/archives"
again "déjà scellés" seal --answers "$work/answers" --rehearsal "$top/essai/archives"
check "20 scrutins" ctl poster "$work/affiche.pdf"
check "EMPREINTE DU SCELLEMENT" ctl dossier export "$work/scellement"
each_holder note  # which a holder may repeat
too_early_or_late sealed

mark "The vote: opened, a scrutin suspended and resumed by two officers, closed"
move_clock vote_opens 1
killed camille open
check "" camille open
again "l’étaient déjà" camille open
start_sceau
too_early_or_late open
votes "$work/notices/notices.csv" --scrutin cas --ballots 6 --seed 10
both suspend --scrutin cas --authority "Mme la présidente du bureau national"
votes "$work/notices/notices.csv" --ballots "$ballots"
[ "$(sql "SELECT COUNT(*) FROM emargement e JOIN scrutin s ON s.id = e.scrutin_id WHERE s.code = 'cas'")" = 6 ] || fail "votes entered a suspended scrutin"
both resume --scrutin cas --authority "Mme la présidente du bureau national"
move_clock vote_closes 31
killed camille close
check "" camille close
wait_for_urne
again "l’étaient déjà" camille close
refuse 1 "0 déchiffrement sur" camille tally
too_early_or_late closed

mark "Somebody edits the tables between seal and count: refused, and counted once they are as they were"
while IFS='|' read -r words edit undo; do
  [ -n "$edit" ] || continue
  sql "$edit"
  refuse 1 "" ctl integrity
  refuse 1 "$words" camille tally
  sql "$undo"
done <<EDITS
les tables diffèrent de ce qui est scellé|UPDATE candidate_list SET name = CONCAT(name, ' bis') WHERE id = 1|UPDATE candidate_list SET name = REPLACE(name, ' bis', '') WHERE id = 1
- seats 1|UPDATE scrutin SET seats = seats + 1 WHERE code = 'cas'|UPDATE scrutin SET seats = seats - 1 WHERE code = 'cas'
l’écart est à porter au procès-verbal|CREATE TABLE urne.kept AS SELECT * FROM urne.ballot ORDER BY ballot_hash LIMIT 1; DELETE b FROM urne.ballot b JOIN urne.kept k USING (ballot_hash)|INSERT INTO urne.ballot SELECT * FROM urne.kept; DROP TABLE urne.kept
EDITS
check "20 scrutins intacts" ctl integrity

mark "The count: holders decrypt at home, the office puts together"
check ".bel : " ctl dossier export "$work/dossiers"
each_holder decrypt_if_needed
killed camille dossier import "$work"/replies/*.json
check "" camille dossier import "$work"/replies/*.json
again "déjà là" camille dossier import "$work"/replies/*.json
killed camille tally
check "" camille tally
again "déjà" camille tally
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state = 'tallied'")" = 20 ] || fail "a scrutin is not tallied"

mark "Proclaimed; where lists are equal the bureau draws"
too_early_or_late tallied
killed camille proclaim --yes
camille proclaim --yes >"$work/said" 2>&1 || true
draw_where_equal
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state = 'proclaimed'")" = 20 ] || fail "a scrutin is not proclaimed"
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'proclaim' AND detail LIKE 'cas %tirage=%'")" = 1 ] || fail "the draw of cas is not in the journal"
again "déjà" camille proclaim --yes
too_early_or_late proclaimed
refuse 3 "égalité entre « Liste du Moulin », « Liste du Verger »" ctl seats <<<'{"seats":1,"votes":{"Liste du Moulin":3,"Liste du Verger":3}}'

mark "What stays: minutes, bundles, and what others say of them"
check "20 procès-verbaux" ctl minutes "$work/pv"
for _ in $(seq 100); do [ "$(sql 'SELECT MAX(size) FROM urne.journal_head')" = "$(sql 'SELECT COUNT(*) FROM audit')" ] && break; sleep 0.2; done
killed ctl bundle --out "$work/bundles"
check "chacun vérifié" ctl bundle --out "$work/bundles-2"
for bundle in "$work"/bundles-2/*; do check "all checks passed" "$bin/scrutin-verify" bundle "$bundle"; done
for code in $(sql "SELECT code FROM scrutin WHERE crypto_group = 'BELENIOS-2048'"); do
  mkdir "$work/$code"; cp "$work/bundles-2/$code"/archive/*.bel "$work/$code"
  judge_with_reference_tool "$work/$code"
done
check "20 scrutins intacts" ctl integrity
check "Journal intact" ctl audit verify
mark "Done"; printf '\nwhole_election.sh: %d checks passed in %d s\n' "$passed" "$SECONDS"
