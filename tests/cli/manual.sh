#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# What the programs make of their tables of commands: man pages that groff takes without a warning and that name every option, and
# completion, tried as bash itself asks for it.
#
#   tests/cli/manual.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(realpath "${1:-$root/build/bin}")
work=$(mktemp -d "${TMPDIR:-/tmp}/manual.XXXXXX")
trap 'rm -rf "$work"' EXIT
checks=0
fail() { echo "manual.sh: FAILED: $*" >&2; exit 1; }

for program in scrutinctl:8 scrutin-trustee:1 scrutin-verify:1; do
  section=${program#*:} program=${program%:*}
  page=$work/$program.$section
  "$bin/$program" --man "$section" >"$page"
  warnings=$(groff -man -Kutf8 -Tutf8 -ww -z "$page" 2>&1) || fail "groff refuses $program.$section"
  [ -z "$warnings" ] || fail "groff warns of $program.$section: $warnings"
  text=$(groff -man -Kutf8 -Tutf8 -P-cbou "$page")
  # Each option of the help is on the page, and each command.
  "$bin/$program" --help >"$work/help"
  mapfile -t commands < <(sed -n 's/^  \([a-z][a-z -]*[a-z]\)  .*/\1/p' "$work/help")
  [ ${#commands[@]} -ge 1 ] || fail "$program --help names no command"
  for command in "${commands[@]}"; do
    grep -qE "^ *$command( |$)" <<<"$text" || fail "$program.$section does not name « $command »"
    # shellcheck disable=SC2086  # a command of two words
    for option in $("$bin/$program" $command --help | grep -o '^  --[a-z-]*'); do
      grep -qF -- "$option" <<<"$text" || fail "$program.$section does not name $option of $command"
      checks=$((checks + 1))
    done
  done
  "$bin/$program" --completion bash >"$work/$program.bash"
  bash -n "$work/$program.bash" || fail "the completion of $program is no script"
done

# completes WORD… : what bash offers for the last word, sorted, on one line.
completes() {
  bash -c '. "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); function=$(complete -p "$1" | sed "s/.*-F \([^ ]*\) .*/\1/"); "$function" "$1"
    printf "%s\n" "${COMPREPLY[@]}" | LC_ALL=C sort | xargs' _ "$work/$1.bash" "$@"
}
offers() {
  local wanted=$1 got; shift
  got=$(completes "$@")
  [ "$got" = "$wanted" ] || fail "« $got » offered for « $* », « $wanted » expected"
  checks=$((checks + 1))
}
offers 'seal seats' scrutinctl sea
offers 'calendar candidatures claims close codes' scrutinctl --config /etc/x c
offers 'set show' scrutinctl calendar ''
offers '--scrutin' scrutinctl close --s
offers '--help --holder' scrutin-trustee identity folder --h
offers '--passphrase-file' scrutinctl trustee identity folder --p
offers 'certs check collect commit confirm' scrutin-trustee c
offers '--jobs --json' scrutin-verify file.bel --j
offers '--json' scrutin-verify archive file.bel --jobs 3 --js
offers '' scrutinctl seal --notices ''   # a file's name: readline's own
offers '' scrutinctl desk apply --radiations-relues ''
offers '' scrutin-verify --jobs ''
offers '' scrutin-verify fil
echo "manual.sh: $checks checks passed"
