#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Every shell script of the tree, by shellcheck: no warning. What .shellcheckrc leaves out, it says why.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
mapfile -t scripts < <(find . \( -name node_modules -o -name .git -o -name var -o -name 'build' -o -name 'build-*' \) -prune -o -type f -size -200k -print |
  sort | xargs -d '\n' awk 'FNR == 1 && /^#!(\/usr\/bin\/env bash|\/bin\/(ba)?sh)|^# shellcheck shell=/ { print FILENAME } { nextfile }')
[ ${#scripts[@]} -ge 20 ] || { echo "only ${#scripts[@]} scripts found"; exit 1; }
status=0
shellcheck -x -S warning "${scripts[@]}" || status=1
# It must be able to find something.
printf '#!/bin/sh\nrm -rf $1/*\nx=(a)\n' | shellcheck -S warning - >/dev/null && { echo "shellcheck finds nothing where there is something"; status=1; }
echo "${#scripts[@]} scripts checked"
exit $status
