#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# bench: codes, without instance
# An office's two long commands on rolls of two sizes, on a private database: the import, and the sealing that makes codes and credentials of everybody. Processor
# time of scrutinctl (user and system) and of the database apart; beside it what cannot be spared of a code (code_unit_bench.cpp), and the slope
# between both sizes, which a hidden square would bend.
#   codes.sh [--json FILE]        (./portail bench codes)
#   PORTAIL_CODES="20000 100000"   the two sizes
set -euo pipefail
json=''
[ "${1:-}" != --json ] || json=$2
set --
. "$(dirname "${BASH_SOURCE[0]}")/../cli/support.sh"
. "$(dirname "${BASH_SOURCE[0]}")/office_times.sh"
read -r small large <<<"${PORTAIL_CODES:-20000 100000}"
start_office
unit=$("$root/build/bench/code-unit-bench")
for size in "$small" "$large"; do
  ctl demo "$work/files-$size" --electors "$size" --seed 2026 >"$work/said"
  timed "import_$size" ctl import "$work/files-$size" --yes
done
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >"$work/said"
timed "seal_$large" ctl seal --trustees "$work/keys" --notices "$work/notices-$large"
rolls=$(sql 'SELECT COUNT(*) / (SELECT COUNT(*) FROM voter) FROM voter_scrutin')
kill -KILL "$server"; wait "$server" 2>/dev/null || true
rm -rf "$work/db" "$work/secrets" "$work/keys"
start_office
ctl import "$work/files-$small" >"$work/said"
ctl trustee demo-ceremony "$work/keys" --holders 3 --threshold 2 >"$work/said"
timed "seal_$small" ctl seal --trustees "$work/keys" --notices "$work/notices-$small"

slope() { awk "BEGIN {printf \"%.2f\", ($(of "time_$1_$large") / $large) / ($(of "time_$1_$small") / $small)}"; }
each() { awk "BEGIN {printf \"%.0f\", $(of "time_$1_$2") * 1e6 / $2}"; }
echo "$(machine); $rolls scrutins for each elector"
for size in "$small" "$large"; do
  for act in import seal; do
    echo "  $act of $size: $(of "time_${act}_$size") s of processor ($(each "$act" "$size") µs each), the database $(of "base_${act}_$size"), on the clock $(of "clock_${act}_$size")"
  done
done
echo "  one PBKDF2 and four fixed-base multiplications: $unit µs; slope of the sealing $(slope seal), of the import $(slope import)"
if [ -n "$json" ]; then
  cat >"$json" <<JSON
{ "codes_100k_cpu_seconds": $(awk "BEGIN {printf \"%.2f\", $(of "time_seal_$large") * 100000 / $large}"),
  "codes_database_cpu_seconds": $(of "base_seal_$large"), "codes_unit_us": $unit, "codes_slope": $(slope seal), "import_us_each": $(each import "$large"), "import_slope": $(slope import) }
JSON
fi
