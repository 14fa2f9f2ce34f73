#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A whole election in the shell, on a private MariaDB: from files to a count that a foreign program accepts. Read it from top to
# bottom to learn the office's commands; run it to test them.
#
#   tests/cli/election.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

step "A database server of our own, and the secrets of all processes"
start_office
check "base de données joignable" ctl schema check

step "The election's files: invented here, a ministry's own in real life"
ctl demo "$work/files" --electors 120 --seed 2026
refuse 65 "electeurs.csv, ligne 1, colonne numen : colonne absente" bash -c "
  cp -r '$work/files' '$work/bad' && sed -i '1s/;numen;/;matricule;/' '$work/bad/electeurs.csv' &&
  '$bin/scrutinctl' --config '$work/portail.toml' --secrets '$work/secrets/scrutinctl' import '$work/bad'"
check "Essai à blanc" ctl import "$work/files" --dry-run
[ "$(sql 'SELECT COUNT(*) FROM voter')" = 0 ] || fail "a dry run or a refused import stored electors"
check "120 électeurs" ctl import "$work/files"
[ "$(sql 'SELECT COUNT(*) FROM voter')" = 120 ] || fail "the count printed is not the count stored"
check "déjà importé" ctl import "$work/files"

step "Each bureau's key: three holders, two are enough"
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2

step "Sealing: a code de vote per elector, rolls and lists fixed"
refuse 1 "il doit d’abord être « sealed »" ctl open
ctl seal --trustees "$work/keys" --notices "$work/notices"
check "déjà scellés" ctl seal --trustees "$work/keys" --notices "$work/notices"
[ "$(stat -c %a "$work/notices/notices.csv")" = 600 ] || fail "the notices are readable by others"

short=$(ctl seal show --scrutin ctm | sed -n "s/^ *empreinte de l’affiche *//p")
# On the notices too: a line for each elector and scrutin, in their order, and nobody else reads it.
prints=$work/notices/empreintes.csv
[ "$(stat -c %a "$prints")" = 600 ] || fail "the notices' fingerprints are readable by others"
[ "$(($(wc -l <"$prints") - 1))" = "$(sql 'SELECT COUNT(*) FROM voter_scrutin')" ] || fail "an elector of a roll has no fingerprint"
[ "$(grep -c ";ctm;.*;$short\$" "$prints")" = "$(sql "SELECT COUNT(*) FROM voter_scrutin r JOIN scrutin s ON s.id = r.scrutin_id WHERE s.code = 'ctm'")" ] || fail "ctm's electors have another fingerprint"
diff <(tail -n +2 "$work/notices/notices.csv" | cut -d';' -f1) <(tail -n +2 "$prints" | cut -d';' -f1 | uniq) >&2 || fail "the fingerprints are not in the order of the notices"
refuse 64 "" ctl poster
check "19 scrutins" ctl poster "$work/affiche.pdf"
pdftotext -layout "$work/affiche.pdf" - | grep -qF "$short" || fail "the poster does not have the fingerprint of ctm"
[ "$(pdftotext "$work/affiche.pdf" - | grep -cE '^([0-9a-f]{4} ){7}[0-9a-f]{4}$')" = 19 ] || fail "the poster does not have each fingerprint"

step "The vote: opened, cast by invented electors, closed"
ctl open
start_sceau
ctl rehearse --ballots 150 --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote"
check "ensemble" ctl participation
refuse 1 "le dépouillement suit la clôture" ctl tally
[ "$(sql 'SELECT COUNT(*) FROM urne.inbox')" = 150 ] || fail "ballots do not wait for their fixed time"
ctl close
wait_for_urne
[ "$(sql 'SELECT COUNT(*) FROM urne.log')" = 150 ] || fail "the public log does not have every ballot"
check "l’étaient déjà." ctl close
refuse 1 "aucun des scrutins choisis n’est ouvert" ctl rehearse --ballots 1 --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote"

step "Counting: one holder is not enough, two are"
for key in "$work"/keys/*.porteur-1.cle; do ctl decrypt --key "$key"; done
refuse 1 "1 déchiffrement sur 2 nécessaires" ctl tally
for key in "$work"/keys/*.porteur-3.cle; do ctl decrypt --key "$key"; done
ctl tally

step "Proclaiming; where the law leaves a tie to the lot, the bureau draws"
ctl proclaim --yes || true
for scrutin in $(sql "SELECT code FROM scrutin WHERE state = 'tallied'"); do
  for _ in 1 2 3 4 5 6 7 8; do  # as many draws as seats may want; each time the first list that is still in the tie
    draws=${draws:-}
    ctl proclaim --yes --scrutin "$scrutin" ${draws:+--draw "$draws"} >"$work/tie" 2>/dev/null && break
    list=$(sed -n 's/^Égalité à [^ ]* entre \([0-9]*\) .*/\1/p' "$work/tie")
    draws=${draws:+$draws,}$scrutin=$list
  done
  draws=
