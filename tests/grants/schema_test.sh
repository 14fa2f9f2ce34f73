#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Today's schema (sql/portail*.sql, sql/urne.sql) and the road to it (sql/migrations, from version 1) agree: the road is walked on
# a real server and compared, column by column.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
sql=$here/../../sql mariadb_sh=$here/../../modules/launcher/mariadb.sh
dir=$(mktemp -d)
trap '"$mariadb_sh" stop "$dir"; rm -rf "$dir"' EXIT
"$mariadb_sh" create "$dir"
"$mariadb_sh" serve "$dir" --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=0 >"$dir/server.log" 2>&1 &
"$mariadb_sh" wait "$dir"
"$mariadb_sh" load "$dir" "$dir/secrets"
owner() { "$mariadb_sh" sql "$dir" -N "$@"; }

passed=0 failed=0
check() { # check SENTENCE CONDITION…
  local sentence=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'not ok: %s\n' "$sentence"; fi
}
shape() {
  owner -e "SELECT table_schema, table_name, column_name, ordinal_position, column_type, is_nullable, column_default, extra, collation_name
      FROM information_schema.columns WHERE table_schema IN ('portail','urne') ORDER BY 1, 2, 4;
    SELECT table_schema, table_name, index_name, seq_in_index, column_name, non_unique FROM information_schema.statistics
      WHERE table_schema IN ('portail','urne') ORDER BY 1, 2, 3, 4;
    SELECT constraint_schema, table_name, column_name, referenced_table_name, referenced_column_name FROM information_schema.key_column_usage
      WHERE table_schema IN ('portail','urne') AND referenced_table_name IS NOT NULL ORDER BY 1, 2, 3, 4;
    SELECT trigger_schema, trigger_name, event_manipulation, event_object_table, action_timing, action_statement FROM information_schema.triggers
      WHERE trigger_schema IN ('portail','urne') ORDER BY 1, 2"
}

mapfile -t road < <(cd "$sql/migrations" && ls [0-9]*.sql 2>/dev/null | sort)
version=$(owner -e "SELECT version FROM portail.schema_version")
last=1 expected=1
for file in "${road[@]}"; do
  check "$file is named NNNN_verb_object.sql" test -n "$(grep -E '^[0-9]{4}(_[a-z]+)+\.sql$' <<<"$file")"
  check "$file follows number $((expected - 1))" test "$((10#${file%%_*}))" = "$expected"
  last=$((10#${file%%_*})) expected=$((expected + 1))
done
check "schema_version ($version) is the last migration's number ($last)" test "$version" = "$last"
check "every table says what it is (a comment above it)" test -z "$(awk '/^CREATE TABLE/ && previous !~ /^--/ { print FILENAME": "$0 } { previous = $0 }' "$sql"/portail*.sql "$sql/urne.sql")"
check "every table is InnoDB" test "$(owner -e "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema IN ('portail','urne') AND engine<>'InnoDB'")" = 0

today=$(shape)
empty() { owner -e "DROP DATABASE portail; DROP DATABASE urne; CREATE DATABASE portail CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
  CREATE DATABASE urne CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"; }
empty
for loaded in urne:urne portail:portail-desk portail:portail; do owner "${loaded%:*}" <"$sql/${loaded#*:}.sql"; done
check "a first load that was stopped before its last file has no version" test -z "$(owner -e "SELECT version FROM portail.schema_version")"
"$mariadb_sh" load "$dir" "$dir/secrets"
check "and is begun anew by the next" test "$today" = "$(shape)"

if [ ${#road[@]} -gt 0 ]; then
  empty
  owner portail <"$sql/migrations/${road[0]}"
  "$mariadb_sh" load "$dir" "$dir/secrets" 2>/dev/null  # walks the rest
  check "the road leads to today's schema" test "$today" = "$(shape)"
  check "the road leads to today's version" test "$(owner -e "SELECT version FROM portail.schema_version")" = "$version"
fi
printf '%d passed, %d failed\n' $passed $failed
[ $failed = 0 ]
