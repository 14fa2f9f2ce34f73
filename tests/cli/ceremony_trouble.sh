#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A key ceremony with everything that goes wrong on a real table: mail programs that rewrite files, full and protected disks, files that are
# none, files of other ceremonies, steps run twice or cut off, fingers on the keyboard. Each time nothing is lost and a sentence says what
# to do. What dishonest holders and offices try is in ceremony.sh and tests/unit/crypto/trustees/ceremony_tests.cpp.
#
#   tests/cli/ceremony_trouble.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/support.sh"

bureau="Bureau de l’Écureuil" stem=bureau-de-l-ecureuil.Ed25519
office=$work/office
make_machines
trustee() { timeout 60 "$bin/scrutin-trustee" "$@"; }
holder() { local number=$1 verb=$2; shift 2; trustee "$verb" "${at[$number]}" --passphrase-file "$work/phrase-$number" "$@"; }
# All files of a folder with their contents, to see that nothing changed.
picture() { find "$1" -type f -exec sha256sum {} + | sort; }
# same FOLDER COMMAND…: the command leaves the folder as it was.
same() {
  local folder=$1 before; shift
  before=$(picture "$folder")
  "$@"
  [ "$before" = "$(picture "$folder")" ] || fail "$folder changed under: $*"
}
# A mail program's copy: a mark at the front, other ends of lines.
by_mail() { { printf '\xef\xbb\xbf'; sed 's/$/\r/' "$1"; } >"$2"; }
to_office() { by_mail "${at[$1]}/$stem.porteur-$1.$2.json" "$office/$stem.porteur-$1.$2.json"; }
to_all() { for i in 1 2 3; do by_mail "$office/$stem.$1.json" "${at[$i]}/$stem.$1.json"; done; }
# twice N STEP PIECE [ARGUMENT…]: the step, then again after its public file was lost, then again: always the same files.
twice() {
  local number=$1 verb=$2 piece=${at[$1]}/$stem.porteur-$1.$3.json first; shift 3
  holder "$number" "$verb" "$@" >"$work/log"
  first=$(picture "${at[$number]}")
  rm "$piece"
  check "[déjà là]" holder "$number" "$verb" "$@"
  [ "$first" = "$(picture "${at[$number]}")" ] || fail "$verb of holder $number, cut off before its public file, gave others"
  check "[déjà là]" holder "$number" "$verb" "$@"
  [ "$first" = "$(picture "${at[$number]}")" ] || fail "$verb of holder $number, run again, changed a file"
}

step "Settings that no ceremony can have"
start() { trustee start "$@"; }
refuse 65 "un nombre entier de 2 à 2" start "$work/x" --bureau "$bureau" --holders 3 --threshold 1
refuse 65 "un nombre entier de 3 à 60" start "$work/x" --bureau "$bureau" --holders 2 --threshold 1
refuse 65 "un nombre entier de 2 à 2" start "$work/x" --bureau "$bureau" --holders 3 --threshold 3
refuse 65 "dépasserait les 2 Mio" start "$work/x" --bureau "$bureau" --group BELENIOS-2048 --holders 60 --threshold 59
refuse 65 "80 caractères au plus" start "$work/x" --bureau "$(printf 'é%.0s' $(seq 81))" --holders 3 --threshold 2
refuse 65 "--bureau NOM est attendu" start "$work/x" --bureau "… !" --holders 3 --threshold 2
[ ! -e "$work/x" ] || fail "a refused start made a folder"
start "$office" --bureau "$bureau" --holders 3 --threshold 2 >"$work/log"
start "$work/earlier" --bureau "$bureau" --holders 3 --threshold 2 >"$work/log"
start "$work/elsewhere" --bureau "Bureau du Hérisson" --holders 3 --threshold 2 >"$work/log"
to_all 0-ouverture

