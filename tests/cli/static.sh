#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# The two small programs as one file each: no loader, no library, and every engine of the processor, in a root that holds nothing but
# the program and what it reads.
#
#   tests/cli/static.sh [BIN]        BIN: folder of the built programs (default: build/bin)
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
bin=$(realpath "${1:-$root/build/bin}")/static
vectors=${PORTAIL_VECTORS:-$root/tests/vectors/data}/belenios
work=$(mktemp -d "${TMPDIR:-/tmp}/static.XXXXXX")
trap 'rm -rf "$work"' EXIT
checks=0
fail() { echo "static.sh: FAILED: $*" >&2; exit 1; }

chroot=$(PATH=$PATH:/usr/sbin command -v chroot)
if [ "$(id -u)" = 0 ]; then enter=("$chroot"); else enter=("$(command -v unshare)" --map-root-user "$chroot"); fi
"${enter[@]}" / true 2>/dev/null || { echo "static.sh: no right to change the root: skipped" >&2; exit "$([ -n "${PORTAIL_FULL_TESTS:-}" ] && echo 1 || echo 77)"; }

mkdir "$work/root"
for program in scrutin-verify scrutin-trustee; do
  # No interpreter, no library asked for, and a kernel of 2012.
  headers=$(readelf --wide --program-headers --dynamic --notes "$bin/$program")
  grep -q INTERP <<<"$headers" && fail "$program asks for a loader"
  grep -q NEEDED <<<"$headers" && fail "$program asks for a library"
  grep -q 'OS: Linux, ABI: 3\.2\.0' <<<"$headers" || fail "$program asks for a newer kernel"
  cp "$bin/$program" "$work/root"
  checks=$((checks + 3))
done
cp "$vectors"/ed25519-single/*.bel "$work/root/ed25519.bel"
cp "$vectors"/2048-single/*.bel "$work/root/2048.bel"

# inside STATUS TEXT COMMAND…: in that root, with an empty environment but for `given`.
given=()
inside() {
  local wanted=$1 text=$2 got=0; shift 2
  env -i "${given[@]}" "${enter[@]}" "$work/root" "$@" >"$work/said" 2>&1 || got=$?
  [ "$got" = "$wanted" ] || { cat "$work/said" >&2; fail "status $wanted expected, $got got: $*"; }
  grep -qF -- "$text" "$work/said" || { cat "$work/said" >&2; fail "« $text » expected from: $*"; }
  checks=$((checks + 1))
}
for archive in ed25519 2048; do
  inside 0 'all checks passed' /scrutin-verify "/$archive.bel"
  # Each engine that this processor has, and what any x86-64 can run.
  for engine in ifma avx2 plain; do
    given=("PORTAIL_ED25519_ENGINE=$engine" "PORTAIL_PRIME_ENGINE=$engine")
    inside 0 'all checks passed' /scrutin-verify archive "/$archive.bel" --jobs 2
  done
  given=()
done
inside 2 'ce fichier n’existe pas' /scrutin-verify /nothing.bel

# A holder's first step: passphrase, randomness, Argon2 and files, where there is no /dev and no /proc.
mkdir "$work/root/folder"
(umask 077; echo "cheval lampe orage tuile vert" >"$work/root/phrase"; echo "une tout autre phrase, pour voir" >"$work/root/other")
inside 0 'porteur 3' /scrutin-trustee start /folder --bureau 'Bureau' --holders 3 --threshold 2
inside 0 'le secret a été relu' /scrutin-trustee identity /folder --holder 1 --passphrase-file /phrase
inside 77 'la phrase de passe n’est pas la bonne' /scrutin-trustee identity /folder --holder 1 --passphrase-file /other
echo "static.sh: $checks checks passed"
