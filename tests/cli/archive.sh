#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# What an election leaves for two years: the archive, put back into a server of its own and replayed; a byte or a row of any kind changed is found;
# until when it is kept and its destruction.
#
#   tests/cli/archive.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

restore() { "$root/modules/launcher/restore.sh" "$@" --bin "$bin"; }
flip() { node -e "const fs = require('fs'), path = process.argv[1], bytes = fs.readFileSync(path); bytes[bytes.length >> 1] ^= 1; fs.writeFileSync(path, bytes)" "$1"; }
list_anew() { (cd "$1" && rm SHA256SUMS && find . -type f -printf '%P\0' | LC_ALL=C sort -z | xargs -0 sha256sum >"$work/sums" && mv "$work/sums" SHA256SUMS); }

step "An election, voted, one of its scrutins annulled, the others counted; nothing is archived before all is proclaimed"
start_office
ctl demo "$work/files" --electors 100 --seed 7 >/dev/null
ctl import "$work/files" >/dev/null
# What people asked, as the workers write it, and what the office makes of it.
sql "INSERT INTO reclamation (number, voter_id, object, body, created_at, idempotency_key) VALUES ('R-2222-2222', 5, 'profil', 'Mon nom\n\ts’écrit « \\\\ »', UTC_TIMESTAMP(), 'a'), ('R-3333-3333', 6, 'scrutins', 'Autre', UTC_TIMESTAMP(), 'b');
  INSERT INTO reclamation_attachment (number, position, name, kind, size, digest, content, added_at) VALUES ('R-2222-2222', 1, 'un.pdf', 'pdf', 4, SHA2(UNHEX('25000A09'), 256), UNHEX('25000A09'), UTC_TIMESTAMP()), ('R-2222-2222', 2, 'deux.pdf', 'pdf', 1, SHA2('%', 256), '%', UTC_TIMESTAMP());
  INSERT INTO assistance (number, email, academie_code, subject, body, created_at, idempotency_key) VALUES ('A-2222-2222', 'qui@ac-poitiers.example', 'poitiers', 'Code', 'Perdu', UTC_TIMESTAMP(), 'a'), ('A-3333-3333', 'autre@ac-poitiers.example', 'poitiers', 'Code', 'Perdu', UTC_TIMESTAMP(), 'b');
  INSERT INTO desk_assignment (number, member_id, at) VALUES ('R-2222-2222', 1, UTC_TIMESTAMP());
  INSERT INTO desk_recovery (email, proposed_by, proposed_at) VALUES ('x@ac-poitiers.example', 'camille', UTC_TIMESTAMP())"
echo "Votre nom est corrigé." >"$work/answer"
ctl claims accept R-2222-2222 --reponse "$work/answer" >/dev/null
ctl roll correct --elector "$(sql 'SELECT email FROM voter WHERE id = 5')" --nom Autrenom >/dev/null
sql "UPDATE roll_change SET proposed_by = 'another'"
ctl roll approve 1 --motif essai >/dev/null
ctl codes --notices "$work/notices" >/dev/null
ctl codes reissue --voter "$(sql 'SELECT email FROM voter WHERE id = 7')" --notices "$work/notices" >/dev/null
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >/dev/null
ctl seal --trustees "$work/keys" --notices "$work/notices" >/dev/null
ctl open >/dev/null
start_sceau
ctl rehearse --ballots 150 --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote" >/dev/null
ctl annul --scrutin ccp-ens-rouen --authority "Le tribunal" --motif "essai" >/dev/null
sql "UPDATE suspension SET proposed_by = 'another'"
ctl suspensions approve 1 --motif "essai" >/dev/null
ctl close >/dev/null
wait_for_urne
refuse 1 "pas encore proclamé, pas d’archive" ctl archive "$work/archive"
refuse 1 "la conservation n’a pas commencé" ctl archive show
for number in 1 2; do for key in "$work"/keys/*.porteur-$number.cle; do ctl decrypt --key "$key" >/dev/null; done; done
ctl tally >/dev/null
ctl proclaim --yes >/dev/null 2>&1 || true
for scrutin in $(sql "SELECT code FROM scrutin WHERE state = 'tallied'"); do
  draws=
  for _ in 1 2 3 4 5 6 7 8 9; do
    ctl proclaim --yes --scrutin "$scrutin" ${draws:+--draw "$draws"} >"$work/tie" 2>/dev/null && break
    list=$(sed -n 's/^Égalité à [^ ]* entre \([0-9]*\) .*/\1/p' "$work/tie")
    draws=${draws:+$draws,}$scrutin=$list
  done