step "At the keyboard"
# typed COMMAND TEXT…: a text after each question for a passphrase; then « status N » and the terminal's echo are on $work/screen.
typed() {
  local command=$1 asked=0 text terminal; shift
  rm -f "$work/keyboard" "$work/screen"; mkfifo "$work/keyboard"
  script --quiet --return --flush --command "$command; echo \"status \$?\"; stty -a | grep -o ' -\\?echo '" "$work/screen" <"$work/keyboard" >/dev/null &
  terminal=$!
  exec 9>"$work/keyboard"
  for text in "$@"; do
    asked=$((asked + 1))
    for _ in $(seq 300); do
      [ "$(grep -ao 'pendant la frappe' "$work/screen" 2>/dev/null | wc -l)" -ge $asked ] && break
      sleep 0.1
    done
    printf '%b' "$text" >&9
  done
  wait "$terminal" || true
  exec 9>&-
  grep -aq '^ echo ' "$work/screen" || { cat "$work/screen" >&2; fail "the terminal stays silent after: $command"; }
  passed=$((passed + 1))
}
on_screen() { grep -aqF -- "$1" "$work/screen" || { cat "$work/screen" >&2; fail "« $1 » expected on the screen"; }; }
identity="'$bin/scrutin-trustee' identity '${at[1]}' --holder 1"
good='tuile orage lampe cheval'
for key in '\003' '\034' '\032'; do  # Ctrl-C, Ctrl-\, Ctrl-Z
  same "${at[1]}" typed "$identity" "half a pass$key"
  on_screen "saisie interrompue ; rien n’est changé"
  on_screen "status 1"
