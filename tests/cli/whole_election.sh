#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A whole election as an office runs it, by its commands alone: twenty scrutins, both groups, four bureaux whose holders keep their keys on
# media of their own, a rehearsal first. Read it from top to bottom: it is the office's list of what to do, and when. Between the
# acts it tries what goes wrong in life: each command in the wrong order (whole_wrong_orders.txt), twice, killed, stopped by Ctrl-C; tables that
# somebody edits.
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

mark "The ministry's files: twenty scrutins, four bureaux de vote"
make_files "$top/files"

mark "Weeks before: each bureau's ceremony, every holder on his own medium"
each_bureau ceremony

mark "The rehearsal, in one command: the same files marked « essai », the same keys on the same media; first it is killed"
work=$top/essai
rehearsal; kill -KILL "$rehearsal"; wait "$rehearsal" 2>/dev/null || true
rehearsal
each_holder note
rehearsal_says "holders decrypt"
each_holder decrypt_if_needed
wait "$rehearsal" || { cat "$top/rehearsal.log" >&2; fail "the rehearsal fails"; }

mark "The real one: imported, corrected by a second import, published"
new_office election
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

mark "Candidatures for the CAS: deposited by two unions, one refused and deposited again, accepted, in the order of a draw, published"
camille candidatures rule --scrutin cas --at-least 1 --at-most 2
for list in Verger Moulin; do
  check "délégué :" candidature "$list" open --delegate "$(sql 'SELECT email FROM voter WHERE id = 20')" --from "$(paris '-1 day')" --until "$(paris '+1 day')"
  write_list "$list" 2
done
sed -i '$s/;[^;]*;/;Personne;/' "$work/Verger/candidats.csv"
check "Déposée sous le n°" candidature Verger deposit "$work/Verger" --name "Liste du Verger"
refuse 1 "n’est électeur" camille candidatures accept "$(deposit Verger)"
check "" camille candidatures refuse "$(deposit Verger)" --raison "Le n° 2 n’est pas électeur du CAS."
write_list Verger 1
for list in Verger Moulin; do
  killed candidature "$list" deposit "$work/$list" --name "Liste du $list"
  check "" candidature "$list" deposit "$work/$list" --name "Liste du $list"
  again "rien n’est changé" candidature "$list" deposit "$work/$list" --name "Liste du $list"
done
refuse 1 "le dépôt est ouvert jusqu’au" camille candidatures order 2 1 --scrutin cas --acte "tirage au sort"
for list in Verger Moulin; do candidature "$list" open --until "$(paris '-1 hour')"; done
too_early_or_late deposited
for list in Verger Moulin; do check "" camille candidatures accept "$(deposit "$list")"; done
refuse 1 "son rang n’est pas dit" camille candidatures publish --scrutin cas
check "2 listes rangées" camille candidatures order 1 2 --scrutin cas --acte "tirage au sort du bureau national"
refuse 1 "--remplace met celles-ci à leur place" camille candidatures publish --scrutin cas
killed camille candidatures publish --scrutin cas --remplace
check "" camille candidatures publish --scrutin cas --remplace
again "ces listes y sont déjà" camille candidatures publish --scrutin cas

mark "Published: rolls and candidatures are to be seen"
killed camille publish
check "" camille publish
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
killed ctl dossier export "$work/dossiers"
check ".bel : " ctl dossier export "$work/dossiers"
each_holder decrypt_if_needed
killed camille dossier import "$work"/reponses/*.json
check "" camille dossier import "$work"/reponses/*.json
again "déjà là" camille dossier import "$work"/reponses/*.json
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
killed ctl minutes "$work/pv"
check "20 procès-verbaux" ctl minutes "$work/pv"
for _ in $(seq 100); do [ "$(sql 'SELECT MAX(size) FROM urne.journal_head')" = "$(sql 'SELECT COUNT(*) FROM audit')" ] && break; sleep 0.2; done
killed ctl bundle --out "$work/bundles"
check "chacun vérifié" ctl bundle --out "$work/bundles-2"
grep -q "Liste du Verger" "$work/bundles-2/cas/scellement/texte" || fail "a deposited list is not in its bundle"
for bundle in "$work"/bundles-2/*; do check "all checks passed" "$bin/scrutin-verify" bundle "$bundle"; done
for code in $(sql "SELECT code FROM scrutin WHERE crypto_group = 'BELENIOS-2048'"); do
  mkdir "$work/$code"; cp "$work/bundles-2/$code"/archive/*.bel "$work/$code"
  judge_with_reference_tool "$work/$code"
done
check "20 scrutins intacts" ctl integrity
check "Journal intact" ctl audit verify
mark "Done"; printf '\nwhole_election.sh: %d checks passed in %d s\n' "$passed" "$SECONDS"
