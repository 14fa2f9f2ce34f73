#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A key ceremony by its real commands, two holders of three, each with a machine (a folder) of its own, files carried by hand; the
# hostile moves that each step must refuse; then an election under that key, counted away from the server and judged by two
# verifiers. Read it from top to bottom to learn the holders' commands.
#
#   tests/cli/ceremony.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

# A refusal leaves the secrets of all holders alone.
secrets() { find "$work" \( -name '*.secret' -o -name '*.cle' \) -not -path '*/lent/*' -exec sha256sum {} + | sort; }
refuse_and_keep() {
  local before; before=$(secrets)
  refuse "$@"
  [ "$before" = "$(secrets)" ] || fail "a secret changed under: $*"
}

bureau="Bureau de vote électronique national"
stem="bureau-de-vote-electronique-national.BELENIOS-2048"
office=$work/office
make_machines
(umask 077; echo "une tout autre phrase, pour voir" >"$work/phrase-fausse")
trustee() { "$bin/scrutin-trustee" "$@"; }
# holder N STEP [ARGUMENT…]: the holder's command, on its machine, with its passphrase.
holder() { local number=$1 verb=$2; shift 2; trustee "$verb" "${at[$number]}" --passphrase-file "$work/phrase-$number" "$@"; }
# The messenger.
to_office() { cp "${at[$1]}/$stem.porteur-$1.$2.json" "$office/"; }
to_all() { for i in 1 2 3; do cp "$office/$stem.$1.json" "${at[$i]}/"; done; }

step "The office opens the ceremony"
printf 'Mme Durand, présidente\nM. Diallo, secrétaire\nMme Le Goff, déléguée\n' >"$work/noms"
refuse_and_keep 65 "--threshold K est attendu" trustee start "$office" --bureau "$bureau" --group BELENIOS-2048 --names "$work/noms"
refuse_and_keep 65 "Ed25519 ou BELENIOS-2048" trustee start "$office" --bureau "$bureau" --group TOY-607 --names "$work/noms" --threshold 2
check "porteur 3 (Mme Le Goff, déléguée)" trustee start "$office" --bureau "$bureau" --group BELENIOS-2048 --names "$work/noms" --threshold 2
check "déjà ouverte" trustee start "$office" --bureau "$bureau" --group BELENIOS-2048 --names "$work/noms" --threshold 2
refuse_and_keep 1 "avec un autre réglage" trustee start "$office" --bureau "$bureau" --group BELENIOS-2048 --holders 3 --threshold 2
refuse_and_keep 1 "attend ces fichiers" trustee collect "$office"
refuse_and_keep 1 "pas de fichier d’ouverture" holder 1 identity --holder 1
to_all 0-ouverture

