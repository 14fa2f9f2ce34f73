# SPDX-License-Identifier: AGPL-3.0-or-later
# What the tests of whole elections share; each reads it. Gives: root, bin, work (removed at the end), passed, step, fail, check,
# refuse, full, make_machines, start_office (a database server of one's own, the secrets, the settings), start_sceau, wait_for_urne,
# move_clock, ctl, sql. Knows no election.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(realpath "${1:-$root/build/bin}")
mariadb=$root/modules/launcher/mariadb.sh
test_name=$(basename "$0")
work=$(mktemp -d "${TMPDIR:-/tmp}/${test_name%.sh}.XXXXXX")
passed=0

step() { printf '\n== %s\n' "$*"; }
fail() { printf '%s: FAILED: %s\n' "$test_name" "$*" >&2; exit 1; }
# check TEXT COMMAND…: the command must succeed and say the text.
check() {
  local wanted=$1 output; shift
  output=$("$@" 2>&1) || { printf '%s\n' "$output" >&2; fail "refused: $*"; }
  grep -qF -- "$wanted" <<<"$output" || { printf '%s\n' "$output" >&2; fail "« $wanted » expected from: $*"; }
  passed=$((passed + 1))
}
# refuse STATUS TEXT COMMAND…: the command must fail with this status and say the text.
refuse() {
  local status=$1 wanted=$2 output got=0; shift 2
  output=$("$@" 2>&1) || got=$?
  [ "$got" = "$status" ] || { printf '%s\n' "$output" >&2; fail "status $status expected, $got got from: $*"; }
  grep -qF -- "$wanted" <<<"$output" || { printf '%s\n' "$output" >&2; fail "« $wanted » expected from: $*"; }
  passed=$((passed + 1))
}

# The command on disks that take no byte more; what it says goes through a pipe.
full() { (trap '' XFSZ; ulimit -f 0; "$@"); }

# The machines (folders) of three holders, at[N], and their passphrases.
make_machines() {
  declare -gA at
  local i
  for i in 1 2 3; do
    at[$i]=$work/machine-$i
    mkdir "${at[$i]}"
    (umask 077; echo "porteur $i : cheval lampe orage tuile" >"$work/phrase-$i")
  done
}

server='' sceau='' extra_folder=''
finish() {
  [ -z "$sceau" ] || { kill "$sceau" 2>/dev/null || true; wait "$sceau" 2>/dev/null || true; }
  [ -z "$server" ] || { kill -KILL "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; }
  rm -rf "$work" ${extra_folder:+"$extra_folder"}
}
trap finish EXIT

start_office() { # start_office [OPTION…]: more options of the database server
  "$mariadb" create "$work/db"
  "$mariadb" serve "$work/db" "$@" >"$work/db.log" 2>&1 &
  server=$!
  "$mariadb" wait "$work/db"
  "$bin/scrutinctl" keygen "$work/secrets"
  "$mariadb" load "$work/db" "$work/secrets"
  cat >"$work/portail.toml" <<TOML
[portal]
base_url = "http://localhost:8080"
templates = "$root/templates"
[database]
socket = "$work/db/db.sock"
password_files = true
[worker]
[log]
minimum = 1
folder = "$work/log-files"
TOML
}
# sceau at work: what waits in the inbox enters the urne, here at the close (its fixed times are ten minutes apart).
start_sceau() {
  "$bin/portail-sceau" --config "$work/portail.toml" --secrets "$work/secrets/sceau" --interval 1 >"$work/sceau.log" 2>&1 &
  sceau=$!
}
# On a busy machine sceau may need longer than the office's close waits.
wait_for_urne() {
  for _ in $(seq 600); do [ "$(sql 'SELECT COUNT(*) FROM urne.inbox')" = 0 ] && return 0; sleep 0.2; done
  cat "$work/sceau.log" >&2
  fail "ballots wait after the close"
}
ctl() { "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" "$@"; }
# For the background: the shell becomes the program, so that $! names it. Behind `ctl … &` stands a shell, and who kills that one leaves the program alive.
ctl_alone() { exec "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" "$@"; }
sql() { "$mariadb" sql "$work/db" --batch --skip-column-names portail -e "$1"; }

# The hour of the calendar's EVENT and MINUTES more, for every program of this test.
move_clock() {
  export PORTAIL_CLOCK_OFFSET_FILE=$work/clock
  sql "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), at) + 60 * $2 FROM calendar WHERE event = '$1'" >"$work/clock"
}

# The verdict of the reference tool on folders that hold one archive of its groups each.
judge_with_reference_tool() {
  if ! command -v belenios-tool >/dev/null; then
    echo "$test_name: belenios-tool is not installed: its verdict is skipped" >&2
    [ -z "${PORTAIL_FULL_TESTS:-}" ] || fail "belenios-tool is missing"
    return 0
  fi
  local folder
  for folder in "$@"; do
    check "all checks passed" belenios-tool election verify --dir "$folder"
    echo "belenios-tool: $(basename "$folder"): all checks passed"
  done
}
