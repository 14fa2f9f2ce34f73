# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by ./portail: the test suites, each on an instance of its own where it wants one.

# with_instance NAME PORT COMMAND…: on a fresh instance of its own beside the running one, stopped afterwards.
with_instance() {
  local name=$1 first=$2
  shift 2
  export PORTAIL_BUILD=$BUILD PORTAIL_VAR=$BUILD/instances/$name PORTAIL_PORT=$first PORTAIL_MAIL_PORT=$((first + 1)) PORTAIL_SMTP_PORT=$((first + 2))
  "$root/portail" reset >/dev/null
  # A name that a template misses is an error in tests, and an empty text elsewhere.
  [ "$name" = bench ] || export PORTAIL_STRICT=true
  trap '"$root/portail" stop' EXIT
  "$root/portail" run --detach --electors "${PORTAIL_TEST_ELECTORS:-300}" || return 1
  set -a
  # shellcheck disable=SC1091
  . "$PORTAIL_VAR/etc/env"
  set +a
  "$@"
}

run_ctest() { ctest --test-dir "$BUILD" --output-on-failure -j "$(nproc)" "$@"; }
run_node_tests() {
  local files
  mapfile -t files < <(find "$root/tests/$1" -name '*.test.mjs' -not -path "$root/tests/$1/alone/*" -not -path "$root/tests/$1/first/*" | sort)
  [ ${#files[@]} -gt 0 ] || { say "no test in tests/$1"; return 0; }
  (cd "$root" && node --test "${files[@]}")
}
# On an instance whose public logs know the witness of the tests, of an election that asks the question défi (the one of `browser` does not).
run_http() { PORTAIL_ASKS_DEFI=true PORTAIL_WITNESSES="\"$(node "$root/tests/http/witness.mjs")\"" with_instance http "$1" run_both http; }
# Files run side by side, on one instance; `alone` has those that bring a crowd or an attacker, or want nobody else there, one by one after
# the others; `first` has those that nobody else may be beside and that want the vote to be open, which the others end.
run_both() {
  local status=0 file
  for file in "$root/tests/$1"/first/*.test.mjs; do
    [ ! -e "$file" ] || (cd "$root" && node --test "$file") || status=1
  done
  run_node_tests "$1" || status=1
  for file in "$root/tests/$1"/alone/*.test.mjs; do
    (cd "$root" && node --test "$file") || status=1
  done
  return $status
}
# Files that change what everybody sees, each alone.
run_one_by_one() {
  local status=0 file
  for file in "$root/tests/$1"/*.test.mjs; do
    (cd "$root" && node --test "$file") || status=1
  done
  return $status
}
run_suite() {
  case $1 in
    ctest) run_ctest ;;
    http) run_http 18080 ;;
    browser) with_instance browser 18090 run_both browser ;;
    # Of one edition, as a part of all tests; the others differ by few pages.
    pages-2026) PORTAIL_PAGES=2026 PORTAIL_TEST_ELECTORS=60 with_instance pages 18150 run_one_by_one pages ;;
    pages) PORTAIL_TEST_ELECTORS=60 with_instance pages 18150 run_one_by_one pages ;;
    whole-election) "$root/tests/cli/whole_election.sh" "$BUILD/bin" ;;
    chaos) PORTAIL_TEST_ELECTORS=${PORTAIL_TEST_ELECTORS:-520} with_instance chaos 18120 run_node_tests chaos ;;
    production | sanitize | coverage | tidy | reproducible) "run_$1" ;;
    *) run_ctest -R "$1" ;;
  esac
}
# A Debian 12 that boots, with the portal installed as systemd/README.md says; as root alone.
run_production() {
  [ "$(id -u)" = 0 ] || die "the production suite boots a machine (systemd-nspawn): run it as root"
  ensure_packages curl debootstrap iproute2 procps systemd-container
  "$root/tests/production/production.sh" "$BUILD/production"
}

cmd_test() {
  mkdir -p "$LOG"
  ensure_packages "${run_packages[@]}" "${test_packages[@]}"
  ensure_node_modules
  local suites=("$@") suite status passed=0 failed=() start
  [ $# -gt 0 ] || suites=(ctest http browser)
  for suite in "${suites[@]}"; do
    [[ " ${checks[*]} " == *" $suite "* ]] || { build; break; }  # those have builds of their own
  done
  for suite in "${suites[@]}"; do
    say ""
    say "=== $suite"
    start=$SECONDS status=0
    (run_suite "$suite") || status=$?
    say "=== $suite: $([ $status = 0 ] && echo passed || echo "FAILED ($status)") in $((SECONDS - start)) s"
    if [ $status = 0 ]; then passed=$((passed + 1)); else failed+=("$suite"); fi
  done
  say ""
  [ ${#failed[@]} = 0 ] || say "Failed: ${failed[*]}. One alone: ./portail test ${failed[0]}"
  say "suites: $passed passed, ${#failed[@]} failed"
  [ ${#failed[@]} = 0 ]
}
