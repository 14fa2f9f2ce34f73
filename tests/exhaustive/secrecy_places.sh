#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# What crypto_secrecy.supp forgives OpenSSL is the look at the highest word, the question whether a number fits, and in the ceremony
# whether a tag was right: an instruction each. Runs without those rules and counts the places.
#
#   secrecy_places.sh VALGRIND PROGRAM
set -euo pipefail
rules=$(mktemp)
trap 'rm -f "$rules"' EXIT
sed '/^# OpenSSL/,$d' "$(dirname "${BASH_SOURCE[0]}")/crypto_secrecy.supp" >"$rules"

# count PLACES [OPTION]
count() {
  local wanted=$1 said kinds places elsewhere; shift
  said=$("$valgrind" --quiet --suppressions="$rules" "$program" BELENIOS-2048 "$@" 2>&1)
  grep -q '^ok$' <<<"$said"
  # "at 0x…: ??? (in …libcrypto.so.3)" is the line below the kind of error.
  kinds=$(sed -n 's/^==[0-9]*== \([A-Z].*\)$/\1/p' <<<"$said" | sort -u)
  places=$(sed -n 's/^==[0-9]*==    at \(0x[0-9A-F]*\): .*/\1/p' <<<"$said" | sort -u)
  elsewhere=$(sed -n '/^==[0-9]*==    at /{/libcrypto/!p}' <<<"$said")
  if [ "$kinds" != 'Conditional jump or move depends on uninitialised value(s)' ] || [ "$(wc -l <<<"$places")" != "$wanted" ] || [ -n "$elsewhere" ]; then
    printf '%s\n' "$said" >&2
    echo "secrecy_places.sh: $wanted places of libcrypto expected, found: $places" >&2
    exit 1
  fi
}

valgrind=$1 program=$2
count 2
count 3 --ceremony
echo "secrecy_places.sh: as explained, in two places of libcrypto, and a third in the ceremony"