done
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state <> 'proclaimed'")" = 0 ] || fail "a scrutin is not proclaimed"
[ "$(sql 'SELECT SUM(votants) FROM result')" = 150 ] || fail "the results do not hold the 150 votes"
[ "$(sql 'SELECT COUNT(*) FROM result WHERE votants <> blancs + exprimes')" = 0 ] || fail "votants <> blancs + exprimés"
# The same seats from the votes alone, where nothing was drawn; a tie ends with 3.
for scrutin in $(sql 'SELECT code FROM scrutin'); do
  question=$(sql "SELECT JSON_OBJECT('seats', s.seats, 'tie', IF(s.tie_by_candidates, 'votes,candidates,draw', 'votes,draw'), 'votes', JSON_OBJECTAGG(l.name, r.votes),
    'candidates', JSON_OBJECTAGG(l.name, (SELECT COUNT(*) FROM candidate c WHERE c.candidate_list_id = l.id)))
    FROM scrutin s JOIN candidate_list l ON l.scrutin_id = s.id JOIN result_list r ON r.candidate_list_id = l.id WHERE s.code = '$scrutin' GROUP BY s.id, s.seats, s.tie_by_candidates")
  answer=$("$bin/scrutinctl" seats <<<"$question" 2>/dev/null) || { [ $? = 3 ] || fail "seats refuses $scrutin"; continue; }
  sql "SELECT JSON_OBJECTAGG(l.name, r.seats) FROM scrutin s JOIN candidate_list l ON l.scrutin_id = s.id JOIN result_list r ON r.candidate_list_id = l.id WHERE s.code = '$scrutin'" >"$work/proclaimed"
  node -e "require('assert').deepStrictEqual(JSON.parse(process.argv[1]).seats, JSON.parse(process.argv[2]))" "$answer" "$(cat "$work/proclaimed")" || fail "other seats for $scrutin"
  passed=$((passed + 1))
done
refuse 3 "égalité entre « A », « B »" "$bin/scrutinctl" seats <<<'{"seats":1,"votes":{"A":5,"B":5}}'
refuse 65 "« B »" "$bin/scrutinctl" seats <<<'{"seats":1,"votes":{"A":5,"B":-5}}'

step "The archives, judged by our verifier and by one that this project did not write"
ctl export "$work/archives"
for archive in "$work"/archives/*/*.bel; do
  code=$(basename "$(dirname "$archive")")
  check "all checks passed" ctl verify "$archive" \
    --attendance "$(sql "SELECT COUNT(*) FROM emargement e JOIN scrutin s ON s.id = e.scrutin_id WHERE s.code = '$code'")" \
    --credentials "$(sql "SELECT u.public_creds_hash FROM urne.setup u JOIN scrutin s ON s.id = u.scrutin_id WHERE s.code = '$code'")"
done
audited=$(sql "SELECT code FROM scrutin WHERE crypto_group = 'BELENIOS-2048'")
[ -n "$audited" ] || fail "no scrutin in the auditor's group"
for code in $audited; do judge_with_reference_tool "$work/archives/$code"; done
# One byte changed in a ballot, and the verifier refuses.
for code in $audited; do
  archive=$(echo "$work/archives/$code"/*.bel)
  sed 's/"beta":"1/"beta":"2/' "$archive" >"$work/altered.bel"
  cmp -s "$archive" "$work/altered.bel" && fail "nothing was altered"
  refuse 1 "" ctl verify "$work/altered.bel"
  refuse 2 "archive illisible" ctl verify "$0"
done

step "What is sealed, signed and stored agrees; a change of the tables is found"
check "19 scrutins intacts" ctl integrity --page "$work/integrite.pdf"
pdftotext -layout "$work/integrite.pdf" "$work/integrite.txt"
[ "$(grep -c 'Oui *urne et journal public signé : concordent' "$work/integrite.txt")" = 19 ] || fail "the page does not have each scrutin"
sql "UPDATE scrutin SET seats = seats + 1 WHERE code = 'ctm'"
refuse 1 "- seats " ctl integrity
refuse 1 "les tables diffèrent de ce qui est scellé" ctl export "$work/archives"
sql "UPDATE scrutin SET seats = seats - 1 WHERE code = 'ctm'"

step "Every act is in the chained log"
check "Journal intact" ctl audit verify
sql "UPDATE audit SET actor = 'nobody' WHERE id = 2"
refuse 65 "journal rompu à l’entrée 2" ctl audit verify

printf '\nelection.sh: %d checks passed\n' "$passed"
