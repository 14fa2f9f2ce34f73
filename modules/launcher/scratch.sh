# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by restore.sh and rehearsal.sh: private folders that leave nothing behind, and programs that end with the shell that started them, however it
# ends. Gives: take_scratch, start_within, wipe_scratch, whole_scratch. Wants: say.
k_scratch_mark=.portail-scratch  # in a folder that is not whole yet; locked by the run that makes it
held=()

is_held() { (exec 9<"$1/$k_scratch_mark" && ! flock -n 9) 2>/dev/null; }
# The mark goes last: who stops us in between leaves a folder that the next run knows.
wipe_scratch() { find "$1" -mindepth 1 ! -path "$1/$k_scratch_mark" -delete 2>/dev/null || true; rm -rf "$1"; }
whole_scratch() { rm -f "$1/$k_scratch_mark"; }

# take_scratch VARIABLE [FOLDER]: the path of a new private folder, FOLDER or one below TMPDIR; what killed runs have left is wiped.
take_scratch() {
  local folder mark
  exec 8<"${BASH_SOURCE[0]}"  # one at a time in here: a folder that nobody holds is then a dead run's
  flock 8
  for folder in "${TMPDIR:-/tmp}"/portail-scratch.??????; do
    if [ -d "$folder" ] && [ ! -L "$folder" ] && [ -O "$folder" ] && ! is_held "$folder"; then wipe_scratch "$folder"; fi
  done
  if [ $# = 1 ]; then folder=$(mktemp -d "${TMPDIR:-/tmp}/portail-scratch.XXXXXX")
  else
    folder=$2
    if [ -f "$folder/$k_scratch_mark" ] && [ -O "$folder" ]; then
      ! is_held "$folder" || { say "another run is making $folder"; exit 73; }
      wipe_scratch "$folder"
    fi
    mkdir "$folder" 2>/dev/null || { say "$folder is there already, or cannot be made: name a new folder"; exit 73; }
  fi
  chmod 700 "$folder"
  folder=$(realpath "$folder")
  exec {mark}>"$folder/$k_scratch_mark"
  flock -n "$mark"
  held+=("$mark")
  exec 8<&-
  printf -v "$1" '%s' "$folder"
}
# start_within COMMAND…: in the background, number in `started`. The kernel kills it with this shell; it holds no folder.
start_within() {
  (
    for mark in "${held[@]}"; do exec {mark}>&-; done
    # shellcheck disable=SC2016  # $PPID and $@ are the inner shell's
    exec setpriv --pdeathsig KILL bash -c '[ "$PPID" = "$0" ] && exec "$@"' $$ "$@"
  ) &
  # shellcheck disable=SC2034  # read by whoever reads this file
  started=$!
}