done
same "${at[1]}" typed "$identity" '\n' 'court\n' 'aaaaaaaaaaaaaaaaaaaaaaaaaaaa\n'
on_screen "Non : la phrase de passe est trop courte"
on_screen "Non : la phrase de passe répète trop les mêmes caractères"
on_screen "trois essais sans phrase de passe convenable"
same "${at[1]}" typed "$identity" "$good\n" "half of it\003"
on_screen "saisie interrompue"
typed "$identity" "$good\n" "$good.\n" "$good\n" "$good\n"
on_screen "Les deux saisies diffèrent. Recommencez."
on_screen "status 0"
! grep -aq "lampe" "$work/screen" || fail "a passphrase was shown"
same "${at[1]}" typed "$identity" "une autre phrase de passe\n"
on_screen "la phrase de passe n’est pas la bonne"
on_screen "status 77"
rm "${at[1]}"/*porteur*

step "A disk that is full, or protected"
same "${at[1]}" refuse 1 "plus grand que ce qui est permis" full holder 1 identity --holder 1
same "$office" refuse 1 "${stem}.0-ouverture.json" full start "$work/y" --bureau "$bureau" --holders 3 --threshold 2
# As root every folder can be written: then as somebody else, where that is possible.
as_other=()
[ "$(id -u)" != 0 ] || as_other=(setpriv --reuid 65534 --regid 65534 --clear-groups)
mkdir "$work/protected"; cp "$office"/*.json "$work/protected"; cp "$work/phrase-1" "$work/phrase-other"
[ "$(id -u)" != 0 ] || chown 65534 "$work/phrase-other"
chmod 755 "$work"; chmod -R a+rX "$work/protected"; chmod 555 "$work/protected"
if "${as_other[@]}" test -x "$bin/scrutin-trustee" -a -r "$work/protected/$stem.0-ouverture.json" 2>/dev/null; then
  same "$work/protected" refuse 1 "vous n’avez pas le droit d’écrire ou de lire ici" \
    "${as_other[@]}" "$bin/scrutin-trustee" identity "$work/protected" --holder 1 --passphrase-file "$work/phrase-other"
else
  echo "$test_name: nobody else can run $bin: the protected folder is skipped" >&2
fi
chmod 700 "$work" "$work/protected"

step "Step 1, and files of elsewhere under the right names"
for i in 1 2 3; do twice $i identity 1-certificat --holder $i; done
cp "$work/earlier"/*.0-ouverture.json "$work/lent.json"
mkdir "$work/again"; mv "$work/lent.json" "$work/again/$stem.0-ouverture.json"
trustee identity "$work/again" --holder 1 --passphrase-file "$work/phrase-1" >"$work/log"
cert=$office/$stem.porteur-1.1-certificat.json
cp "$work/again/$stem.porteur-1.1-certificat.json" "$cert"
refuse 65 "ce fichier est d’une autre cérémonie du même bureau" trustee collect "$office"
sed 's/Bureau de l’Écureuil/Bureau du Hérisson/' "${at[1]}/$stem.porteur-1.1-certificat.json" >"$cert"
refuse 65 "ce fichier est d’un autre bureau (« Bureau du Hérisson »)" trustee collect "$office"
sed 's/"group":"Ed25519"/"group":"BELENIOS-2048"/' "${at[1]}/$stem.porteur-1.1-certificat.json" >"$cert"
refuse 65 "ce fichier est d’un autre groupe (BELENIOS-2048)" trustee collect "$office"
# The secret of the earlier ceremony, brought into this one.
cp "${at[1]}/$stem.porteur-1.1-identite.secret" "$work/mine"
cp "$work/again/$stem.porteur-1.1-identite.secret" "${at[1]}/"
refuse 65 "ce secret est d’une autre cérémonie du même bureau" holder 1 identity --holder 1
cp "$work/mine" "${at[1]}/$stem.porteur-1.1-identite.secret"
# Things that are no files.
rm "$cert"; mkfifo "$cert"
refuse 65 "ce n’est pas un fichier ordinaire" trustee collect "$office"
rm "$cert"; ln -s "$cert" "$cert"
refuse 65 "ce n’est pas un fichier ordinaire" trustee collect "$office"
rm "$cert"; ln -s /dev/zero "$cert"
refuse 65 "ce n’est pas un fichier ordinaire" trustee collect "$office"
rm "$cert"; truncate -s 100M "$cert"
refuse 65 "bien trop grand" trustee collect "$office"
rm "$cert"; head -c 300 "${at[1]}/$stem.porteur-1.1-certificat.json" >"$cert"
refuse 65 "incomplet ou abîmé" trustee collect "$office"
rm "$cert"
for i in 1 2 3; do to_office $i 1-certificat; done
cp "$cert" "$office/$stem.porteur-1.1-certificat (1).json"  # a name that a browser makes: not looked at
same "${at[1]}" check "1-tous-les-certificats.json" trustee collect "$office"
same "$office" refuse 1 "la cérémonie attend ces fichiers" trustee collect "$office"
to_all 1-tous-les-certificats

step "Steps 3 and 4"
refuse 1 "il manque" holder 1 reveal
spoken=$(trustee certs "${at[1]}" | sed -n 's/.*À LIRE À VOIX HAUTE : *//p')
[ "$(trustee certs "$office" | sed -n 's/.*À LIRE À VOIX HAUTE : *//p')" = "$spoken" ] || fail "a mail program changed the fingerprint"
mv "${at[1]}/$stem.porteur-1.1-identite.secret" "$work/mine"
same "${at[1]}" refuse 1 "si le vôtre est perdu, reprenez votre copie" holder 1 commit --fingerprint "$spoken"
mv "$work/mine" "${at[1]}/$stem.porteur-1.1-identite.secret"
# A list that leaves a holder out, or shows one twice.
list=${at[1]}/$stem.1-tous-les-certificats.json
sed '4d' "$office/$stem.1-tous-les-certificats.json" | sed '3s/,$/]}/' >"$list"
same "${at[1]}" refuse 65 "incomplet ou abîmé" holder 1 commit --fingerprint "$spoken"
sed '3{h;p;d};2{p;d};4d' "$office/$stem.1-tous-les-certificats.json" | sed '3{p;s/,$/]}/}' >"$list"
same "${at[1]}" refuse 65 "le certificat du porteur 3 : il n’est pas fait pour cette place" holder 1 commit --fingerprint "$spoken"
to_all 1-tous-les-certificats
same "${at[1]}" refuse 1 "plus grand que ce qui est permis" full holder 1 commit --fingerprint "$spoken"
for i in 1 2 3; do twice $i commit 3-engagement --fingerprint "$spoken"; to_office $i 3-engagement; done
# Holder 3 repeats the commitment of holder 1: to the office, then, with the office, to holder 1.
sed 's/"holder":1/"holder":3/' "${at[1]}/$stem.porteur-1.3-engagement.json" >"$office/$stem.porteur-3.3-engagement.json"
refuse 65 "son engagement est la copie de celui d’un autre porteur" trustee collect "$office"
to_office 3 3-engagement
check "3-tous-les-engagements.json" trustee collect "$office"
to_all 3-tous-les-engagements
commitments=${at[1]}/$stem.3-tous-les-engagements.json
one=$(sed -n 2p "$office/$stem.3-tous-les-engagements.json"); one=${one%,}
sed "4s/.*/$one]}/" "$office/$stem.3-tous-les-engagements.json" >"$commitments"
same "${at[1]}" refuse 65 "l’engagement du porteur 1 est aussi celui d’un autre" holder 1 reveal
to_all 3-tous-les-engagements
for i in 1 2 3; do twice $i reveal 4-polynome; to_office $i 4-polynome; done
check "4-parts-recues.json" trustee collect "$office"