done
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state <> 'proclaimed'")" = 1 ] || fail "a scrutin is not proclaimed"
for _ in $(seq 100); do [ "$(sql 'SELECT MAX(size) FROM urne.journal_head')" = "$(sql 'SELECT COUNT(*) FROM audit')" ] && break; sleep 0.2; done

step "Stopped anywhere, it has no name; run again, it goes on"
echo "the sources" >"$work/sources.tar"
refuse 65 "ce n’est pas un fichier" ctl archive "$work/archive" --piece "$work/none"
in_background() { exec "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" archive "$work/archive"; }
for delay in 0.1 0.3 0.6 1.2; do
  in_background >/dev/null 2>&1 & stopped=$!
  sleep "$delay"
  kill -KILL "$stopped" 2>/dev/null || true
  wait "$stopped" 2>/dev/null || true
  [ ! -e "$work/archive" ] || break  # a fast machine: whole already
done
if [ -e "$work/archive" ]; then mv "$work/archive" "$work/archive-of-a-fast-machine"
else
  for _ in $(seq 200); do [ -e "$work/archive.en-cours/scrutins/ctm" ] && break; in_background >/dev/null 2>&1 & stopped=$!; sleep 2; kill -KILL "$stopped" 2>/dev/null || true; wait "$stopped" 2>/dev/null || true; done
fi
ctl archive "$work/archive" --piece "$work/sources.tar" >"$work/first" 2>&1 & first=$!
second_status=0
ctl archive "$work/archive" --piece "$work/sources.tar" >"$work/second" 2>&1 || second_status=$?
first_status=0
wait "$first" || first_status=$?
cat "$work/first" "$work/second"
[ $((first_status + second_status)) = 1 ] || fail "two at once: statuses $first_status and $second_status"
grep -qE "un autre acte du bureau est en cours|existe déjà" "$work/first" "$work/second" || fail "who came second was not told why"
[ "$(ls -d "$work"/archive*en-cours 2>/dev/null)" = "" ] || fail "pieces of an archive stay behind"
refuse 1 "existe déjà" ctl archive "$work/archive"

step "Private, whole, its digest in the journal"
[ -z "$(find "$work/archive" -type f ! -perm 600)" ] || fail "a file is readable by others"
[ -z "$(find "$work/archive" -type d ! -perm 700)" ] || fail "a folder is readable by others"
(cd "$work/archive" && sha256sum --quiet -c SHA256SUMS) || fail "sha256sum refuses the archive"
cmp "$work/sources.tar" "$work/archive/pieces/sources.tar"
[ "$(find "$work/archive/scrutins" -mindepth 1 -maxdepth 1 | wc -l)" = 18 ] || fail "not a folder for each scrutin but the annulled one"
grep -q "ccp-ens-rouen : annulé" "$work/first" "$work/second" || fail "who reads is not told that one is annulled"
digest=$(sha256sum "$work/archive/SHA256SUMS" | cut -d' ' -f1)
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'archive' AND detail LIKE '$digest 19 scrutins%'")" = 1 ] || fail "the journal does not have the archive's digest"
for table in voter voter_scrutin emargement candidate audit; do
  [ "$(($(wc -l <"$work/archive/tables/portail.$table.tsv") - 1))" -ge "$(($(sql "SELECT COUNT(*) FROM $table") - 3))" ] || fail "$table is not whole"
done
# Nothing that opens something is in it, nor what it was.
for secret in $(sql "SELECT identity_check FROM voter LIMIT 3; SELECT ciphertext FROM envelope LIMIT 3; SELECT sealed FROM escrow LIMIT 3") $(tail -n +2 "$work/notices/notices.csv" | head -3 | cut -d';' -f6); do
  ! grep -rqF -- "$secret" "$work/archive" || fail "a secret is in the archive"
done

step "Put back into a server of its own: every chain replayed, every count compared; the portal's databases are as before"
before=$(sql 'CHECKSUM TABLE audit, emargement, voter, scrutin, urne.ballot, urne.log')
check "Archive vérifiée : 19 scrutins" env PORTAIL_DB_SOCKET="$work/db/db.sock" "$root/modules/launcher/restore.sh" "$work/archive" --digest "$digest" --bin "$bin" --keep "$work/scratch"
[ "$before" = "$(sql 'CHECKSUM TABLE audit, emargement, voter, scrutin, urne.ballot, urne.log')" ] || fail "the portal's own databases changed"
refuse 73 "is there already" restore "$work/archive" --keep "$work/scratch"
refuse 1 "ce n’est pas l’archive de --digest" restore "$work/archive" --digest "${digest//a/b}"
"$bin/scrutinctl" keygen "$work/other" >/dev/null
refuse 1 "la clé du journal" restore "$work/archive" --log-key "$work/other/scrutinctl/log_public_key"
refuse 65 "is no archive" restore "$work/files"

