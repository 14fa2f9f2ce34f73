#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# bench: vote, without instance
# The notices of 900 electors on paper: sheets, hand-over lists and the printer's batch, as the office's command writes them. On the clock,
# with a thread on each core, and processor time.
#   print_notices.sh [--json FILE]        (./portail bench vote)
set -euo pipefail
json=''
[ "${1:-}" != --json ] || json=$2
set --
. "$(dirname "${BASH_SOURCE[0]}")/../cli/support.sh"
electors=900
start_office
ctl demo "$work/files" --electors $electors --seed 2026 >"$work/said"
ctl import "$work/files" --yes >"$work/said"
ctl codes --notices "$work/notices" >"$work/said"
TIMEFORMAT='%U %S %R'
{ time ctl notices "$work/notices" >"$work/said" 2>&1; } 2>"$work/time" || { cat "$work/said" >&2; fail "notices"; }
read -r user system clock <"$work/time"
grep -q "$electors notices pour" "$work/said" || { cat "$work/said" >&2; fail "not every elector has a notice"; }
rate=$(awk "BEGIN {printf \"%.0f\", $electors / $clock}")
each=$(awk "BEGIN {printf \"%.0f\", ($user + $system) * 1e6 / $electors}")
size=$(du -sb "$work/notices" | awk "{printf \"%.0f\", \$1 / $electors}")
echo "$electors notices in $clock s on $(nproc) cores: $rate a second, $each µs of processor and $size bytes each"
if [ -n "$json" ]; then
  echo "{ \"notices_per_second\": $rate, \"notice_cpu_us\": $each }" >"$json"
fi
