#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# paths_test.sh BIN: no program says in which folder it was built, so that others who build the same sources get the same bytes. BIN holds the built
# programs. That they do is tried by `./portail test reproducible`.
set -euo pipefail
bin=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
build=$(dirname "$bin")
words() { printf '%s' "$1" | sed 's/[][\\.*^$+?(){}|]/\\&/g'; }
# says FILE FOLDER: the file has the folder's path, whole, and not the end of a longer one.
says() { LC_ALL=C grep -aqE "(^|[^[:alnum:]_./-])$(words "$2")(/|[^[:alnum:]_.-]|$)" "$1"; }

status=0
mapfile -t programs < <(find "$bin" -type f -perm -u+x | sort)
[ ${#programs[@]} -ge 10 ] || { echo "only ${#programs[@]} programs in $bin"; exit 1; }
for program in "${programs[@]}"; do
  for folder in "$root" "$build"; do
    if says "$program" "$folder"; then
      echo "$program holds the path $folder: $(LC_ALL=C grep -aoE "$(words "$folder")[[:alnum:]_./-]*" "$program" | sort -u | head -3 | tr '\n' ' ')"
      status=1
    fi
  done
  if readelf -d "$program" | grep -E 'RPATH|RUNPATH'; then echo "$program looks for libraries in a folder of its own"; status=1; fi
done
# It must be able to find something, and nothing where there is nothing.
sample=$(mktemp)
trap 'rm -f "$sample"' EXIT
printf 'x\0%s/modules/util/file.cpp\0' "$root" >"$sample"
says "$sample" "$root" || { echo "a path in a program is not found"; status=1; }
printf 'x\0/elsewhere%s/modules\0%s-2/modules\0' "$root" "$root" >"$sample"
! says "$sample" "$root" || { echo "another path is taken for ours"; status=1; }
echo "${#programs[@]} programs looked at"
exit $status
