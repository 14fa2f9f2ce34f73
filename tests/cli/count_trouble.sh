#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A count in trouble: too early, killed -9 at any moment of its four commands, two at once, ballots and attendance that differ. What is proclaimed in
# the end is what a count without trouble says, each scrutin once.
#
#   tests/cli/count_trouble.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

keys=$work/keys
# A command killed at several moments, then let finish.
killed() { # killed COMMAND…
  local delay
  for delay in 0.02 0.06 0.12 0.2 0.35 0.6; do
    ctl_alone "$@" >"$work/said" 2>&1 & one=$!
    sleep "$delay"
    kill -KILL "$one" 2>/dev/null || true
    wait "$one" 2>/dev/null || true
    consistent "$1, killed after $delay s"
  done
}
# A scrutin has its result exactly when its state says so, and its total once.
consistent() {
  [ "$(sql "SELECT COUNT(*) FROM scrutin s JOIN urne.tally t ON t.scrutin_id = s.id WHERE (s.state = 'closed') <> (t.result IS NULL)")" = 0 ] ||
    fail "$1: a result without its state, or a state without its result"
  [ "$(sql "SELECT COUNT(*) FROM scrutin s WHERE s.state = 'proclaimed' AND (SELECT COUNT(*) FROM proclamation p WHERE p.scrutin_id = s.id) <> 1")" = 0 ] ||
    fail "$1: proclaimed without its text"
  [ "$(sql "SELECT COUNT(*) FROM proclamation p JOIN scrutin s ON s.id = p.scrutin_id WHERE s.state <> 'proclaimed'")" = 0 ] || fail "$1: a text that nobody proclaimed"
}
holders() { local file; for file in "$keys"/*porteur-[13].cle; do printf '%s\n%s\n' --key "$file"; done; }

step "An election that has voted"
start_office
ctl demo "$work/files" --electors 120 --seed 5
ctl import "$work/files"
ctl trustee demo-ceremony "$keys" --holders 3 --threshold 2
ctl seal --trustees "$keys" --notices "$work/notices"
ctl open
start_sceau
ctl rehearse --ballots 300 --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote"
mapfile -t with_keys < <(holders)

step "Too early: nothing is counted before the close"
refuse 1 "le dépouillement suit la clôture" ctl tally
refuse 1 "aucun scrutin de cette clé n’est clos" ctl decrypt "${with_keys[@]}"
refuse 1 "il n’est pas dépouillé" ctl proclaim --yes
[ "$(sql 'SELECT COUNT(*) FROM urne.tally')" = 0 ] || fail "a total was made before the close"

step "The close, killed anywhere"
killed close
ctl close
wait_for_urne
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'frozen'")" = "$(sql 'SELECT COUNT(*) FROM scrutin')" ] || fail "some counters are not noted, or twice"

step "Ballots and attendance differ: that scrutin stops, and is counted once they agree"
code=$(sql "SELECT s.code FROM scrutin s JOIN emargement e ON e.scrutin_id = s.id GROUP BY s.id, s.code ORDER BY COUNT(*) DESC LIMIT 1")
lost=$(sql "SELECT CONCAT(e.scrutin_id, ', ', e.voter_id, ', ''', e.voted_at, '''') FROM emargement e JOIN scrutin s ON s.id = e.scrutin_id WHERE s.code = '$code' LIMIT 1")
sql "DELETE FROM emargement WHERE (scrutin_id, voter_id, voted_at) = ($lost)"
refuse 1 "l’écart est à porter au procès-verbal" ctl tally --scrutin "$code"
sql "INSERT INTO emargement (scrutin_id, voter_id, voted_at) VALUES ($lost)"

step "Decryption, killed anywhere"
killed decrypt "${with_keys[@]}"
ctl decrypt "${with_keys[@]}"
[ "$(sql 'SELECT COUNT(*) FROM urne.partial_decryption')" = $((2 * $(sql 'SELECT COUNT(*) FROM scrutin'))) ] || fail "some decryptions are missing, or twice"
check "déjà là" ctl decrypt "${with_keys[@]}"

step "The tally, killed anywhere, and two at once"
killed tally
ctl tally >"$work/one" 2>&1 & one=$!
ctl tally >"$work/other" 2>&1 & other=$!
wait "$one" || grep -q "un autre acte du bureau est en cours" "$work/one" || { cat "$work/one"; fail "the first of two tallies fails"; }
wait "$other" || grep -q "un autre acte du bureau est en cours" "$work/other" || { cat "$work/other"; fail "the second of two tallies fails"; }
check "déjà" ctl tally
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'tally'")" = "$(sql 'SELECT COUNT(*) FROM scrutin')" ] || fail "a scrutin was tallied twice, or never"

step "The proclamation, killed anywhere; draws are the bureau's"
killed proclaim --yes
ctl proclaim --yes >"$work/said" 2>&1 || grep -q "encore être proclamé" "$work/said" || { cat "$work/said"; fail "the proclamation stops"; }
consistent "proclaim"
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state = 'proclaimed'")" -gt 10 ] || fail "too few are proclaimed"

step "What stands there is what the archives prove"
ctl integrity
ctl export "$work/archives"
for archive in "$work"/archives/*/*.bel; do check "all checks passed" "$bin/scrutin-verify" "$archive"; done
[ "$(sql "SELECT COUNT(*) FROM urne.tally WHERE count <> (SELECT COUNT(*) FROM emargement e WHERE e.scrutin_id = tally.scrutin_id)")" = 0 ] || fail "a count is not the attendance"

echo "ok: $passed checks, and a count in trouble counts each ballot once"
