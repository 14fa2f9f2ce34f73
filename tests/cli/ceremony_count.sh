# SPDX-License-Identifier: AGPL-3.0-or-later
# Second half of ceremony.sh, which reads it: an election sealed with the ceremony's key, noted by its holders, voted, decrypted by all
# three on their own machines from the archives alone, one of the replies false; judged by two verifiers.

step "An election of that bureau"
start_office >"$work/log"
in_earnest() { sql "UPDATE election SET demonstration = 0"; }
# Invented electors vote in a demonstration only.
in_play_do() { local status=0; sql "UPDATE election SET demonstration = 1"; "$@" || status=$?; in_earnest; return $status; }
ctl demo "$work/files" --electors 40 --seed 7 >"$work/log"
sed -i -E "2,\$s/;[^;]*;[^;]*\$/;BELENIOS-2048;$bureau/" "$work/files/scrutins.csv"
sed -i 's/^small_totals = true/small_totals = false/' "$work/files/calendrier.toml"
ctl import "$work/files" >"$work/log"
# The two scrutins with the most electors: the urns of the others stay empty.
mapfile -t voted < <(sql "SELECT s.code FROM scrutin s JOIN voter_scrutin r ON r.scrutin_id = s.id GROUP BY s.code ORDER BY COUNT(*) DESC, s.code LIMIT 2")
code=${voted[0]}

step "A real election is sealed only with a key that all its holders confirmed"
in_earnest
mkdir "$work/keys"; cp "$office/$stem.trustees.json" "$work/keys"
# An act of a real election says who and why.
refuse 65 "--motif TEXTE est attendu" ctl seal --trustees "$work/keys" --notices "$work/notices"
act() { SUDO_USER=camille ctl "$@" --motif "essai de bout en bout"; }
seal() { act seal --trustees "$work/keys" --notices "$work/notices" "$@"; }
refuse 65 "n’est pas confirmée par tous ses porteurs" seal
sed 's/"response\\":\\"[0-9]/&1/' "$office/$stem.confirmations.json" >"$work/keys/$stem.confirmations.json"
refuse 65 "n’est pas confirmée par tous ses porteurs" seal
sed "s/$bureau/Bureau du Hérisson/" "$office/$stem.confirmations.json" >"$work/keys/$stem.confirmations.json"
refuse 65 "ces confirmations sont celles d’un autre bureau (« Bureau du Hérisson »)" seal
cp "$office/$stem.confirmations.json" "$work/keys"
refuse 1 "aucun des scrutins choisis n’est scellé" ctl dossier export "$work/scellement"
refuse 65 "--answers DOSSIER est attendu" seal
mkdir "$work/answers"
refuse 1 "aucune question n’a été posée" seal --answers "$work/answers"

