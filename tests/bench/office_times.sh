# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by codes.sh and import.sh after tests/cli/support.sh: what a command of the office costs, and its database.
now_of_database() { awk '{s += $1} END {printf "%.2f", s / 1e9}' /proc/"$(cat "$work/db/db.pid")"/task/*/schedstat; }
# timed WORD COMMAND…: seconds of processor of the command into time_WORD, of the database into base_WORD, on the clock into clock_WORD.
timed() {
  local word=$1 before file=$work/time user system clock
  shift
  before=$(now_of_database)
  TIMEFORMAT='%U %S %R'
  { time "$@" >"$work/said" 2>&1; } 2>"$file" || { cat "$work/said" >&2; fail "$*"; }
  read -r user system clock <"$file"
  declare -g "time_$word=$(awk "BEGIN {print $user + $system}")" "clock_$word=$clock"
  declare -g "base_$word=$(awk "BEGIN {print $(now_of_database) - $before}")"
}
of() { local name=$1; echo "${!name}"; }
machine() { echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores"; }
