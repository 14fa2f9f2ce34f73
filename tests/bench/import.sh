#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# bench: import, without instance
# The import of rolls of two sizes, each into an empty database: processor time of scrutinctl (user and system) and of the database, memory, clock; a
# second import of the large one, of which one line differs; and the slope between both sizes, which a hidden square would bend.
#   import.sh [--json FILE]             (./portail bench import)
#   PORTAIL_IMPORT="50000 1400000"      the two sizes; default 20000 100000
#   PORTAIL_IMPORT_POOL=4G              the database's memory for pages; default 96M, less than the rolls of 100,000 take, as 1 GB is less than those of 1.4
#                                       million: with room for all, what is read at random costs little and the slope hides it
set -euo pipefail
json=''
[ "${1:-}" != --json ] || json=$2
set --
. "$(dirname "${BASH_SOURCE[0]}")/../cli/support.sh"
. "$(dirname "${BASH_SOURCE[0]}")/office_times.sh"
read -r small large <<<"${PORTAIL_IMPORT:-20000 100000}"
import() { command time -f %M -o "$work/memory" "$bin/scrutinctl" --config "$work/portail.toml" --secrets "$work/secrets/scrutinctl" import "$@" --yes; }
for size in "$small" "$large"; do
  [ "$size" = "$small" ] || { kill -KILL "$server"; wait "$server" 2>/dev/null || true; rm -rf "$work/db" "$work/secrets"; }
  start_office --innodb-buffer-pool-size="${PORTAIL_IMPORT_POOL:-96M}"
  "$bin/scrutinctl" demo "$work/files-$size" --electors "$size" --seed 2026 >"$work/said"
  timed "import_$size" import "$work/files-$size"
  declare "memory_$size=$(($(cat "$work/memory") / 1024))"
  [ "$(sql 'SELECT COUNT(*) FROM voter')" = "$size" ] || fail "not $size electors"
done
sed -i '3s/^\([^;]*;[^;]*\);[^;]*;/\1;Nouveaunom;/' "$work/files-$large/electeurs.csv"
timed again import "$work/files-$large"
grep -q "1 changé (" "$work/said" || fail "the second import does not show what changed"

per() { awk "BEGIN {printf \"%.1f\", $1 * 1e6 / $2}"; }
slope() { awk "BEGIN {printf \"%.2f\", ($(of "$1_$large") / $large) / ($(of "$1_$small") / $small)}"; }
echo "$(machine); $(sql 'SELECT ROUND(COUNT(*) / (SELECT COUNT(*) FROM voter), 2) FROM voter_scrutin') scrutins for each elector"
for size in "$small" "$large"; do
  echo "  import of $size: $(of "time_import_$size") s of processor ($(per "$(of "time_import_$size")" "$size") µs each, $(of "memory_$size") MiB), the database $(of "base_import_$size") s ($(per "$(of "base_import_$size")" "$size") µs each), on the clock $(of "clock_import_$size") s"
done
echo "  again, one line changed: $time_again s, the database $base_again s, on the clock $clock_again s"
echo "  slope of scrutinctl $(slope time_import), of the database $(slope base_import)"
if [ -n "$json" ]; then
  cat >"$json" <<JSON
{ "import_electors": $large, "import_cpu_seconds": $(awk "BEGIN {print $(of "time_import_$large") + $(of "base_import_$large")}"), "import_database_cpu_seconds": $(of "base_import_$large"),
  "import_cpu_slope": $(slope time_import), "import_database_slope": $(slope base_import), "import_again_cpu_seconds": $(awk "BEGIN {print $time_again + $base_again}") }
JSON
fi