step "Every holder's medium answers the question of the day, and the seal looks"
question=$(act seal challenge | sed -n 's/^La question du jour.* : \(Scellement .*\)$/\1/p')
[ ${#question} = 48 ] || fail "no question: « $question »"
answer() { check "Rien n’a été déchiffré" trustee check "$(key "$1")" --passphrase-file "$work/phrase-$1" --challenge "$2"; }
for i in 1 2; do answer $i "$question"; done
answer 3 "Répétition"  # another question
for i in 1 2 3; do cp "${at[$i]}"/*possession-*.json "$work/answers/"; done
refuse 1 "$bureau (BELENIOS-2048) : porteur 3" seal --answers "$work/answers"
# Another holder's answer under one's name is no answer.
sed 's/"holder":2/"holder":3/' "$work/answers/$stem.porteur-2.possession-"*.json >"$work/answers/faux.json"
refuse 1 "$bureau (BELENIOS-2048) : porteur 3" seal --answers "$work/answers"
answer 3 "$question"
cp "${at[3]}"/*possession-*.json "$work/answers/"
refuse 65 "--rehearsal DOSSIER est attendu" seal --answers "$work/answers"
refuse 65 "--without-rehearsal MOTIF" seal --answers "$work/answers" --without-rehearsal " "
[ "$(sql "SELECT COUNT(*) FROM envelope")" = 0 ] || fail "a refused sealing made codes"

step "Who holds which share goes to the journal, from the ceremony alone"
seal_named() { seal --answers "$work/answers" --without-rehearsal "essai déjà fait sur papier"; }
cp "$office/$stem.0-ouverture.json" "$work/keys"
refuse 65 "il manque $work/keys/$stem.1-tous-les-certificats.json" seal_named
cp "$office/$stem.1-tous-les-certificats.json" "$office/$stem.3-tous-les-engagements.json" "$work/keys"
sed -i 's/Mme Le Goff/Mme Legoff/' "$work/keys/$stem.0-ouverture.json"
refuse 65 "ce fichier est d’une autre cérémonie du même bureau" seal_named
cp "$office/$stem.0-ouverture.json" "$work/keys"
sed -i 's/"[0-9a-f]\{64\}",$/"'"$(printf '0%.0s' $(seq 64))"'",/' "$work/keys/$stem.3-tous-les-engagements.json"
refuse 65 "ne sont pas de la cérémonie de cette clé" seal_named
cp "$office/$stem.3-tous-les-engagements.json" "$work/keys"
[ "$(sql "SELECT (SELECT COUNT(*) FROM envelope) + (SELECT COUNT(*) FROM audit WHERE action IN ('holder', 'publish'))")" = 0 ] || fail "a refused sealing did something"
check "scrutins scellés" seal_named
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'holder'")" = 3 ] || fail "the journal does not name three holders"
ctl minutes "$work/pv" >"$work/log"
for words in "Mme Le Goff, déléguée" "couvre ces noms : $spoken."; do grep -qF "$words" "$work/pv/$code.pv.html" || fail "minutes lack « $words »"; done
written() { printf 'bureau;porteur;nom;qualite\n%s\n' "$1" >"$work/porteurs.csv"; ctl minutes "$work/pv" --porteurs "$work/porteurs.csv"; }
refuse 65 "la cérémonie de cette clé a nommé « Mme Le Goff, déléguée », ce fichier « M. Inconnu »" written "$bureau;3;M. Inconnu;délégué"
refuse 65 "porteur 4 : la clé n’a que 3 porteurs" written "$bureau;4;M. Inconnu;délégué"
refuse 65 "aucun scrutin n’est de ce bureau" written "Bureau du Hérisson;1;M. Inconnu;délégué"
check "procès-verbaux" written "$bureau;3;MME LE GOFF, déléguée;liste du Canal"
grep -qF "Mme Le Goff, déléguée, liste du Canal" "$work/pv/$code.pv.html" || fail "minutes lack a holder's quality"
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'answers' AND detail LIKE '3 supports ont répondu%'")" -ge 1 ] || fail "the journal does not say that the media answered"
[ "$(sql "SELECT COUNT(*) FROM audit WHERE action = 'without-rehearsal' AND detail LIKE '%essai déjà fait sur papier%'")" = 1 ] || fail "the journal does not say that no rehearsal was counted"

step "Each holder notes what was sealed, once all have read its fingerprint aloud"
check "EMPREINTE DU SCELLEMENT" ctl dossier export "$work/scellement"
sealed=$work/scellement/$stem
note() { trustee note "$2" --key "$(key "$1")" --passphrase-file "$work/phrase-$1" "${@:3}"; }
spoken=$(note 1 "$sealed" --fingerprint "" </dev/null 2>&1 | sed -n 's/.*EMPREINTE DU SCELLEMENT : *//p') || true
[ ${#spoken} = 39 ] || fail "no fingerprint of the sealing"
# An office that shows another list of electors to one holder.
uuid=$(sql "SELECT uuid FROM scrutin WHERE code = '$code'")
edit_archive() { node "$root/tests/cli/archive_edit.mjs" "$@"; }
cp -r "$sealed" "$work/false-seal"
edit_archive "$sealed/$code/$uuid.bel" "$work/false-seal/$code/$uuid.bel" --electors 1
check "all checks passed" trustee_verify "$work/false-seal/$code/$uuid.bel"
refuse_and_keep 65 "l’empreinte donnée n’est pas celle de ces archives" note 1 "$work/false-seal" --fingerprint "$spoken"
for i in 1 2 3; do check "sont scellées avec la clé du bureau que vous avez confirmée" note $i "$sealed" --fingerprint "$spoken"; done
check "déjà noté" note 1 "$sealed" --fingerprint "$spoken"
refuse_and_keep 65 "vous avez noté un autre scellement pour ce scrutin" note 1 "$work/false-seal" --fingerprint "$spoken"
notes() { echo "${at[$1]}/$stem.porteur-$1.scellement.json"; }

step "Voted and closed"
# Nothing of the office may tie electors to their ballots any more.
[ ! -e "$work/secrets/scrutinctl/binding_key" ] && [ -s "$work/secrets/vote/binding_key" ] || fail "the office keeps the binding key"
ctl keygen "$work/secrets" >"$work/log"
[ ! -e "$work/secrets/scrutinctl/binding_key" ] || fail "keygen gave the office the binding key again"
cp "$work/secrets/vote/binding_key" "$work/secrets/scrutinctl/"
refuse 1 "le bureau a encore la clé de liaison" act open
check "est détruite ici" seal
refuse 1 "le scellement ne tient pas" in_play_do act open
move_clock vote_opens 1
act open >"$work/log"
start_sceau
for one in "${voted[@]}"; do
  in_play_do ctl rehearse --scrutin "$one" --ballots 20 --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote" >"$work/log"
done
refuse 1 "30 minutes de plus" act close
move_clock vote_closes 31
act close >"$work/log"
wait_for_urne
refuse 1 "la clé d’un porteur ne vient jamais ici" ctl decrypt --key "$(key 1)" --passphrase-file "$work/phrase-1"
refuse 1 "une clé de cérémonie ne s’emploie que chez son porteur" in_play_do ctl decrypt --key "$(key 1)" --passphrase-file "$work/phrase-1"

step "The office gives each holder the archives, and tries others"
check "$code/$uuid.bel : " ctl dossier export "$work/dossiers"
dossier=$work/dossiers/$stem
decrypt() { trustee decrypt "$2" --key "$(key "$1")" --passphrase-file "$work/phrase-$1" --yes "${@:3}"; }
spy() { rm -rf "$work/spy"; edit_archive "$dossier/$code/$uuid.bel" "$work/spy/$uuid.bel" "$@"; }
# One elector's ballot in the place of the total; an urn that is not closed; another list of electors; a ballot altered by one digit.
spy --ballots 1
check "all checks passed" trustee_verify "$work/spy/$uuid.bel"
refuse_and_keep 65 "1 bulletin : moins de 5, le total dirait presque ce que chacun a voté" decrypt 1 "$work/spy"
spy --ballots 4
refuse_and_keep 65 "4 bulletins : moins de 5" decrypt 1 "$work/spy"
spy --open
refuse_and_keep 65 "l’urne n’est pas close dans cette archive" decrypt 1 "$work/spy"
spy --electors 1
refuse_and_keep 65 "ce n’est pas ce que vous avez noté au scellement" decrypt 1 "$work/spy"
mkdir -p "$work/spoiled"; sed 's/"beta":"1/"beta":"2/' "$dossier/$code/$uuid.bel" >"$work/spoiled/$uuid.bel"
refuse_and_keep 65 "l’archive ne se vérifie pas" decrypt 1 "$work/spoiled"
refuse_and_keep 65 "il n’y a là aucune archive (.bel)" decrypt 1 "$work/notices"
refuse_and_keep 65 "deux archives d’un même scrutin" trustee decrypt "$dossier" "$sealed" --key "$(key 1)" --passphrase-file "$work/phrase-1" --yes
refuse_and_keep 77 "ne s’ouvre pas" trustee decrypt "$dossier" --key "$(key 1)" --passphrase-file "$work/phrase-2" --yes
# The last ballots left out, though nothing was decrypted yet: the difference with the true total would be their votes.
spy --ballots 12
check "all checks passed" trustee_verify "$work/spy/$uuid.bel"
refuse_and_keep 65 "$uuid.scellement.txt manque à côté de l’archive" decrypt 1 "$work/spy"
cp "$dossier/$code/$uuid".{scellement.txt,checkpoint} "$work/spy"
refuse_and_keep 65 "le journal public n’a pas fini avec ce nombre de bulletins" decrypt 1 "$work/spy"
refuse 1 "journal public $uuid.checkpoint : le journal a fini avec un autre nombre de bulletins" trustee_verify "$work/spy/$uuid.bel"
cp "$dossier/$code/$uuid".* "$work/spy"
check "le journal public a fini avec ces bulletins, dans cet ordre" trustee_verify "$work/spy/$uuid.bel"
sed -i "s/^20\$/12/" "$work/spy/$uuid.checkpoint"
refuse_and_keep 65 "n’est pas signé pour ce scrutin par la clé scellée" decrypt 1 "$work/spy"
sed -i "s/^keys.*/keys\t$(printf A%.0s {1..43})\t$(printf A%.0s {1..43})/" "$work/spy/$uuid.scellement.txt"
refuse_and_keep 65 "le texte du scellement n’est pas celui que l’élection nomme" decrypt 1 "$work/spy"
# Without its notes, or with notes that another hand wrote, a key decrypts nothing.
mv "$(notes 1)" "$work/noted"
refuse_and_keep 65 "vous n’avez pas noté son scellement" decrypt 1 "$dossier"
sed "s/\"uuid\":\"$uuid\",\"setup\":\"[0-9a-f]*/\"uuid\":\"$uuid\",\"setup\":\"$(printf %064d 1)/" "$work/noted" >"$(notes 1)"
refuse_and_keep 65 "n’est pas le fichier que cette clé a écrit" decrypt 1 "$dossier"
mv "$work/noted" "$(notes 1)"
# Two at once; a full disk: nothing is half written, nothing is remembered as done.
refuse_and_keep 1 "une autre commande emploie" flock "$(key 1)" "$bin/scrutin-trustee" decrypt "$dossier" --key "$(key 1)" --passphrase-file "$work/phrase-1" --yes
refuse_and_keep 1 "plus grand que ce qui est permis" full decrypt 1 "$dossier"
[ -z "$(find "${at[1]}" -name '*.dechiffrements.json*')" ] || fail "decryptions are half written"

step "All three decrypt at home, more than are needed"
for i in 1 2 3; do check "chaque déchiffrement porte ses deux preuves, relues" decrypt $i "$dossier"; done
check "déjà faits" decrypt 3 "$dossier"
partials() { echo "${at[$1]}/$stem.porteur-$1.dechiffrements.json"; }
# Another total of the scrutin, also when the file that holds the first is gone.
spy --ballots 12
refuse_and_keep 65 "vous avez déjà déchiffré un autre total" decrypt 3 "$work/spy"
mv "$(partials 3)" "$work/kept"
refuse_and_keep 65 "vous avez déjà déchiffré un autre total" decrypt 3 "$work/spy"
mv "$work/kept" "$(partials 3)"

step "The office takes in what is proved twice, and nothing else"
sed 's/"holder":1/"holder":2/' "$(partials 1)" >"$work/other-holder.json"
refuse 65 "la preuve du déchiffrement est fausse" act dossier import "$work/other-holder.json"
sed "s/$bureau/Bureau du Hérisson/" "$(partials 1)" >"$work/other-bureau.json"
refuse 65 "il est du bureau « $bureau »" act dossier import "$work/other-bureau.json"
edit() { node -e 'const fs = require("fs"), [from, to, code] = process.argv.slice(1), reply = JSON.parse(fs.readFileSync(from)); eval(code); fs.writeFileSync(to, JSON.stringify(reply));' "$@"; }
edit "$(partials 1)" "$work/swapped.json" 'reply.scrutins.find((one) => one.tally !== reply.scrutins[0].tally).uuid = reply.scrutins[0].uuid'
refuse 65 "ce n’est pas le total chiffré de l’urne qui a été déchiffré" act dossier import "$work/swapped.json"
edit "$(partials 1)" "$work/unknown.json" 'reply.scrutins.forEach((one, at) => { one.uuid = String(11111111111111 + at) })'
refuse 65 "aucun de ses scrutins n’est de cette élection" act dossier import "$work/unknown.json"
edit "$(partials 1)" "$work/resealed.json" 'reply.scrutins[0].setup = "0".repeat(64)'
refuse 65 "il est déchiffré pour un autre scellement" act dossier import "$work/resealed.json"
# Holder 2 answers falsely: a factor that is not its own; a second proof that is not of this decryption; none.
one="reply.scrutins.find((one) => one.uuid === \"$uuid\")"
edit "$(partials 2)" "$work/false-factor.json" "const all = JSON.parse($one.partial); all.decryption_factors[0].reverse(); $one.partial = JSON.stringify(all)"
refuse 65 "la preuve du déchiffrement est fausse" act dossier import "$work/false-factor.json"
edit "$(partials 2)" "$work/false-second.json" "$one.second_proof = reply.scrutins.find((one) => one.uuid !== \"$uuid\").second_proof"
refuse 65 "la seconde preuve du porteur 2 est fausse" act dossier import "$work/false-second.json"
edit "$(partials 2)" "$work/no-second.json" "delete $one.second_proof"
refuse 65 "incomplet ou abîmé" act dossier import "$work/no-second.json"
[ "$(sql 'SELECT COUNT(*) FROM urne.partial_decryption')" = 0 ] || fail "a partial decryption was stored without its proofs"
check "déchiffrements vérifiés et enregistrés" act dossier import "$(partials 1)"
refuse 1 "1 déchiffrement sur 2 nécessaires" act tally
check "déchiffrements vérifiés et enregistrés" act dossier import "$(partials 2)" "$(partials 3)"
check "déjà là" act dossier import "$(partials 1)" "$(partials 3)"

step "A false one that came in by the tables stops its scrutin, with the holder's number; all are exported"
scrutin_id=$(sql "SELECT id FROM scrutin WHERE code = '$code'")
sql "CREATE TABLE urne.kept AS SELECT * FROM urne.partial_decryption WHERE scrutin_id = $scrutin_id"
restore() { sql "REPLACE INTO urne.partial_decryption SELECT * FROM urne.kept"; }
sql "UPDATE urne.partial_decryption a JOIN urne.kept b ON b.owner = 1 SET a.second_proof = b.second_proof WHERE a.scrutin_id = $scrutin_id AND a.owner = 2"
refuse 1 "scrutin $code : la seconde preuve du porteur 2 est fausse" act tally --scrutin "$code"
refuse 1 "la seconde preuve du porteur 2 est fausse" act proclaim --scrutin "$code"
ctl export "$work/disputed" --scrutin "$code" >"$work/log"
refuse 1 "seconde preuve (déchiffrement du porteur 2)" ctl verify "$work/disputed/$code/$uuid.bel"
refuse 1 "" bash -c "'$bin/scrutin-verify' '$work/disputed/$code/$uuid.bel' | grep -q 'résultat publié'"
restore
sql "UPDATE urne.partial_decryption SET second_proof = NULL WHERE scrutin_id = $scrutin_id AND owner = 3"
refuse 1 "la seconde preuve du porteur 3 manque" act tally --scrutin "$code"
restore
# A decryption of another total in the place of holder 2's.
sql "UPDATE urne.partial_decryption a JOIN urne.partial_decryption b ON b.owner = 2 AND b.scrutin_id = (SELECT id FROM scrutin WHERE code = '${voted[1]}') SET a.partial = b.partial, a.second_proof = b.second_proof WHERE a.scrutin_id = $scrutin_id AND a.owner = 2"
refuse 1 "la seconde preuve du porteur 2 est fausse" act tally --scrutin "$code"
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state = 'tallied'")" = 0 ] || fail "a disputed scrutin is tallied"
restore
sql "DROP TABLE urne.kept"
check "dépouillés" act tally
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state <> 'tallied'")" = 0 ] || fail "a scrutin is not tallied"
check "Journal intact" ctl audit verify

step "The archives, judged twice"
ctl export "$work/archives" >"$work/log"
for archive in "$work"/archives/*/*.bel; do
  check "all checks passed" ctl verify "$archive"
  check "Secondes preuves : 3" ctl verify "$archive"
done
judge_with_reference_tool "$work/archives/$code" "$work/archives/${voted[1]}"
mv "$work/archives/$code/$uuid.preuves.json" "$work/proofs"
refuse 1 "l’élection scellée les exige, et leur fichier manque" ctl verify "$work/archives/$code/$uuid.bel"
check "all checks passed" ctl verify "$work/archives/$code/$uuid.bel" --proofs "$work/proofs"
refuse 2 "impossible de lire" ctl verify "$work/archives/$code/$uuid.bel" --proofs "$work/nowhere"

step "The keys go, once all is published; a dated statement stays"
mv "$work/proofs" "$work/archives/$code/$uuid.preuves.json"
destroy() { trustee destroy "$(key "$1")" --passphrase-file "$work/phrase-$1" --yes "${@:2}"; }
refuse_and_keep 1 "n’ont pas de résultat publié dans les archives données" destroy 1
refuse_and_keep 1 "n’ont pas de résultat publié dans les archives données" destroy 1 --archives "$dossier"
refuse_and_keep 65 "cette clé est celle d’un autre porteur" destroy 1 "$(key 2)" --archives "$work/archives"
refuse_and_keep 77 "ne s’ouvre pas" trustee destroy "$(key 1)" --passphrase-file "$work/phrase-2" --yes --archives "$work/archives"
cp "$(key 1)" "$work/usb.cle"; ln "$work/usb.cle" "$work/witness"  # another name of the same bytes, to see what becomes of them
printf vieux >"${at[1]}/$stem.porteur-1.5-part.secret"
before=$(sha256sum <"$work/witness")
check "3 fichiers écrasés et supprimés" destroy 1 "$work/usb.cle" --archives "$work/archives"
[ ! -e "$(key 1)" ] && [ ! -e "$work/usb.cle" ] && [ ! -e "${at[1]}/$stem.porteur-1.5-part.secret" ] || fail "a key is left"
[ "$before" != "$(sha256sum <"$work/witness")" ] || fail "a key was unlinked and not overwritten"
statement=${at[1]}/$stem.porteur-1.destruction
check "porteur 1 : il a sa clé en main" trustee verify-proof "$statement.json" --record "$office/$stem.trustees.json" --challenge "destruction $(sha256sum <"$statement.txt" | cut -d' ' -f1)"
grep -q "Porteur : 1" "${at[1]}/$stem.porteur-1.destruction.txt" || fail "no statement"
check "fichier écrasé et supprimé" destroy 3 --reason "Répétition annulée par le bureau"
grep -q "Motif : Répétition annulée par le bureau" "${at[3]}/$stem.porteur-3.destruction.txt" || fail "no reason in the statement"
[ -e "$(key 2)" ] || fail "another holder's key is gone"