step "Steps 5 and 6"
parts() { by_mail "$office/$stem.porteur-$1.4-parts-recues.json" "${at[$1]}/$stem.porteur-$1.4-parts-recues.json"; }
for i in 1 2 3; do parts $i; done
same "${at[1]}" refuse 1 "plus grand que ce qui est permis" full holder 1 finish
for i in 1 2 3; do twice $i finish 5-cle-publique; to_office $i 5-cle-publique; done
# A public key that is another's.
sed 's/"holder":1/"holder":2/' "${at[1]}/$stem.porteur-1.5-cle-publique.json" >"$office/$stem.porteur-2.5-cle-publique.json"
refuse 65 "la clé publique du porteur 2 : elle ne répond pas aux polynômes" trustee collect "$office"
to_office 2 5-cle-publique
check "$stem.trustees.json" trustee collect "$office"
to_all trustees
same "${at[1]}" refuse 1 "plus grand que ce qui est permis" full holder 1 confirm
for i in 1 2 3; do twice $i confirm 6-confirmation; to_office $i 6-confirmation; done
sed 's/"holder":1/"holder":2/' "${at[1]}/$stem.porteur-1.6-confirmation.json" >"$office/$stem.porteur-2.6-confirmation.json"
refuse 65 "la confirmation du porteur 2 : sa signature est fausse" trustee collect "$office"
to_office 2 6-confirmation
check "La cérémonie est finie" trustee collect "$office"
wrong=$(find "$work"/machine-* \( -name '*.secret' -o -name '*.cle' \) -not -perm 600)
[ -z "$wrong" ] || fail "readable by others: $wrong"
[ "$(find "$work"/machine-* \( -name '*.secret' -o -name '*.cle' \) | wc -l)" = 15 ] || fail "five secrets a holder expected"
left=$(find "$work"/machine-* "$office" -name '*.??????' -not -name '*.secret')
[ -z "$left" ] || fail "half-written files are left: $left"

step "The key: another passphrase on a full disk, behind a link, rewritten by a mail program"
key=${at[1]}/$stem.porteur-1.cle
(umask 077; echo "une phrase de passe toute neuve" >"$work/phrase-neuve")
change() { trustee passphrase "$1" --passphrase-file "$work/phrase-1" --new-passphrase-file "$work/phrase-neuve"; }
same "${at[1]}" refuse 1 "plus grand que ce qui est permis" full change "$key"
(umask 077; echo "court" >"$work/phrase-courte")
same "${at[1]}" refuse 65 "trop courte" trustee passphrase "$key" --passphrase-file "$work/phrase-1" --new-passphrase-file "$work/phrase-courte"
mkdir "$work/usb"; cp "$key" "$work/usb/copie.cle"; ln -s usb/copie.cle "$work/lien.cle"
check "est changée" change "$work/lien.cle"
[ -L "$work/lien.cle" ] && [ "$(stat -c %a "$work/usb/copie.cle")" = 600 ] || fail "the link or the mode of a key is lost"
check "Tout va bien" trustee check "$work/usb/copie.cle" --passphrase-file "$work/phrase-neuve" --record "$office/$stem.trustees.json"
by_mail "$key" "$work/mail.cle"
refuse 65 "un autre programme a réécrit ce fichier" trustee check "$work/mail.cle" --passphrase-file "$work/phrase-1" --record "$office/$stem.trustees.json"
mkfifo "$work/pipe.cle"
refuse 65 "ne peut pas être lu" trustee check "$work/pipe.cle" --passphrase-file "$work/phrase-1" --record "$office/$stem.trustees.json"
refuse 65 "n’est ni un dossier ni une archive" trustee decrypt "$work/pipe.cle" --key "$key" --passphrase-file "$work/phrase-1" --yes

printf '\nceremony_trouble.sh: %d checks passed\n' "$passed"