step "Killed at any phase: nothing runs on, and the next run wipes what was left; two at once are two"
export TMPDIR=$work/tmp
mkdir "$TMPDIR"
below() { local words; for words in /proc/[0-9]*/cmdline; do { tr '\0' ' ' <"$words"; } 2>/dev/null | grep -aF -- "$1/" | grep -av "^grep " || true; done; }  # programs at work there
killed_at() { # killed_at SIGN OPTION…: once restore.sh has said the sign
  "$root/modules/launcher/restore.sh" "$work/archive" --bin "$bin" "${@:2}" >"$work/killed" 2>&1 & stopped=$!
  for _ in $(seq 3000); do grep -q "$1" "$work/killed" || compgen -G "$TMPDIR/portail-scratch.*/$1" >/dev/null || ! kill -0 "$stopped" 2>/dev/null || { sleep 0.02; continue; }; break; done
  kill -KILL "$stopped" 2>/dev/null || fail "restore.sh ended before « $1 »: $(cat "$work/killed")"
  wait "$stopped" 2>/dev/null || true
  for _ in $(seq 300); do [ -z "$(below "$work/tmp")$(below "$work/half")" ] && break; sleep 0.1; done
  [ -z "$(below "$work/tmp")$(below "$work/half")" ] || fail "a program runs on after « $1 »"
}
for sign in .portail-scratch data db.sock portail.voter: "Empreintes et lignes"; do killed_at "$sign"; done
killed_at portail.voter: --keep "$work/half"
restore "$work/archive" --keep "$work/half" >"$work/first" 2>&1 & first=$!
for _ in $(seq 300); do grep -q urne.log: "$work/first" && break; sleep 0.1; done
refuse 73 "another run is making" restore "$work/archive" --keep "$work/half"
check "Archive vérifiée : 19 scrutins" restore "$work/archive" --digest "$digest"
wait "$first" || { cat "$work/first"; fail "two at once: the first fails"; }
refuse 73 "is there already" restore "$work/archive" --keep "$work/half"
[ -z "$(ls -A "$TMPDIR")" ] || { ls -laR "$TMPDIR" | head -40; fail "restore.sh leaves something behind"; }
unset TMPDIR

