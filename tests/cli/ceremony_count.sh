# SPDX-License-Identifier: AGPL-3.0-or-later
# Second half of ceremony.sh, which reads it: an election sealed with the ceremony's key, voted, counted by two holders on their own
# machines, judged by two verifiers.

step "An election of that bureau"
start_office >"$work/log"
in_earnest() { sql "UPDATE election SET demonstration = 0"; }
in_play() { sql "UPDATE election SET demonstration = 1"; }
ctl demo "$work/files" --electors 40 --seed 7 >"$work/log"
sed -i -E "2,\$s/;[^;]*;[^;]*\$/;BELENIOS-2048;$bureau/" "$work/files/scrutins.csv"
ctl import "$work/files" >"$work/log"

step "A real election is sealed only with a key that all its holders confirmed"
in_earnest
mkdir "$work/keys"; cp "$office/$stem.trustees.json" "$work/keys"
seal() { ctl seal --trustees "$work/keys" --notices "$work/notices"; }
refuse 65 "n’est pas confirmée par tous ses porteurs" seal
sed 's/"response\\":\\"[0-9]/&1/' "$office/$stem.confirmations.json" >"$work/keys/$stem.confirmations.json"
refuse 65 "n’est pas confirmée par tous ses porteurs" seal
sed "s/$bureau/Bureau du Hérisson/" "$office/$stem.confirmations.json" >"$work/keys/$stem.confirmations.json"
refuse 65 "ces confirmations sont celles d’un autre bureau (« Bureau du Hérisson »)" seal
cp "$office/$stem.confirmations.json" "$work/keys"
check "scrutins scellés" seal

step "Voted and closed"
in_play  # invented electors vote, and hours pass, in a demonstration only
ctl open >"$work/log"
ctl rehearse --ballots 60 --notices "$work/notices/notices.csv" --vote-secrets "$work/secrets/vote" >"$work/log"
refuse 1 "aucun des scrutins choisis n’est clos" ctl dossier export "$work/dossiers"
ctl close >"$work/log"
in_earnest
refuse 1 "la clé d’un porteur ne vient jamais ici" ctl decrypt --key "$(key 1)" --passphrase-file "$work/phrase-1"

step "The office gives each holder the dossier and the archives"
check "$stem.depouillement.json" ctl dossier export "$work/dossiers"
ctl export "$work/archives" >"$work/log"
dossier=$work/dossiers/$stem.depouillement.json
decrypt() { trustee decrypt "$2" --key "$(key "$1")" --passphrase-file "$work/phrase-$1" --yes "${@:3}"; }
# A dossier that asks for one elector's ballot in the place of the total: without the ballots a holder cannot see it, with them it can.
code=$(sql "SELECT code FROM scrutin s WHERE (SELECT COUNT(*) FROM urne.ballot b WHERE b.scrutin_id = s.id) > 2 ORDER BY code LIMIT 1")
[ -n "$code" ] || fail "no scrutin with several ballots"
sql "SELECT ballot FROM urne.ballot b JOIN scrutin s ON s.id = b.scrutin_id WHERE s.code = '$code' LIMIT 1" >"$work/ballot"
one_ballot() {  # DOSSIER: its scrutin $code made a total of one ballot
  node -e '
    const fs = require("fs"), crypto = require("crypto"), [file, code, ballot] = process.argv.slice(1);
    const dossier = JSON.parse(fs.readFileSync(file)), scrutin = dossier.scrutins.find((s) => s.code === code);
    scrutin.encrypted_tally = JSON.stringify(JSON.parse(fs.readFileSync(ballot)).answers.map((a) => a.choices));
    const hash = crypto.createHash("sha256").update(scrutin.encrypted_tally).digest("hex");
    scrutin.sized = scrutin.sized.replace(/[0-9a-f]{64}/, hash);
    fs.writeFileSync(file, JSON.stringify(dossier));' "$1" "$code" "$work/ballot"
}
cp "$dossier" "$work/spy.json"; one_ballot "$work/spy.json"
refuse 65 "le total chiffré du dossier n’est pas celui des bulletins de l’archive" decrypt 1 "$work/spy.json" --archives "$work/archives"
sed 's/num_tallied\\":[0-9]*/num_tallied\\":99/' "$dossier" >"$work/altered.json"
refuse 65 "contrôle refusé" decrypt 1 "$work/altered.json"
refuse 77 "ne s’ouvre pas" trustee decrypt "$dossier" --key "$(key 1)" --passphrase-file "$work/phrase-2" --yes

