# SPDX-License-Identifier: AGPL-3.0-or-later
# What whole_election.sh needs beside support.sh, which it reads: bureaux and their holders, officers, kills, second runs, wrong orders.
# Knows no order of acts.

# The bureaux de vote: name, group, holders, how many count.
bureaux=(
  "Bureau de vote électronique national|Ed25519|5|3"
  "Bureau de vote électronique de l’académie de Poitiers|Ed25519|4|3"
  "Bureau de vote électronique de l’académie de Rouen|Ed25519|3|2"
  "Bureau de vote électronique des contractuels|BELENIOS-2048|3|2"
)

# make_files FOLDER: the files of the demonstration as those of a real election, and one scrutin more, whose lists will be candidatures and which
# will end in a tie.
make_files() {
  ctl demo "$1" --electors "$electors" --seed 26
  sed -i -E '/^ccp-/s/;[^;]*;[^;]*$/;BELENIOS-2048;Bureau de vote électronique des contractuels/' "$1/scrutins.csv"
  echo "cas;Conseil de l’action sociale;CAS;national;;1;non;Ed25519;Bureau de vote électronique national" >>"$1/scrutins.csv"
  printf 'cas;1;Liste annoncée du Verger;LV;\ncas;2;Liste annoncée du Moulin;LM;\n' >>"$1/listes.csv"
  printf 'cas;%s;1;;Un;Candidat;École\n' 1 2 >>"$1/candidats.csv"
  for profile in PES AESH-AED; do echo "$profile;;;;CAS;Tous ces agents votent pour le CAS" >>"$1/regles.csv"; done
  sed -i -E "s/^demonstration = .*/demonstration = false/
    s/^vote_opens = .*/vote_opens = \"$(date -d '+4 days' +%F) 10:00\"/; s/^vote_closes = .*/vote_closes = \"$(date -d '+11 days' +%F) 17:00\"/
    s/^results_shown = .*/results_shown = \"$(date -d '+12 days' +%F) 12:00\"/" "$1/calendrier.toml"
}

# Two officers; every act of a real election says who and why.
camille() { SUDO_USER=camille ctl "$@" --motif "élection de bout en bout"; }
dominique() { SUDO_USER=dominique ctl "$@" --motif "élection de bout en bout"; }
both() { # both WORDS…: camille proposes, which must give a number, and dominique approves: « roll strike … », « suspend … »
  local number
  number=$(camille "$@" | grep -oE 'sous le n° [0-9]+' | grep -oE '[0-9]+$') || fail "no proposal: $*"
  local family=suspensions; [ "$1" != roll ] || family=roll
  refuse 1 "un autre l’approuve" camille $family approve "$number"
  check "Fait" dominique $family approve "$number"
  refuse 1 "déjà décidée" dominique $family approve "$number"
}
# Invented electors vote in a demonstration only: for these votes alone the election is one.
votes() {
  sql "UPDATE election SET demonstration = 1"
  ctl rehearse --notices "$1" --vote-secrets "$work/secrets/vote" "${@:2}" >"$work/voted" 2>&1 || { cat "$work/voted" >&2; fail "no votes"; }
  sql "UPDATE election SET demonstration = 0"
}

# The bureau draws, each time the first list that is still in the tie.
draw_where_equal() {
  local scrutin draws
  for scrutin in $(sql "SELECT code FROM scrutin WHERE state = 'tallied'"); do
    draws=
    for _ in $(seq 9); do
      camille proclaim --yes --scrutin "$scrutin" ${draws:+--draw "$draws"} >"$work/tie" 2>/dev/null && break
      draws=${draws:+$draws,}$scrutin=$(sed -n 's/^Égalité à [^ ]* entre \([0-9]*\) .*/\1/p' "$work/tie")
    done
  done
}
# The rehearsal's one command beside us, until its holders may note; rehearsal_says WORDS waits for them.
rehearsal_says() { until grep -qF -- "$1" "$top/rehearsal.log"; do kill -0 "$rehearsal" 2>/dev/null || { cat "$top/rehearsal.log" >&2; fail "the rehearsal ends before « $1 »"; }; sleep 0.2; done; }
rehearsal() {
  : >"$top/rehearsal.log"
  setpriv --pdeathsig TERM "$root/modules/launcher/rehearsal.sh" "$top/files" "$top/publiques" "$top/essai" --bin "$bin" >"$top/rehearsal.log" 2>&1 & rehearsal=$!
  rehearsal_says "holders may note"
}

