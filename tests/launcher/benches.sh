# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by ./portail: the benches, and their figures in one file.

# Each bench says in its source what it is called and whether it wants a portal: « bench: NAME, without instance » (daemons at work
# would disturb it) or « bench: NAME, on an instance ». Several may share a name; all figures lie flat in the one JSON file.
benches() { # benches WANT [NAME…]: the sources that say so
  local source want=$1 name
  shift
  for source in "$root"/tests/bench/*; do
    name=$(sed -nE "s|^(//\|#) bench: (.*), $want\$|\2|p" "$source" 2>/dev/null)
    if [ -n "$name" ] && { [ $# = 0 ] || [[ " $* " == *" $name "* ]]; }; then echo "$name $source"; fi
  done
}
# until_ended COMMAND…: an interruption ends the command too, and waits until it has put its things away.
until_ended() {
  local pid status=0
  "$@" &
  pid=$!
  trap 'kill -TERM $pid 2>/dev/null || true; wait $pid || true; exit 130' INT TERM HUP
  wait $pid || status=$?
  trap - INT TERM HUP
  return $status
}
run_benches() { # run_benches PARTS NAME SOURCE…: figures into the folder PARTS
  local parts=$1 name source part command
  shift
  mkdir -p "$parts/tmp"
  while [ $# -gt 0 ]; do
    name=$1 source=$2
    shift 2
    part=$(basename "$source")
    case $source in
      *.mjs) command=(node "$source") ;;
      *.sh) command=(bash "$source") ;;
      *) command=("$BUILD/bench/$(basename "${source%.cpp}" | tr _ -)") ;;
    esac
    say "== $name ($part)"
    until_ended env TMPDIR="$parts/tmp" "${command[@]}" --json "$parts/$part.json" || return 1
  done
}

cmd_bench() {
  local json="" names=() parts name alone=() on_instance=()
  while [ $# -gt 0 ]; do
    case $1 in
      --json) json=$(realpath -m "${2:?--json needs a file}"); shift ;;
      *) names+=("$1") ;;
    esac
    shift
  done
  for name in "${names[@]}"; do
    [ -n "$(benches '.*' "$name")" ] || die "no bench « $name »; there are: $(benches '.*' | cut -d' ' -f1 | sort -u | tr '\n' ' ')"
  done
  read -r -d '' -a alone < <(benches 'without instance' "${names[@]}") || true
  read -r -d '' -a on_instance < <(benches 'on an instance' "${names[@]}") || true
  mkdir -p "$LOG"
  ensure_packages "${run_packages[@]}" "${test_packages[@]}" "${bench_packages[@]}"
  ensure_node_modules
  build
  parts=$(mktemp -d)
  # shellcheck disable=SC2064
  trap "rm -rf '$parts'" EXIT
  run_benches "$parts" "${alone[@]}" || return 1
  if [ ${#on_instance[@]} -gt 0 ]; then
    bench_on_instance() {  # in the background, so a shell of its own
      # The crowd's pages as nginx/portail.conf bounds them, by core; other benches ask for more than a crowd may.
      [ "${names[*]}" != overload ] || export PORTAIL_NEWCOMERS=$((30 * $(nproc))) PORTAIL_WAITING=$((100 * $(nproc)))
      trap 'exit 130' INT TERM HUP  # after what is under way; with_instance stops the instance
      PORTAIL_TEST_ELECTORS=${PORTAIL_TEST_ELECTORS:-750} with_instance bench 18100 run_benches "$parts" "${on_instance[@]}"
    }
    until_ended bench_on_instance || return 1
  fi
  if [ -n "$json" ]; then
    node -e 'const fs = require("fs"), [dir, target] = process.argv.slice(1), all = {}
      for (const file of fs.readdirSync(dir).filter(name => name.endsWith(".json")).sort()) {
        for (const [key, figure] of Object.entries(JSON.parse(fs.readFileSync(`${dir}/${file}`, "utf8")))) {
          if (key in all) throw new Error(`two figures are called ${key}`)
          all[key] = figure
        }
      }
      fs.writeFileSync(target, JSON.stringify(all, null, 2) + "\n")' "$parts" "$json" || return 1
    say "Figures: $json"
  fi
}