step "A row changed, added or taken away in any table of the instance: found"
"$mariadb" serve "$work/scratch" >"$work/scratch.log" 2>&1 & extra=$!
"$mariadb" wait "$work/scratch"
scratch() { "$mariadb" sql "$work/scratch" --batch --skip-column-names portail -e "SET foreign_key_checks = 0; $1"; }
verify() { "$bin/scrutinctl" --config "$work/scratch/portail.toml" --secrets "$work/scratch/secrets/scrutinctl" archive verify "$@"; }
check "Archive vérifiée" verify "$work/archive"
tables=0
for file in "$work"/archive/tables/*.tsv; do
  table=$(basename "$file" .tsv)
  [ "$(wc -l <"$file")" -gt 1 ] || continue
  scratch "CREATE TABLE kept LIKE $table; INSERT INTO kept SELECT * FROM $table; DELETE FROM $table LIMIT 1"
  refuse 1 "table $table : la ligne " verify "$work/archive"
  scratch "DELETE FROM $table; INSERT INTO $table SELECT * FROM kept; DROP TABLE kept"
  tables=$((tables + 1))
done
[ "$tables" -ge 30 ] || fail "only $tables tables with rows"
scratch "UPDATE emargement SET voted_at = voted_at + INTERVAL 1 MINUTE LIMIT 1"
refuse 1 "table portail.emargement : la ligne " verify "$work/archive"
scratch "UPDATE emargement SET voted_at = voted_at - INTERVAL 1 MINUTE LIMIT 1"
check "Archive vérifiée" verify "$work/archive"
kill "$extra" 2>/dev/null && wait "$extra" 2>/dev/null || true

step "A byte changed in a file of any kind, one file more, one less: found before anything is loaded"
for file in archive.txt LISEZMOI.txt pieces/sources.tar $(cd "$work/archive" && ls tables/*.tsv) $(cd "$work/archive" && find scrutins/ctm -type f); do
  cp "$work/archive/$file" "$work/kept-file"
  flip "$work/archive/$file"
  [ "$file" = archive.txt ] || refuse 1 "nothing was loaded" restore "$work/archive"
  (cd "$work/archive" && sha256sum --quiet -c SHA256SUMS >/dev/null 2>&1) && fail "$file: its digest does not tell"
  cp "$work/kept-file" "$work/archive/$file"
done
rm -rf "$work/copy" && cp -r "$work/archive" "$work/copy"
echo more >"$work/copy/tables/more.txt"
refuse 1 "tables/more.txt n’est pas dans SHA256SUMS" restore "$work/copy"
rm "$work/copy/tables/more.txt" "$work/copy/pieces/sources.tar"
refuse 1 "nothing was loaded" restore "$work/copy"

step "A forger who changes rows and writes the list anew: what is sealed, chained and signed still tells"
forge() { # forge SENTENCE FILE AWK-PROGRAM
  rm -rf "$work/copy" && cp -r "$work/archive" "$work/copy"
  awk -F'\t' -v OFS='\t' "$3" "$work/archive/$2" >"$work/copy/$2"
  ! cmp -s "$work/archive/$2" "$work/copy/$2" || fail "nothing was forged in $2"
  table=$(basename "$2" .tsv)
  awk -F'\t' -v OFS='\t' -v name="$table" -v rows="$(($(wc -l <"$work/copy/$2") - 1))" '$1 == "table" && $2 == name { $3 = rows } { print }' "$work/archive/archive.txt" >"$work/copy/archive.txt"
  list_anew "$work/copy"
  refuse 1 "$1" restore "$work/copy"
}
forge "journal rompu à l’entrée 2" tables/portail.audit.tsv 'NR == 3 { $3 = "nobody" } { print }'
forge "journal coupé" tables/portail.audit.tsv 'NR <= 5 { print }'
forge "ne sont pas ceux d’archive.txt" tables/portail.emargement.tsv 'NR != 2 { print }'
forge "les tables diffèrent de ce qui est scellé" tables/portail.candidate.tsv 'NR == 2 { $4 = $4 "x" } { print }'
forge "les tables diffèrent de ce qui est scellé" tables/portail.voter.tsv 'NR == 2 { $3 = "x" $3 } { print }'
forge "le scellement ne tient pas" tables/portail.seal.tsv 'NR == 2 { $3 = $3 "x" } { print }'
forge "sa proclamation manque ou ne se lit pas" tables/portail.proclamation.tsv 'NR == 2 { $3 = $3 "x" } { print }'
forge "sa proclamation n’est pas celle du journal des actes" tables/portail.proclamation.tsv 'NR == 2 { sub(/\\nlist\\t1\\t/, "&x", $3) } { print }'
forge "les résultats de la base ne sont pas ceux de sa proclamation" tables/portail.result_list.tsv 'NR == 2 { $2++ } { print }'
forge "refaite à partir des tables" tables/urne.partial_decryption.tsv 'NR != 2 { print }'
forge "Refus : scrutin" tables/urne.ballot.tsv 'NR == 2 { sub(/"alpha":"1/, "\"alpha\":\"2", $3) || sub(/"alpha":"/, "&0", $3) } { print }'
forge "Refus : scrutin" tables/urne.log.tsv 'NR == 2 { kept = $3; next_line = $0; next } NR == 3 { print $1, 0, $3; print $1, 1, kept; next } { print }'
forge "Refus : " tables/urne.log_head.tsv '{ if (NR > 1) $4 = substr($4, 2) "A"; print }'

step "Until when it is kept; its destruction, noted once, before a witness"
check "1 archive à conserver jusqu’au" ctl archive show
ctl archive show | grep -q "$(($(sql 'SELECT YEAR(UTC_TIMESTAMP())') + 2))" || fail "the year of the end is not two years from now"
refuse 65 "--temoin NOM est attendu" ctl archive destroyed "$digest"
refuse 65 "pas d’archive de cette empreinte" ctl archive destroyed "${digest//a/b}" --temoin "Mme Témoin"
refuse 65 "pas d’archive de cette empreinte" ctl archive destroyed "" --temoin "Mme Témoin"
sql "UPDATE election SET demonstration = 0"
refuse 1 "se conserve jusqu’au" ctl --acteur agent archive destroyed "$digest" --temoin "Mme Témoin" --motif "fin"
sql "UPDATE election SET demonstration = 1"
check "détruite devant Mme Témoin" ctl archive destroyed "$digest" --temoin "Mme Témoin"
check "déjà au journal" ctl archive destroyed "$digest" --temoin "Mme Témoin"
check "0 archive à conserver" ctl archive show
ctl archive show | grep -q "détruite .* ; devant Mme Témoin" || fail "the destruction is not shown"
check "Journal intact" ctl audit verify

printf '\narchive.sh: %d checks passed\n' "$passed"