# Candidatures: candidature LIST WORDS… for « open » and « deposit »; deposit LIST gives the newest number; write_list LIST N: N electors of the CAS,
# others for each list.
paris() { TZ=Europe/Paris date -d "$1" '+%F %H:%M'; }
candidature() { local list=$1 act=$2; shift 2; camille candidatures "$act" "$@" --scrutin cas --union "Liste du $list"; }
deposit() { sql "SELECT d.number FROM candidature_deposit d JOIN candidature c ON c.id = d.candidature_id WHERE c.union_name = 'Liste du $1' ORDER BY d.version DESC LIMIT 1"; }
write_list() {
  mkdir -p "$work/$1"
  { echo "civilite;nom;prenom;affectation"
    sql "SELECT CONCAT_WS(';', v.civility, v.last_name, v.first_name, CONCAT('\"', v.affectation, '\"')) FROM voter v JOIN voter_scrutin x ON x.voter_id = v.id JOIN scrutin s ON s.id = x.scrutin_id
      WHERE s.code = 'cas' ORDER BY v.id LIMIT $2 OFFSET $(($(printf %d "'$1") % 10 * 3))"
  } >"$work/$1/candidats.csv"
  cp "$(find "$top/files" -name '*.pdf' | sort | head -n 1)" "$work/$1/profession.pdf"
}

# An election on a server of its own: new_office NAME.
new_office() { work=$top/$1; mkdir "$work" "$work/answers"; start_office; }