step "Step 1: each holder's identity"
for i in 1 2 3; do check "porteur-$i.1-certificat.json" holder $i identity --holder $i; done
[ "$(stat -c %a "${at[1]}/$stem.porteur-1.1-identite.secret")" = 600 ] || fail "a secret is readable by others"
check "l’étape était déjà faite" holder 1 identity --holder 1
refuse_and_keep 1 "ce dossier est déjà celui du porteur 1" holder 1 identity --holder 2
refuse_and_keep 77 "la phrase de passe n’est pas la bonne" trustee identity "${at[1]}" --holder 1 --passphrase-file "$work/phrase-fausse"
chmod 644 "$work/phrase-1"
refuse_and_keep 65 "peut être lu par d’autres que vous" holder 1 identity --holder 1
chmod 600 "$work/phrase-1"
mkdir "$work/weak"; cp "$office"/*.json "$work/weak"; (umask 077; echo court >"$work/phrase-courte")
refuse_and_keep 65 "trop courte" trustee identity "$work/weak" --holder 1 --passphrase-file "$work/phrase-courte"
# Another holder's certificate under one's name: the office sees it. A certificate is bound to its place.
cp "${at[2]}/$stem.porteur-2.1-certificat.json" "$office/$stem.porteur-1.1-certificat.json"
to_office 2 1-certificat; to_office 3 1-certificat
refuse_and_keep 65 "ce fichier est du porteur 2 (M. Diallo, secrétaire), pas du porteur 1" trustee collect "$office"
sed -i 's/"holder":2/"holder":1/' "$office/$stem.porteur-1.1-certificat.json"
refuse_and_keep 65 "le certificat du porteur 1 (Mme Durand, présidente) : il n’est pas fait pour cette place" trustee collect "$office"
to_office 1 1-certificat
check "1-tous-les-certificats.json" trustee collect "$office"
to_all 1-tous-les-certificats

cp "$office/$stem.porteur-2.1-certificat.json" "$work/first-cert"
mkdir "$work/anew"; cp "$office/$stem.0-ouverture.json" "$work/anew"
trustee identity "$work/anew" --holder 2 --passphrase-file "$work/phrase-fausse" >"$work/log"
cp "$work/anew/$stem.porteur-2.1-certificat.json" "$office"
refuse_and_keep 1 "le certificat du porteur 2 (M. Diallo, secrétaire) n’est plus celui de" trustee collect "$office"
cp "$work/first-cert" "$office/$stem.porteur-2.1-certificat.json"

step "Step 2: everybody reads the same fingerprint aloud"
fingerprint() { trustee certs "${at[$1]}" | sed -n 's/.*À LIRE À VOIX HAUTE : *//p'; }
spoken=$(fingerprint 1)
[ ${#spoken} = 39 ] && [ "$(fingerprint 2)" = "$spoken" ] && [ "$(fingerprint 3)" = "$spoken" ] || fail "fingerprints differ"
# An office that puts its own certificate in the place of holder 2 and shows the false list to the others: holder 2 sees that it is
# not its own, and the fingerprint of the others is another.
false=$work/false; mkdir "$false" "$false/office"; cp "$office/$stem.0-ouverture.json" "$office/$stem".porteur-*.1-* "$false/office"
cp "$work/anew/$stem.porteur-2.1-certificat.json" "$false/office"
trustee collect "$false/office" >"$work/log"
for i in 1 2 3; do cp "$false/office/$stem.1-tous-les-certificats.json" "${at[$i]}/"; done
refuse_and_keep 65 "la liste a un autre certificat que le vôtre" trustee certs "${at[2]}"
[ "$(fingerprint 1)" != "$spoken" ] || fail "an exchanged certificate has the same fingerprint"
refuse_and_keep 65 "n’est pas celle de la liste de ce dossier" holder 1 commit --fingerprint "$spoken"
to_all 1-tous-les-certificats

step "Step 3: a commitment each; no polynomial leaves before all are in"
# commitments FILE TEXT…: a list of commitments as a cheat would write it.
commitments() {
  local file=$1 list; shift
  list=$(printf '"%s",' "$@")
  head -1 "$office/$stem.1-tous-les-certificats.json" | sed 's/1-tous-les-certificats/3-tous-les-engagements/' >"$file"
  printf '%s]}\n' "${list%,}" >>"$file"
}
commitment_of() { grep -o '[0-9a-f]\{64\}"\]' "$1" | cut -c1-64; }
commitments "${at[1]}/$stem.3-tous-les-engagements.json" "$(printf %064d 1)" "$(printf %064d 2)" "$(printf %064d 3)"
refuse_and_keep 1 "vous n’êtes pas encore engagé" holder 1 reveal
rm "${at[1]}/$stem.3-tous-les-engagements.json"
check "votre polynôme est fait et reste chez vous" holder 1 commit --fingerprint "$(tr '[:upper:]' '[:lower:]' <<<"$spoken")"
first=$(cat "${at[1]}/$stem.porteur-1.3-engagement.json")
check "3-engagement.json" holder 1 commit --fingerprint "$spoken"
[ "$(cat "${at[1]}/$stem.porteur-1.3-engagement.json")" = "$first" ] || fail "a second run gave another commitment"
refuse_and_keep 1 "Votre polynôme ne sort pas tant que l’engagement de chacun n’est pas là" holder 1 reveal
for i in 2 3; do check "3-engagement.json" holder $i commit --fingerprint "$spoken"; done
to_office 1 3-engagement; to_office 2 3-engagement
refuse_and_keep 1 "porteur 3 (Mme Le Goff, déléguée) : $stem.porteur-3.3-engagement.json" trustee collect "$office"
to_office 3 3-engagement
check "3-tous-les-engagements.json" trustee collect "$office"
to_all 3-tous-les-engagements

step "Step 4: the polynomials; one that nobody was committed to is refused"
one=$(commitment_of "${at[1]}/$stem.porteur-1.3-engagement.json") two=$(commitment_of "$office/$stem.porteur-2.3-engagement.json")
commitments "${at[1]}/$stem.3-tous-les-engagements.json" "$(printf %064d 7)" "$two" "$(printf %064d 3)"
refuse_and_keep 65 "à votre place, la liste a un autre engagement que le vôtre" holder 1 reveal
to_all 3-tous-les-engagements
for i in 1 2 3; do check "porteur-$i.4-polynome.json" holder $i reveal; to_office $i 4-polynome; done
# Holder 3 waits for the others, then draws another polynomial on a copy of its machine.
again=$work/again; mkdir "$again"
cp "${at[3]}/$stem".{0-ouverture,1-tous-les-certificats}.json "${at[3]}/$stem".porteur-3.1-* "$again"
trustee commit "$again" --fingerprint "$spoken" --passphrase-file "$work/phrase-3" >"$work/log"
commitments "$again/$stem.3-tous-les-engagements.json" "$one" "$two" "$(commitment_of "$again/$stem.porteur-3.3-engagement.json")"
trustee reveal "$again" --passphrase-file "$work/phrase-3" >"$work/log"
cp "$again/$stem.porteur-3.4-polynome.json" "$office/"
refuse_and_keep 65 "le polynôme du porteur 3 (Mme Le Goff, déléguée) : ce n’est pas celui de son engagement" trustee collect "$office"
# Those who have sent theirs hold to the list of commitments that they saw.
cp "$again/$stem.3-tous-les-engagements.json" "${at[1]}/"
refuse_and_keep 65 "la liste des engagements a changé depuis que vous avez envoyé votre polynôme" holder 1 reveal
to_all 3-tous-les-engagements; to_office 3 4-polynome
check "porteur-3.4-parts-recues.json" trustee collect "$office"

step "Step 5: each holder's share"
refuse_and_keep 1 "4-parts-recues.json" holder 1 finish
cp "$office/$stem.porteur-2.4-parts-recues.json" "${at[1]}/$stem.porteur-1.4-parts-recues.json"
refuse_and_keep 65 "ce fichier est du porteur 2" holder 1 finish
sed -i 's/"holder":2/"holder":1/' "${at[1]}/$stem.porteur-1.4-parts-recues.json"
refuse_and_keep 65 "la part reçue du porteur 1 (Mme Durand, présidente) : elle ne s’ouvre pas" holder 1 finish
for i in 1 2 3; do
  cp "$office/$stem.porteur-$i.4-parts-recues.json" "${at[$i]}/"
  check "5-cle-publique.json" holder $i finish
  to_office $i 5-cle-publique
done
sed 's/1-identite/5-part/' "${at[2]}/$stem.porteur-2.1-identite.secret" >"$work/other-step"
mkdir "$work/lent"; cp "${at[2]}"/* "$work/lent"; cp "$work/other-step" "$work/lent/$stem.porteur-2.5-part.secret"
refuse_and_keep 77 "ne s’ouvre pas" trustee finish "$work/lent" --passphrase-file "$work/phrase-2"
cp "${at[3]}/$stem.porteur-3.5-part.secret" "$work/lent/$stem.porteur-2.5-part.secret"
refuse_and_keep 65 "ce secret est celui du porteur 3" trustee finish "$work/lent" --passphrase-file "$work/phrase-2"
check "$stem.trustees.json" trustee collect "$office"

step "Step 6: every holder confirms the bureau's key"
cp "$office/$stem.trustees.json" "$work/good"
check "À LIRE À VOIX HAUTE" "$bin/scrutinctl" --config /nowhere trustee certs "${at[1]}"  # a word of the office's tool too
sed 's/"threshold":2/"threshold":1/' "$work/good" >"${at[1]}/$stem.trustees.json"
refuse_and_keep 65 "contrôle refusé" holder 1 confirm
to_all trustees
for i in 1 2 3; do check "porteur-$i.cle" holder $i confirm; done
to_office 1 6-confirmation; to_office 2 6-confirmation
refuse_and_keep 1 "porteur 3 (Mme Le Goff, déléguée) : $stem.porteur-3.6-confirmation.json" trustee collect "$office"
to_office 3 6-confirmation
check "La cérémonie est finie" trustee collect "$office"
check "La cérémonie est finie" trustee status "$office"
for i in 1 2 3; do rm "${at[$i]}"/*.secret; done  # of no more use
check "votre clé est faite" trustee status "${at[1]}"

step "Between ceremony and count: the key opens, and a third party can see that"
trustee_verify() { "$bin/scrutin-verify" "$@"; }
key() { echo "${at[$1]}/$stem.porteur-$1.cle"; }
check "Rien n’a été déchiffré" trustee check "$(key 1)" --passphrase-file "$work/phrase-1" --challenge "Répétition"
refuse_and_keep 77 "la phrase de passe n’est pas la bonne" trustee check "$(key 1)" --passphrase-file "$work/phrase-2"
head -c 900 "$(key 1)" >"$work/truncated.cle"
refuse_and_keep 65 "incomplet ou abîmé" trustee check "$work/truncated.cle" --passphrase-file "$work/phrase-1" --record "$office/$stem.trustees.json"
sed 's/"memory":268435456/"memory":8192/' "$(key 1)" >"$work/weak.cle"
refuse_and_keep 65 "hors des limites permises" trustee check "$work/weak.cle" --passphrase-file "$work/phrase-1" --record "$office/$stem.trustees.json"
proof=$(echo "${at[1]}"/*.possession-*.json)
check "porteur 1 : il a sa clé en main" trustee verify-proof "$proof" --record "$office/$stem.trustees.json" --challenge "Répétition"
refuse_and_keep 65 "la preuve répond à une autre question" trustee verify-proof "$proof" --record "$office/$stem.trustees.json" --challenge "Autre"
sed 's/"holder":1/"holder":2/' "$proof" >"$work/stolen.json"
refuse_and_keep 65 "la preuve n’est pas celle de ce porteur" trustee verify-proof "$work/stolen.json" --record "$office/$stem.trustees.json" --challenge "Répétition"
(umask 077; echo "porteur 3 : phrase neuve, six mots" >"$work/phrase-neuve")
check "est changée" trustee passphrase "$(key 3)" --passphrase-file "$work/phrase-3" --new-passphrase-file "$work/phrase-neuve"
refuse_and_keep 77 "ne s’ouvre pas" trustee check "$(key 3)" --passphrase-file "$work/phrase-3"
mv "$work/phrase-neuve" "$work/phrase-3"
check "Tout va bien" trustee check "$(key 3)" --passphrase-file "$work/phrase-3"

step "Each day: the state of each key, which the office sees"
refuse_and_keep 1 "porteur 1 (Mme Durand, présidente) : aucun état reçu" trustee health "$office"
report() { holder_key "$1" check --report "${@:2}"; }
holder_key() { local number=$1 verb=$2; shift 2; trustee "$verb" "$(key "$number")" --passphrase-file "$work/phrase-$number" "$@"; }
other_medium=$(mktemp -d /dev/shm/ceremony.XXXXXX); extra_folder=$other_medium
cp "$(key 1)" "$other_medium/copie.cle"; cp "$(key 1)" "$work/voisine.cle"
check "sont sur le même support" report 1 --copy "$work/voisine.cle"
check "c’est la même clé" report 1 --copy "$other_medium/copie.cle"
refuse_and_keep 77 "ne s’ouvre pas" report 1 --copy "$(key 2)"
head -c 700 "$(key 1)" >"$other_medium/copie.cle"
refuse_and_keep 65 "incomplet ou abîmé" report 1 --copy "$other_medium/copie.cle"
for i in 2 3; do check "porteur-$i.etat.json" report $i; done
for i in 1 2 3; do to_office $i etat; done
check "porteur 1 (Mme Durand, présidente) : $(date -u +%Y-%m-%d)" trustee health "$office"
check "2 supports" trustee health "$office"
check "1 support : il en faut deux, de marques différentes" trustee health "$office"
# A state of yesterday's week, one with a better date written in, another's, none.
state=$office/$stem.porteur-2.etat.json
cp "$state" "$work/state"
sed -E 's/etat\|1\|[0-9]{4}/etat|1|2031/' "$work/state" >"$state"
refuse_and_keep 1 "porteur 2 (M. Diallo, secrétaire) : la preuve de son état est fausse" trustee health "$office"
cp "$office/$stem.porteur-3.etat.json" "$state"
refuse_and_keep 1 "son fichier est abîmé ou n’est pas le sien" trustee health "$office"
rm "$state"
refuse_and_keep 1 "1 porteur est au rouge" trustee health "$office"
rm "$office/$stem.porteur-3.etat.json"
refuse_and_keep 1 "1 clé est bonne pour 2 nécessaires" trustee health "$office"
cp "$work/state" "$state"
echo $((60 * 60 * 24 * 3)) >"$work/later"
refuse_and_keep 1 "son dernier état a 3 jours" env PORTAIL_CLOCK_OFFSET_FILE="$work/later" "$bin/scrutin-trustee" health "$office"

step "At the keyboard: nothing typed is shown"
mkfifo "$work/keyboard"
script --quiet --return --flush --command "'$bin/scrutin-trustee' check '$(key 1)'" "$work/screen" <"$work/keyboard" >/dev/null &
terminal=$!
exec 9>"$work/keyboard"
for _ in $(seq 200); do grep -q "pendant la frappe" "$work/screen" 2>/dev/null && break; sleep 0.1; done
cat "$work/phrase-1" >&9
wait "$terminal" || fail "a passphrase that was typed is refused"
exec 9>&-
grep -q "Tout va bien" "$work/screen" || fail "no answer at the keyboard"
grep -q "lampe" "$work/screen" && fail "the passphrase was shown"
refuse_and_keep 65 "donnez --passphrase-file FICHIER" setsid "$bin/scrutin-trustee" check "$(key 1)"

. "$root/tests/cli/ceremony_count.sh"

printf '\nceremony.sh: %d checks passed\n' "$passed"