sed "s/$bureau/Bureau du Hérisson/" "$dossier" >"$work/other-bureau.json"
refuse 65 "cette clé est celle de « $bureau »" decrypt 1 "$work/other-bureau.json"
edit() { node -e 'const fs = require("fs"), [from, to, code] = process.argv.slice(1), dossier = JSON.parse(fs.readFileSync(from)); eval(code); fs.writeFileSync(to, JSON.stringify(dossier));' "$@"; }
edit "$dossier" "$work/twice.json" 'dossier.scrutins.push(dossier.scrutins[0])'
refuse 65 "est deux fois dans le dossier" decrypt 1 "$work/twice.json"
edit "$dossier" "$work/nobody.json" 'dossier.scrutins = []'
refuse 65 "ce dossier n’a aucun scrutin" decrypt 1 "$work/nobody.json"
edit "$dossier" "$work/absent.json" 'dossier.scrutins[0].emargements += 1'
refuse 65 "autant d’émargements que de bulletins sont attendus" decrypt 1 "$work/absent.json"
# Nothing is half written, nothing is remembered as done.
refuse 1 "plus grand que ce qui est permis" full decrypt 1 "$dossier"
[ -z "$(find "${at[1]}" -name '*.dechiffrements.json*')" ] || fail "decryptions are half written"

step "Two holders decrypt at home"
check "archive : chaque bulletin vérifié, total refait" decrypt 1 "$dossier" --archives "$work/archives"
check "Ce que ce dossier seul ne permet pas de contrôler" decrypt 3 "$dossier"
check "déjà faits" decrypt 3 "$dossier"
refuse 65 "vous avez déjà déchiffré un autre total" decrypt 3 "$work/spy.json"

step "The office takes in what is proved, and nothing else"
partials() { echo "${at[$1]}/$stem.porteur-$1.dechiffrements.json"; }
sed 's/"holder":1/"holder":2/' "$(partials 1)" >"$work/other-holder.json"
refuse 65 "la preuve du déchiffrement est fausse" ctl dossier import "$work/other-holder.json"
sed "s/$bureau/Bureau du Hérisson/" "$(partials 1)" >"$work/other-bureau.json"
refuse 65 "il est du bureau « $bureau »" ctl dossier import "$work/other-bureau.json"
edit "$(partials 1)" "$work/swapped.json" 'dossier.scrutins.find((one) => one.tally !== dossier.scrutins[0].tally).uuid = dossier.scrutins[0].uuid'
refuse 65 "ce n’est pas le total chiffré de l’urne qui a été déchiffré" ctl dossier import "$work/swapped.json"
edit "$(partials 1)" "$work/unknown.json" 'dossier.scrutins.at(-1).uuid = "11111111111111"'
refuse 65 "un des scrutins n’est pas de cette élection" ctl dossier import "$work/unknown.json"
[ "$(sql 'SELECT COUNT(*) FROM urne.partial_decryption')" = 0 ] || fail "a partial decryption was stored without its proof"
check "déchiffrements vérifiés et enregistrés" ctl dossier import "$(partials 1)"
refuse 1 "1 déchiffrement sur 2 nécessaires" ctl tally
check "déchiffrements vérifiés et enregistrés" ctl dossier import "$(partials 3)"
check "déjà là" ctl dossier import "$(partials 1)" "$(partials 3)"
check "dépouillés" ctl tally
[ "$(sql "SELECT COUNT(*) FROM scrutin WHERE state <> 'tallied'")" = 0 ] || fail "a scrutin is not tallied"
check "Journal intact" ctl audit verify

step "The archives, judged twice"
ctl export "$work/archives" >"$work/log"
for archive in "$work"/archives/*/*.bel; do check "all checks passed" ctl verify "$archive"; done
judge_with_reference_tool "$work/archives/$code" "$work/archives/ctm"
