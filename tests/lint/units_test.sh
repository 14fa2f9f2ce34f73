#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# units_test.sh BIN: the systemd units say what systemd understands, and shut in what they start. BIN holds the built programs.
set -euo pipefail
bin=$(cd "$1" && pwd)
units=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../systemd" && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
passed=0 failed=0
check() { # check SENTENCE COMMAND…
  local sentence=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'not ok: %s\n' "$sentence"; fi
}

cp "$units"/*.{service,socket,target,timer} "$dir"
for unit in "$dir"/portail-*.service; do
  program=$(sed -n 's#^ExecStart=/usr/sbin/\(portail-[a-z]*\).*#\1#p' "$unit")
  [ -z "$program" ] || check "$(basename "$unit") starts a program that is built ($program)" test -x "$bin/$program"
  sed -i "s#^ExecStart=/usr/sbin/#ExecStart=$bin/#" "$unit"
done
check "systemd-analyze verify finds nothing to say" test -z \
  "$(cd "$dir" && systemd-analyze verify --man=no ./*.service ./*.socket ./*.timer ./*.target 2>&1 | grep -F portail | grep -v 'mariadb.service' | tee /dev/stderr)"

# exposure UNIT: 0 (shut in) to 100; the command fails above the threshold.
exposed_at_most() { systemd-analyze security --offline=true --threshold="$2" "$dir/$1" >"$dir/report" 2>&1 || { grep '✗' "$dir/report"; return 1; }; }
for name in activation account scrutins reassort vote bureau sceau unlink purge turnout desk; do
  check "portail-$name.service is exposed 1.0 at most" exposed_at_most portail-$name.service 10
done
check "portail-courrier.service, which has a network, is exposed 1.5 at most" exposed_at_most portail-courrier.service 15

for name in activation account scrutins reassort vote bureau; do
  check "portail-$name: only nginx's group can connect" grep -qx 'SocketMode=0660' "$units/portail-$name.socket"
  # The linker drops in silence a library that nothing asks for. A sanitizer brings its own allocator.
  check "portail-$name has the allocator that it is linked with" grep -qE 'NEEDED.*(libjemalloc|lib[at]san)' <<<"$(readelf --dynamic "$bin/portail-$name")"
  check "portail-$name has no network" grep -qx 'PrivateNetwork=yes' "$units/portail-$name.service"
done
for unit in "$units"/portail-{activation,account,scrutins,reassort,vote,bureau,courrier,sceau}.service; do
  check "$(basename "$unit") does not start again on a bad configuration" grep -qx 'RestartPreventExitStatus=64 65 66 73 78 203 217 243' "$unit"
  check "$(basename "$unit") comes back after any crash, and no number of starts is too many" \
    test "$(grep -cxE 'Restart=always|StartLimitIntervalSec=0|RuntimeDirectoryPreserve=restart' "$unit")" = 3
done
for unit in "$units"/*.socket; do
  check "$(basename "$unit") outlives whatever its worker does" \
    test "$(grep -cxE 'StartLimitIntervalSec=0|TriggerLimitIntervalSec=0' "$unit")" = 2
done
# Users: made in an empty root, since a refusal is a line on standard error and an exit code of 0.
mkdir -p "$dir/root/etc"
systemd-sysusers --root="$dir/root" "$units/portail.sysusers" >"$dir/sysusers" 2>&1 || true
check "systemd-sysusers refuses no line" test -z "$(grep -v '^Creating ' "$dir/sysusers" | tee /dev/stderr)"
for name in activation account scrutins reassort vote bureau courrier sceau scrutinctl; do
  check "portail-$name becomes a system user" grep -q "^portail-$name:" "$dir/root/etc/passwd"
done
check "systemd-tmpfiles refuses no line" test -z \
  "$(sed "s# portail-scrutinctl portail-scrutinctl # root root #" "$units/portail.tmpfiles" >"$dir/tmpfiles" && systemd-tmpfiles --create --root="$dir/root" "$dir/tmpfiles" 2>&1 | tee /dev/stderr)"
check "priorities count between services, where the machine lets them" \
  test "$(grep -v '^#' "$units/portail.sysctl")" = "-kernel.sched_autogroup_enabled = 0"
# Secrets: each process its own. A key in two units is a key that two processes can lose.
secrets_of() { sed -n 's#^LoadCredential=\([a-z_]*\):.*#\1#p' "$units/portail-$1.service" | xargs; }
check "activation and account share the password pepper, and the key of the logs' pseudonyms" \
  test "$(secrets_of activation)/$(secrets_of account)" = "password_pepper pseudonym_key/password_pepper pseudonym_key"
check "scrutins holds that key alone" test "$(secrets_of scrutins)" = pseudonym_key
check "vote does not hold it: its log names nobody" test -z "$(secrets_of vote | grep pseudonym_key)"
check "the escrow key is reassort's alone" test "$(grep -l '^LoadCredential=escrow_secret_key' "$units"/*.service)" = "$units/portail-reassort.service"
check "the key of second factors is bureau's alone" test "$(grep -l '^LoadCredential=desk_key' "$units"/*.service)" = "$units/portail-bureau.service"
check "the binding key is vote's alone" test "$(grep -l '^LoadCredential=binding_key' "$units"/*.service)" = "$units/portail-vote.service"
check "the log's key is sceau's alone" test "$(grep -l '^LoadCredential=log_secret_key' "$units"/*.service)" = "$units/portail-sceau.service"
check "no hardening switch stands without its sentence" test -z \
  "$(awk 'FNR==1{p=""} /^(Protect|Private|Restrict|NoNew|Memory[DW]|SystemCallFilter|LimitCORE)/ && p !~ /^(#|[A-Z][A-Za-z]+=)/ {print FILENAME": "$0} {p=$0}' "$units"/*.service)"

printf '%d passed, %d failed\n' $passed $failed
[ $failed = 0 ]
