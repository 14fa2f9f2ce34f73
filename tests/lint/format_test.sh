#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Lines are broken as .clang-format says; to mend: git ls-files -z '*.cpp' '*.hpp' '*.inl' | xargs -0 clang-format-14 -i
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if printf 'int  f( );\n' | clang-format-14 --dry-run --Werror --style=file --assume-filename=tests/unit/self.cpp 2>/dev/null; then
  echo 'the tool finds nothing wrong with a line that is'
  exit 1
fi
find modules tests \( -name '*.cpp' -o -name '*.hpp' -o -name '*.inl' \) -print0 | xargs -0 -n 100 clang-format-14 --dry-run --Werror