# All that stands in the tables but what every act writes: the journal, the signed heads, whose turn it is.
tables() {
  sql "SELECT CONCAT(table_schema, '.', table_name) FROM information_schema.tables WHERE table_schema IN ('portail', 'urne') AND table_type = 'BASE TABLE'
    AND table_name NOT IN ('audit', 'log_head', 'journal_head', 'office_turn') ORDER BY 1" | while read -r table; do sql "CHECKSUM TABLE $table"; done
}
# again TEXT COMMAND…: a second run says the text and changes nothing.
again() {
  local before; before=$(tables)
  check "$@"
  [ "$before" = "$(tables)" ] || { diff <(echo "$before") <(tables) >&2; fail "a second run changed the tables: ${*:2}"; }
}
# Killed (-9), or stopped by Ctrl-C, a few times on its way; the caller lets it finish.
killed() {
  local try one
  for try in ${KILLS:-0.05:KILL 0.2:INT 0.6:KILL}; do
    MEASURE= "$@" >"$work/killed" 2>&1 & one=$!
    sleep "${try%:*}"
    kill "-${try#*:}" $(pgrep -P "$one") 2>/dev/null || kill -KILL "$one" 2>/dev/null || true
    wait "$one" 2>/dev/null || true
  done
}
# too_early_or_late PHASE: each line of the table that names it is refused, in its words, and changes nothing.
too_early_or_late() {
  local before phase status words command output got wrong=0
  before=$(tables)
  while IFS='|' read -r -u 3 phase status words command; do
    [[ " $phase " == *" $1 "* ]] || continue
    status=${status// /} words=$(sed 's/^ *//; s/ *$//' <<<"$words")
    got=0; output=$(eval "$command" 2>&1 </dev/null) || got=$?
    { [ "$got" = "$status" ] && grep -qF -- "$words" <<<"$output"; } || { printf '%s: %s: %s\n%s\n' "$1" "$command" "$got" "$output" >&2; wrong=1; }
    passed=$((passed + 1))
  done 3< <(grep -v '^#' "$root/tests/cli/whole_wrong_orders.txt")
  [ "$wrong" = 0 ] || fail "$1: commands in the wrong order are not refused in these words"
  [ "$before" = "$(tables)" ] || { diff <(echo "$before") <(tables) >&2; fail "$1: a refused command changed the tables"; }
}

# Where holder N of key K keeps what is his, and his command with his passphrase.
medium() { echo "$top/porteurs/$1-$2"; }
holder() { # holder K N STEP…: « {} » stands for his folder, « {key} » for his key
  local k=$1 n=$2 folder words=(); shift 2
  folder=$(medium "$k" "$n")
  for word in "$@"; do word=${word/'{key}'/$(echo "$folder"/*.porteur-"$n".cle)}; words+=("${word/'{}'/$folder}"); done
  measured "$bin/scrutin-trustee" "${words[@]}" --passphrase-file "$folder/phrase"
}
# each_holder FUNCTION ARGUMENT…: FUNCTION K N ARGUMENT…, bureau beside bureau as they do it in life; one that fails stops all.
each_holder() {
  local k n name group all needed jobs=() job
  for k in "${!bureaux[@]}"; do
    IFS='|' read -r name group all needed <<<"${bureaux[$k]}"
    (set -e; for n in $(seq "$all"); do "$1" "$k" "$n" "${@:2}"; done) >"$top/holders-$k.log" 2>&1 & jobs+=($!)
  done
  k=0
  for job in "${jobs[@]}"; do
    wait "$job" || { cat "$top/holders-$k.log" >&2; fail "a holder of ${bureaux[$k]} fails: $*"; }
    k=$((k + 1)); passed=$((passed + 1))
  done
}
stem() { basename "$(echo "$top/cles/$1"/*.0-ouverture.json)" .0-ouverture.json; }
sealed_with() { echo "$work/$2/$(stem "$1")"; }  # the folder that « dossier export » makes for key K

# A key ceremony as README-ceremonie.md tells it: files go from a holder to the office and from the office to all.
ceremony() {
  local k=$1 name group all needed office=$top/cles/$1 n stem spoken
  IFS='|' read -r name group all needed <<<"${bureaux[$k]}"
  trustee() { "$bin/scrutin-trustee" "$@"; }
  everybody() { for n in $(seq "$all"); do "$@"; done; }
  trustee start "$office" --bureau "$name" --group "$group" --holders "$all" --threshold "$needed"
  stem=$(stem "$k")
  to_all() { for n in $(seq "$all"); do cp "$office/$stem.$1.json" "$(medium "$k" "$n")/"; done; }
  to_office() { for n in $(seq "$all"); do cp "$(medium "$k" "$n")/$stem.porteur-$n.$1.json" "$office/"; done; trustee collect "$office"; }
  for n in $(seq "$all"); do mkdir -p "$(medium "$k" "$n")"; (umask 077; echo "bureau $k porteur $n : cheval lampe orage tuile" >"$(medium "$k" "$n")/phrase"); done
  to_all 0-ouverture
  for n in $(seq "$all"); do holder "$k" "$n" identity '{}' --holder "$n"; done; to_office 1-certificat
  to_all 1-tous-les-certificats
  spoken=$(trustee certs "$(medium "$k" 1)" | sed -n 's/.*À LIRE À VOIX HAUTE : *//p')
  for n in $(seq "$all"); do holder "$k" "$n" commit '{}' --fingerprint "$spoken"; done; to_office 3-engagement
  to_all 3-tous-les-engagements
  for n in $(seq "$all"); do holder "$k" "$n" reveal '{}'; done; to_office 4-polynome
  for n in $(seq "$all"); do cp "$office/$stem.porteur-$n.4-parts-recues.json" "$(medium "$k" "$n")/"; holder "$k" "$n" finish '{}'; done; to_office 5-cle-publique
  to_all trustees
  for n in $(seq "$all"); do holder "$k" "$n" confirm '{}'; rm -f "$(medium "$k" "$n")"/*.secret; done; to_office 6-confirmation
  trustee status "$office" | grep "La cérémonie est finie"
  cp "$office/$stem".{trustees,confirmations}.json "$top/publiques/"
}
# The bureaux side by side.
each_bureau() {
  local jobs=() k
  for k in "${!bureaux[@]}"; do (set -e; "$1" "$k") >"$top/bureau-$k.log" 2>&1 & jobs+=($!); done
  for k in "${!jobs[@]}"; do wait "${jobs[$k]}" || { cat "$top/bureau-$k.log" >&2; fail "${bureaux[$k]}"; }; passed=$((passed + 1)); done
}
# What a holder does on his machine at the three moments of an election.
answer() { holder "$1" "$2" check '{key}' --challenge "$3"; cp "$(medium "$1" "$2")"/*possession-*.json "$work/answers/"; }
note() {
  local spoken
  spoken=$(holder "$1" "$2" note "$(sealed_with "$1" scellement)" --key '{key}' --fingerprint "" </dev/null 2>&1 | sed -n 's/.*EMPREINTE DU SCELLEMENT : *//p') || true
  holder "$1" "$2" note "$(sealed_with "$1" scellement)" --key '{key}' --fingerprint "$spoken"
}
decrypt() {
  holder "$1" "$2" decrypt "$(sealed_with "$1" dossiers)" --key '{key}' --yes
  mkdir -p "$work/reponses"; cp "$(medium "$1" "$2")"/*.dechiffrements.json "$work/reponses/"
}
# Those whose shares are used: as many as are needed, the last ones of each bureau.
decrypt_if_needed() {
  local name group all needed; IFS='|' read -r name group all needed <<<"${bureaux[$1]}"
  [ "$2" -le $((all - needed)) ] || decrypt "$1" "$2"
}

# Seconds and the most memory (MiB) of a program of ours since the last mark, for whoever runs the large size.
mark() {
  local now=$SECONDS
  [ -z "${marked:-}" ] || printf '   [%s: %d s, %s MiB at most]\n' "$marked" $((now - since)) "$(awk '$1 > m { m = $1 } END { printf "%d", m / 1024 }' "$top/memory" 2>/dev/null)"
  marked=$1 since=$now; : >"$top/memory"; step "$1"
}
ctl() {
  # A shell's background starts programs deaf to Ctrl-C.
  set -- env --default-signal=INT "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" "$@"
  measured "$@"
}
measured() { if [ -n "${MEASURE:-}" ]; then command time -q -a -o "$top/memory" -f %M "$@"; else "$@"; fi; }
