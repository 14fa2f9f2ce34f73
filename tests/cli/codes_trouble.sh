#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Codes made weeks before the sealing, in trouble: killed anywhere, two at once, the folder lost, made anew and killed in the middle of it. In the
# end each elector has one living code, in one file, which votes in each of his scrutins; a dead one opens nothing.
#
#   tests/cli/codes_trouble.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

electors=200
keys=$work/keys notices=$work/notices
envelopes() { sql 'SELECT COUNT(*) FROM portail.envelope'; }
whole() { [ "$(envelopes)" = "$electors" ] && [ "$(sql 'SELECT COUNT(*) FROM portail.escrow')" = "$electors" ] && [ "$(sql 'SELECT COUNT(*) FROM portail.voter_code')" = "$electors" ]; }

step "An election, published"
start_office
ctl demo "$work/files" --electors "$electors" --seed 9
ctl import "$work/files"
ctl publish
ctl trustee demo-ceremony "$keys" --holders 3 --threshold 2

step "Killed while codes are made, in one folder: the next run makes what is missing"
for delay in 0.02 0.05 0.08 0.11 0.15 0.2 0.3; do
  ctl_alone codes --notices "$notices" >"$work/said" 2>&1 & one=$!
  sleep "$delay"
  kill -KILL "$one" 2>/dev/null || true
  wait "$one" 2>/dev/null || true
  [ "$(sql 'SELECT COUNT(*) FROM portail.envelope e LEFT JOIN portail.voter_code c ON c.voter_id = e.voter_id WHERE c.voter_id IS NULL')" = 0 ] || fail "an envelope without what the sealing needs"
done
check "" ctl codes --notices "$notices"
whole || fail "codes are missing after the kills"
[ "$(wc -l <"$notices/notices.csv")" = $((electors + 1)) ] || fail "the notices have other lines"
for file in notices.csv.new lot.new; do [ ! -e "$notices/$file" ] || fail "$file stays behind"; done

step "Between the file's name and the database's word of it: the next run says so and nothing moves"
sql 'UPDATE portail.code_batch SET done_at = NULL'
cp "$notices/notices.csv" "$work/kept"
check "200 codes de vote faits" ctl codes --notices "$notices"
cmp "$notices/notices.csv" "$work/kept" || fail "the notices changed"
check "Chaque électeur a son code de vote" ctl codes --notices "$notices"

step "The folder is lost before its batch is done: told, and made anew for nobody has received one"
sql 'UPDATE portail.code_batch SET done_at = NULL'
rm -r "$notices"
refuse 1 "$electors électeurs ont une enveloppe dont le code n’est pas dans $notices" ctl codes --notices "$notices"
[ ! -e "$notices/notices.csv" ] || fail "notices of lost codes are there"
check "$electors codes abandonnés" ctl codes --notices "$notices" --recommencer
whole || fail "codes are missing after they were given up"

step "Once a batch is done its codes are not given up, they are made anew"
check "Chaque électeur a son code de vote" ctl codes --notices "$notices" --recommencer
whole || fail "a finished batch was given up"

step "Another election's unfinished folder is left alone"
mkdir "$work/foreign"
echo "codes d’une autre élection" >"$work/foreign/notices-2.csv.new"
refuse 1 "sert aux codes d’une autre élection" ctl codes reissue --lot 1 --notices "$work/foreign"
grep -q "autre élection" "$work/foreign/notices-2.csv.new" || fail "another election's file is gone"
[ "$(envelopes)" = 0 ] || fail "the old codes live"  # they died with the order; the new ones come with the next run

step "Made anew, killed in the middle: the old ones are dead, the next run makes what is missing"
for delay in 0.03 0.06 0.1 0.15; do
  ctl_alone codes --notices "$notices" >/dev/null 2>&1 & one=$!
  sleep "$delay"
  kill -KILL "$one" 2>/dev/null || true
  wait "$one" 2>/dev/null || true
done
ctl codes --notices "$notices"
whole || fail "codes are missing after a batch was made anew"
[ "$(sql 'SELECT COUNT(DISTINCT generation) FROM portail.envelope')" = 1 ] || fail "some codes are of the old batch"
[ "$(sql 'SELECT MIN(generation) FROM portail.envelope')" = 2 ] || fail "the new codes have no new generation"
check "$electors plis à retirer" ctl codes withdrawn

