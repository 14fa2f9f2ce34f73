# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by ./portail: the long looks at the sources, each in a build of its own: sanitize, coverage, tidy, reproducible. Not part of a
# plain `./portail test`.
# shellcheck disable=SC2034,SC2154  # read by the launcher, set by it
check_packages=(clang-tidy-14)
checks=(sanitize coverage tidy production reproducible)

# in_build NAME CMAKE_OPTION…: from here on (a suite is a subshell) BUILD is build-NAME, configured so.
in_build() {
  BUILD=$root/build-$1 LOG=$root/build-$1/log
  mkdir -p "$LOG"
  step "Preparing $(basename "$BUILD")" "$LOG/build.log" cmake -G Ninja -S "$root" -B "$BUILD" "${@:2}"
}
unit_programs() { ninja -C "$BUILD" -t targets all | sed -n 's/^\(unit-[a-z-]*\): phony$/\1/p'; }

# no_find FOLDER: no process of the instance had a find, though it may have gone on.
no_find() {
  if grep -rlE 'ERROR: (Address|Leak)Sanitizer|runtime error:|WARNING: ThreadSanitizer' "$1"; then return 1; fi
}

# Steps end with `|| return`: who calls a suite asks for its status, and there `set -e` is off.
programs() { printf 'portail-%s ' "${workers[@]}" "${daemons[@]}" scrutinctl auditor trustee; }  # targets, not files

# Memory and undefined behaviour: every unit test, and a portal under the refusals of tests/http.
sanitize_memory() {
  export UBSAN_OPTIONS=print_stacktrace=1
  in_build sanitize -DPORTAIL_SANITIZE=address -DCMAKE_BUILD_TYPE=Debug || return
  # shellcheck disable=SC2046
  build $(unit_programs) $(programs) || return
  run_ctest -R '^unit-' --timeout 3600 || return
  run_http 18100 || return
  no_find "$BUILD/instances"
}

# Threads: what runs in several, and the same portal. Where the kernel draws addresses from more than Debian's 28 bits
# (vm.mmap_rnd_bits), the sanitizer's programs end at once: `setarch -R ./portail test sanitize`.
sanitize_threads() {
  export TSAN_OPTIONS=halt_on_error=0
  in_build threads -DPORTAIL_SANITIZE=thread -DCMAKE_BUILD_TYPE=Debug || return
  # shellcheck disable=SC2046
  build unit-util unit-web unit-vote unit-courrier unit-sceau $(programs) || return
  run_ctest -R '^unit-(util|web|vote|courrier|sceau)$' --timeout 3600 || return
  run_http 18110 || return
  no_find "$BUILD/instances"
}

run_sanitize() {
  (sanitize_memory) || return
  (sanitize_threads)
}

run_coverage() {
  in_build coverage -DPORTAIL_COVERAGE=ON -DCMAKE_BUILD_TYPE=Debug || return
  # shellcheck disable=SC2046
  build $(unit_programs) $(programs) || return
  find "$BUILD" -name '*.gcda' -delete
  local status=0
  run_ctest -R '^unit-' --timeout 3600 || status=$?
  node "$root/tests/launcher/coverage.mjs" "$BUILD" || return
  return $status
}

# PORTAIL_TIDY=web: that module alone.
run_tidy() {
  ensure_packages "${check_packages[@]}"
  in_build tidy -DCMAKE_UNITY_BUILD=OFF || return
  (cd "$root" && run-clang-tidy-14 -quiet -p "$BUILD" -j "$(nproc)" "$root/modules/${PORTAIL_TIDY:-}") 2>&1 | grep -vE '[0-9]+ warnings generated|^clang-tidy-14 '
  return "${PIPESTATUS[0]}"
}

# The same sources in two folders, built by two compilers' runs that share nothing, as systemd/README.md says: the same bytes, program by program.
# PORTAIL_REBUILD=static: the two small programs alone.
run_reproducible() {
  local work=$BUILD/reproducible preset=${PORTAIL_REBUILD:-production} folder file status=0
  rm -rf "$work"
  for folder in "$work/one" "$work/another/and-deeper"; do
    mkdir -p "$folder"
    (cd "$root" && git ls-files -z -- CMakeLists.txt CMakePresets.json LICENSE modules templates sql nginx systemd | tar --null -T - -cf - | tar -C "$folder" -xf -) || return
    (cd "$folder" && step "Preparing $folder" "$work/build.log" env -u CCACHE_BASEDIR -u CCACHE_NOHASHDIR CCACHE_DISABLE=1 cmake --preset "$preset" &&
      step "Building there" "$work/build.log" env -u CCACHE_BASEDIR -u CCACHE_NOHASHDIR CCACHE_DISABLE=1 cmake --build --preset "$preset") || return
  done
  while read -r file; do
    cmp "$work/one/$file" "$work/another/and-deeper/$file" || status=1
  done < <(cd "$work/one" && find "build-$preset/bin" -type f | sort)
  say "$(find "$work/one/build-$preset/bin" -type f | wc -l) programs, each built twice, compared byte by byte"
  return $status
}
