#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A sealing in trouble: another act under way, two at once, killed anywhere, its folder lost or damaged. Whatever happens, each elector ends with one
# code that opens his envelope, in one file; or the office is told, while codes can still be made anew, that it is not so.
#
#   tests/cli/seal_trouble.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

electors=150
keys=$work/keys lost=$work/lost notices=$work/notices
seal() { "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" seal --trustees "$keys" --notices "$@"; }
# The sealing stops as by a power cut, with all codes made and no scrutin sealed.
stop_before_scrutins() { sql "CREATE TRIGGER portail.power_cut BEFORE INSERT ON portail.seal FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'power cut'"; }
go_on() { sql 'DROP TRIGGER portail.power_cut'; }

step "An election to seal"
start_office
ctl demo "$work/files" --electors "$electors" --seed 7
ctl import "$work/files"
ctl trustee demo-ceremony "$keys" --holders 3 --threshold 2

step "Another act is under way: each heavy command says which, and changes nothing"
sql "REPLACE INTO portail.office_turn VALUES (1, 'import', 'une officière', '2026-11-03 09:00:00', FALSE)"
sql "USE portail; SELECT GET_LOCK('portail.office', 1), SLEEP(60)" >/dev/null & holder=$!
for _ in $(seq 100); do [ "$(sql "SELECT IS_FREE_LOCK('portail.office')")" = 1 ] || break; sleep 0.05; done
said='un autre acte du bureau est en cours (« import », lancé par une officière mardi 3 novembre 2026'
refuse 1 "$said" seal "$notices"
refuse 1 "$said" ctl publish
refuse 1 "$said" ctl calendar set results_shown maintenant
check "la purge attend" ctl purge
check "scrutin" ctl status  # what only reads waits for nobody
[ "$(sql 'SELECT COUNT(*) FROM portail.envelope')" = 0 ] || fail "a refused sealing made codes"
[ ! -e "$notices" ] || fail "a refused sealing made a folder"
connection=$(sql "SELECT IS_USED_LOCK('portail.office')")
sql "KILL $connection" 2>/dev/null || true
wait "$holder" 2>/dev/null || true
check "« import », lancé par une officière mardi 3 novembre 2026" ctl publish  # « a été interrompu »

step "The folder of a sealing that was cut off is lost: told, and codes are made anew while nothing is sealed"
stop_before_scrutins
if seal "$lost" >"$work/said" 2>&1; then fail "a sealing went on through a power cut"; fi
! grep -q "nulle part ailleurs" "$work/said" || fail "codes are said to be safe of a sealing that was cut off"
[ "$(sql 'SELECT COUNT(*) FROM portail.envelope')" = "$electors" ] || fail "the codes are not made"
rm -r "$lost"
refuse 1 "$electors électeurs ont une enveloppe dont le code n’est pas dans $notices" seal "$notices"
refuse 1 "--recommencer fait d’autres codes pour tous" seal "$notices"
go_on
stop_before_scrutins
if seal "$notices" --recommencer >"$work/said" 2>&1; then fail "a sealing went on through a power cut"; fi
grep -q "$electors codes abandonnés" "$work/said" || fail "codes were given up without a word"

step "Killed while codes are made: the next run makes what is missing"
for delay in 0.03 0.06 0.09 0.12 0.16 0.2 0.25; do
  ctl_alone seal --trustees "$keys" --notices "$notices" --recommencer >/dev/null 2>&1 & one=$!
  sleep "$delay"
  kill -KILL "$one" 2>/dev/null || true
  wait "$one" 2>/dev/null || true
  if seal "$notices" >"$work/said" 2>&1; then fail "a sealing went on through a power cut"; fi
  grep -q "power cut" "$work/said" || { cat "$work/said"; fail "after a kill, $delay s into it, the sealing stops elsewhere"; }
  [ "$(wc -l <"$notices/notices.csv.new")" = $((electors + 1)) ] || fail "after a kill, $delay s into it, the notices have other lines"
done

step "A line of the notices is lost, or is another elector's: told before anything is sealed"
cp "$notices/notices.csv.new" "$work/kept"
sed -i '$d' "$notices/notices.csv.new"
refuse 1 "1 électeur a une enveloppe dont le code n’est pas dans $notices" seal "$notices"
cp "$work/kept" "$notices/notices.csv.new"
sed -i '2s/[^;]*$/AAAA-AAAA-AAAA-AAAA/' "$notices/notices.csv.new"
refuse 65 "1 code essayé n’ouvre rien" seal "$notices"
sed -i '3s/^[^;]*/personne@example.org/' "$notices/notices.csv.new"
refuse 65 "1 électeur sans code, 1 ligne de trop" seal "$notices"
cp "$work/kept" "$notices/notices.csv.new"
[ "$(sql "SELECT COUNT(*) FROM portail.scrutin WHERE state >= 'sealed'")" = 0 ] || fail "a scrutin is sealed without its codes"
go_on

step "Two at once, in two folders and in one, and killed at any moment"
sealed() { [ "$(sql "SELECT COUNT(*) FROM portail.scrutin WHERE state = 'sealed'")" = 19 ] && [ -e "$notices/notices.csv" ]; }
for delay in 0.05 0.1 0.15 0.2 0.3 0.4 0.5 0.6; do
  ctl_alone seal --trustees "$keys" --notices "$notices" >/dev/null 2>&1 & one=$!
  ctl_alone seal --trustees "$keys" --notices "$work/other" >/dev/null 2>&1 & other=$!
  sleep "$delay"
  kill -KILL "$one" "$other" 2>/dev/null || true
  wait "$one" "$other" 2>/dev/null || true
  ! sealed || break
done
seal "$notices" >"$work/one" 2>&1 & one=$!
seal "$notices" >"$work/other-said" 2>&1 & other=$!
wait "$one" || grep -q "un autre acte du bureau est en cours" "$work/one" || { cat "$work/one"; fail "the first of two sealings fails"; }
wait "$other" || grep -q "un autre acte du bureau est en cours" "$work/other-said" || { cat "$work/other-said"; fail "the second of two sealings fails"; }
check "scellés" seal "$notices"
sealed || fail "the election is not sealed"
for file in notices.csv.new credentials.new; do
  for folder in "$notices" "$work/other"; do [ ! -e "$folder/$file" ] || fail "$folder/$file stays behind"; done
done

step "Each elector has one line, and each code votes in each of its scrutins"
[ "$(tail -n +2 "$notices/notices.csv" | cut -d';' -f1 | sort -u | wc -l)" = "$electors" ] || fail "electors have no code, or two"
[ "$(wc -l <"$notices/notices.csv")" = $((electors + 1)) ] || fail "the notices have other lines"
refuse 1 "est déjà scellé avec ces codes" bash -c "'$bin/scrutinctl' --config '$work/portail.toml' --secrets '$work/secrets/scrutinctl' seal --trustees '$keys' --notices '$notices' --recommencer"
ctl open
ctl rehearse --ballots 100000 --notices "$notices/notices.csv" --vote-secrets "$work/secrets/vote"
[ "$(sql 'SELECT COUNT(*) FROM portail.emargement')" = "$(sql 'SELECT COUNT(*) FROM portail.voter_scrutin')" ] || fail "some codes do not vote"

echo "ok: $passed checks, and a sealing in trouble loses no code"