step "Two at once, in two folders"
ctl codes reissue --place "$(sql 'SELECT notice_place FROM portail.voter WHERE id = 1')" --notices "$notices" >"$work/one" 2>&1 & one=$!
ctl codes reissue --voter "$(sql 'SELECT email FROM portail.voter WHERE id = 2')" --notices "$work/other" >"$work/other-said" 2>&1 & other=$!
wait "$one" || grep -q "un autre acte du bureau est en cours" "$work/one" || { cat "$work/one"; fail "the first of two fails"; }
wait "$other" || grep -q "un autre acte du bureau est en cours" "$work/other-said" || { cat "$work/other-said"; fail "the second of two fails"; }
whole || fail "two at once lost codes"

step "Killed while a late elector is added: line, rights, mail and decision are there together, or none of them"
profile=$(sql "SELECT CONCAT_WS(';', personnel, corps, affectation, academie_code, departement, notice_place) FROM portail.voter WHERE id = 1")
rights=$(sql 'SELECT COUNT(*) FROM portail.voter_scrutin WHERE voter_id = 1')
late=0
for delay in 0.01 0.02 0.03 0.04 0.06 0.08 0.12 0.2; do
  late=$((late + 1))
  printf '%s\n' 'courriel;civilite;nom;prenom;numen;naissance;personnel;corps;affectation;academie;departement;lieu_notice' \
    "tardif$late@ecole.example;;Tardif;Léo;99Z999999900$late;03/02/1971;$profile" >"$work/tardif.csv"
  ctl roll add "$work/tardif.csv"
  number=$(sql 'SELECT MAX(id) FROM portail.roll_change')
  ctl_alone --acteur "un autre" roll approve "$number" >"$work/said" 2>&1 & one=$!
  sleep "$delay"
  kill -KILL "$one" 2>/dev/null || true
  wait "$one" 2>/dev/null || true
  seen=$(sql "SELECT CONCAT_WS(' ', c.state, COUNT(DISTINCT v.id), COUNT(DISTINCT r.scrutin_id), COUNT(DISTINCT o.id), c.identity_check = '') FROM portail.roll_change c
    LEFT JOIN portail.voter v ON v.email = 'tardif$late@ecole.example' LEFT JOIN portail.voter_scrutin r ON r.voter_id = v.id
    LEFT JOIN portail.outbox o ON o.recipient = v.email WHERE c.id = $number GROUP BY c.state, c.identity_check")
  [ "$seen" = "proposed 0 0 0 0" ] || [ "$seen" = "approved 1 $rights 1 1" ] || fail "half a late elector after $delay s: $seen"
  [ "$seen" != "proposed 0 0 0 0" ] || ctl --acteur "un autre" roll approve "$number"
done
electors=$((electors + late))
[ "$(sql 'SELECT COUNT(*) FROM portail.voter')" = "$electors" ] || fail "late electors are missing"
ctl codes --notices "$notices"
whole || fail "late electors have no code"
newest=$(sql 'SELECT MAX(number) FROM portail.code_batch')
[ "$(wc -l <"$notices/notices-$newest.csv")" = $((late + 1)) ] || fail "the late electors' notices have other lines"

step "Sealing comes last and makes none; each elector's living code votes in each of his scrutins"
before=$(sql 'SELECT MD5(GROUP_CONCAT(ciphertext ORDER BY voter_id)) FROM portail.envelope')
check "Les codes de vote étaient déjà faits" ctl seal --trustees "$keys" --notices "$notices"
[ "$(sql 'SELECT MD5(GROUP_CONCAT(ciphertext ORDER BY voter_id)) FROM portail.envelope')" = "$before" ] || fail "the sealing changed envelopes"
[ "$(sql 'SELECT COUNT(*) FROM portail.voter_code WHERE LENGTH(credentials) > 0')" = 0 ] || fail "what waited for the sealing stays behind"
ctl open
for file in "$notices"/notices*.csv "$work"/other/notices*.csv; do
  [ ! -e "$file" ] || ctl rehearse --ballots 100000 --notices "$file" --vote-secrets "$work/secrets/vote"
done
[ "$(sql 'SELECT COUNT(*) FROM portail.emargement')" = "$(sql 'SELECT COUNT(*) FROM portail.voter_scrutin')" ] || fail "some codes do not vote"

echo "ok: $passed checks, and codes in trouble are lost by nobody"
