#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Puts an archive of « scrutinctl archive » back into a private MariaDB that it makes, and has all of it verified there. It knows no other server: a
# running portal's databases are out of its reach.
#
#   restore.sh ARCHIVE [--digest DIGEST] [--log-key FILE] [--keep FOLDER] [--bin FOLDER]
#     --digest    of the archive, as in the minutes
#     --log-key   the journal's public key, kept elsewhere; without it, the one that the archive names
#     --keep      leave the instance in this new folder, or in one that a killed run has begun: « mariadb.sh serve FOLDER », « scrutinctl --config FOLDER/portail.toml --secrets
#                 FOLDER/secrets/scrutinctl »
#     --bin       the built programs (default: build/bin)
# Killed at any moment, nothing of it runs on, and the next run wipes what it has left. Two may run at once.
# Status: of « scrutinctl archive verify »; 1 also where a digest differs before anything is loaded; 64 usage; 65 an archive of another form.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mariadb=$root/modules/launcher/mariadb.sh
unset PORTAIL_DB_SOCKET  # it could be a running portal's
usage() { sed -n '6,11s/^#   //p' "${BASH_SOURCE[0]}" >&2; exit 64; }
say() { printf 'restore: %s\n' "$*" >&2; }

archive='' keep='' key='' bin=$root/build/bin
verify=()
while [ $# -gt 0 ]; do
  case $1 in
    --digest) verify+=(--digest "${2-}"); shift ;;
    --log-key) key=${2-}; shift ;;
    --keep) keep=${2-}; shift ;;
    --bin) bin=${2-}; shift ;;
    -*) usage ;;
    *) [ -z "$archive" ] || usage; archive=$1 ;;
  esac
  [ $# -gt 0 ] && shift || usage
done
[ -n "$archive" ] || usage
[ -f "$archive/archive.txt" ] || { say "$archive is no archive: archive.txt is not there"; exit 65; }
archive=$(realpath "$archive")
case $archive in *[\'\\]*) say "a quote or a backslash in the path $archive: move the archive"; exit 65 ;; esac

# fact NAME PATTERN: what archive.txt says, if it has the form.
fact() {
  local value
  value=$(sed -n "s/^$1\t//p" "$archive/archive.txt")
  [[ $value =~ ^$2$ ]] || { say "archive.txt: $1 has another form"; exit 65; }
  printf '%s\n' "$value"
}
base_url=$(fact base_url 'https?://[A-Za-z0-9.:/_-]+')
log_key=$(fact log_public_key '[A-Za-z0-9_-]{43}')
schema=$(fact schema '[0-9]+')
here=$(sed -n 's/^INSERT INTO schema_version VALUES (\([0-9]*\),.*/\1/p' "$root/sql/portail-triggers.sql")
[ "$schema" = "$here" ] || { say "the archive has schema version $schema, this tree $here: take the sources of that version (pieces/)"; exit 65; }
[ -z "$key" ] || log_key=$(head -n 1 "$key")

# Before anything is loaded, by a tool that is not ours.
(cd "$archive" && sha256sum --quiet --strict -c SHA256SUMS) >&2 || { say "the archive is not what SHA256SUMS says: nothing was loaded"; exit 1; }

# shellcheck source=modules/launcher/scratch.sh
. "$root/modules/launcher/scratch.sh"
is_whole='' server=''
finish() {
  if [ -z "$server" ]; then :
  elif [ -n "$keep" ]; then "$mariadb" stop "$work" 2>/dev/null || true  # its data must start again
  else kill -KILL "$server" 2>/dev/null || true; fi
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  if [ -n "$keep" ] && [ -n "$is_whole" ]; then whole_scratch "$work"; else wipe_scratch "$work"; fi
}
take_scratch work ${keep:+"$keep"}
trap finish EXIT
trap 'exit 130' INT TERM HUP

"$mariadb" create "$work"
start_within "$mariadb" serve "$work" >"$work/db.log" 2>&1
server=$started
"$mariadb" wait "$work"
"$mariadb" load "$work" "$work/secrets"

# The server reads the rows itself: what a file says is data, whatever it says. Columns that are not kept get the type's empty value.
shopt -s nullglob
for file in "$archive"/tables/*.tsv; do
  table=$(basename "$file" .tsv)
  columns=$(head -n 1 "$file" | tr '\t' ',')
  [[ $table =~ ^(portail|urne)\.[a-z_]+$ && $columns =~ ^[a-z_,]+$ ]] || { say "$file has another form"; exit 65; }
  also=''
  # No columns of the archive, and unique: what the first is of stands in the ballot; the others told double sends of a form apart.
  case $table in
    urne.ballot) also="SET credential_hash = SHA2(JSON_VALUE(ballot, '\$.credential'), 256)" ;;
    portail.reclamation | portail.assistance | portail.reassort_request) also="SET idempotency_key = SHA2(id, 256)" ;;
  esac
  "$mariadb" sql "$work" -e "SET sql_mode = 'NO_AUTO_VALUE_ON_ZERO', foreign_key_checks = 0;
    LOAD DATA INFILE '$file' INTO TABLE $table CHARACTER SET binary IGNORE 1 LINES (${columns//,/, }) $also" || { say "$table cannot be put back"; exit 1; }
  say "$table: $(($(wc -l <"$file") - 1))"
done

mkdir -p "$work/public"
(umask 077; printf '%s\n' "$log_key" >"$work/secrets/scrutinctl/log_public_key")
cat >"$work/portail.toml" <<TOML
[portal]
base_url = "$base_url"
templates = "$root/templates"
[database]
socket = "$work/db.sock"
password_files = true
[worker]
[log]
folder = "$work/public"
TOML
is_whole=yes
status=0
mkdir -p "$work/tmp"
start_within env TMPDIR="$work/tmp" "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" archive verify "$archive" "${verify[@]}"
wait "$started" || status=$?
exit "$status"
