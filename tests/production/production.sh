#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# production.sh [WORK]: installs the portal on a Debian 12 that boots systemd, as systemd/README.md says and to the letter, votes there over
# TLS, then restarts, kills and starves it. Must be run by root; wants debootstrap, systemd-container. WORK keeps the machine's root
# (default: build/production). PORTAIL_KEEP=1 leaves the machine running; PORTAIL_TARBALL is one that was built before. TAP on standard output, figures as comments.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$(realpath -m "${1:-$root/build/production}")
machine=$work/root office=$work/root/var/lib/portail/office
workers=(activation account scrutins reassort vote bureau)
mkdir -p "$work"
cd "$root"
. tests/production/machine.sh

n=0 failed=0
pass() { n=$((n + 1)); echo "ok $n - $1"; }
fail() { n=$((n + 1)) failed=$((failed + 1)); echo "not ok $n - $1"; }
check() { local sentence=$1; shift; if "$@" >"$work/check.log" 2>&1; then pass "$sentence"; else fail "$sentence"; sed 's/^/# /' "$work/check.log" | head -n 20; fi; }
note() { echo "# $*"; }
finish() {
  local pid
  for pid in "${helpers[@]}"; do kill "$pid" 2>/dev/null || true; done
  [ -n "${PORTAIL_KEEP:-}" ] || power_off
  wait 2>/dev/null || true
}
helpers=()
trap finish EXIT
trap 'exit 130' INT TERM HUP
[ "$(id -u)" = 0 ] || { echo "1..0 # SKIP the machine can be booted by root alone"; exit 77; }

# ---- Build and install, as the guide says -------------------------------------------------------------------------------------
start=$SECONDS
mapfile -t named < <(guide_blocks 'sh build' | sed -n 's/^apt-get install -y --no-install-recommends //p' | tr ' ' '\n')
check "the packages that the guide names for the build exist" dpkg-query -W "${named[@]}"
# What the suite's own set-up did already is not done again: packages, and npm's when they are the lock file's.
guide_blocks 'sh build' | grep -v '^apt-get ' | if cmp -s package-lock.json node_modules/.portail-lock; then grep -v '^npm '; else cat; fi >"$work/build.sh"
export PORTAIL_DEMONSTRATION=ON  # the walk below seals and votes an invented election in minutes; production's own build could not
tarball=${PORTAIL_TARBALL:-}
if [ -z "$tarball" ]; then
  check "the guide's build makes one file to carry over" bash -euo pipefail "$work/build.sh"
  tarball=build-production/portail.tar.gz
fi
test -s "$tarball"
note "built in $((SECONDS - start)) s"
start=$SECONDS
read -r -a packages < <(guide_blocks sh | sed -n 's/^apt-get install -y --no-install-recommends //p')
check "a bare Debian 12 with the packages that the guide names" make_root "$machine" "${packages[@]}"
cp "$tarball" "$machine/root/portail.tar.gz"
# Node, for the visitors, is ours and not the machine's.
boot "$machine" || { fail "the machine boots"; exit 1; }
pass "the machine boots"
note "root and boot in $((SECONDS - start)) s"

start=$SECONDS
# The operator's own names, where the guide leaves room for them: its own address for the mail relay, on this machine here.
{ echo 'cd /root'; guide_blocks sh | sed "s#s|relais.example.fr|relais.example.fr|#s|relais.example.fr:25|127.0.0.1:25|#"; } >"$machine/root/guide.sh"
sed -n '/^portail-office /q;p' "$machine/root/guide.sh" >"$machine/root/guide-1.sh"
sed -n '/^portail-office /,$p' "$machine/root/guide.sh" >"$machine/root/guide-2.sh"
guide() { inside bash -euo pipefail -x "/root/$1" >"$work/$1.log" 2>&1 || { tail -n 12 "$work/$1.log"; return 1; }; }
check "the guide's steps, one after the other, up to the start" guide guide-1.sh
note "installed and started in $((SECONDS - start)) s"
for name in "${workers[@]}" courrier sceau scrutinctl; do
  check "the user portail-$name exists" inside getent passwd "portail-$name"
done
silent() { test -z "$("$@" 2>&1)"; }
check "systemd-sysusers has nothing to say" silent inside systemd-sysusers
check "portail-status says that every part serves" inside portail-status
check "MariaDB has the portal's sql_mode" grep -q STRICT_ALL_TABLES <(inside mariadb -N -e 'SELECT @@global.sql_mode')
check "MariaDB listens on no port" test "$(inside mariadb -N -e 'SELECT @@skip_networking')" = 1
check "MariaDB has room for two generations" test "$(inside mariadb -N -e 'SELECT @@max_connections')" = 400
check "nothing but nginx listens on the network" test -z "$(on_its_network ss -Hltnp | grep -v nginx)"

# ---- Before and after the election is imported ----------------------------------------------------------------------------------
cp "$machine/etc/portail/tls/fullchain.pem" "$work/ca.pem"
export PORTAIL_URL=https://elections.example.fr PORTAIL_MAIL_URL=http://127.0.0.1:1080 PORTAIL_VAR=$work/instance PORTAIL_CA=$work/ca.pem
mkdir -p "$PORTAIL_VAR"
ln -sfn "$office/election" "$PORTAIL_VAR/demo"
ln -sfn "$office/notices" "$PORTAIL_VAR/notices"
web() { on_its_network curl -sS --cacert "$work/ca.pem" --resolve elections.example.fr:443:127.0.0.1 --resolve elections.example.fr:80:127.0.0.1 "$@"; }
status_of() { web -o /dev/null -w '%{http_code}' "https://elections.example.fr$1"; }
says() { web -i "https://elections.example.fr$1" | tee "$work/page" | grep -q "$2"; }
for path in / /portail/identification.htm /resultats /reassort /vote /bureau; do
  check "before the election $path says so" says $path 'Ce portail n’est pas encore ouvert'
  check "before the election $path answers 503 and when to come back" bash -c "grep -q '^HTTP/2 503' '$work/page' && grep -qi '^retry-after: [0-9]' '$work/page'"
done
echo proof >"$machine/var/lib/portail/acme/token"
check "a certification authority finds its file on port 80" test "$(web http://elections.example.fr/.well-known/acme-challenge/token)" = proof
inside sh -c 'echo proof >/var/lib/portail/acme-root/.well-known/acme-challenge/token2'
check "and what certbot writes" test "$(web http://elections.example.fr/.well-known/acme-challenge/token2)" = proof

before=$(inside systemctl show -P MainPID portail-vote)
start=$SECONDS
check "the guide's last steps import an election" guide guide-2.sh
opened() { for _ in $(seq 100); do [ "$(status_of /)" = 200 ] && return 0; sleep 0.1; done; return 1; }
check "the portal opens by itself" opened
check "without a restart" test "$before" = "$(inside systemctl show -P MainPID portail-vote)"
check "the audit log bears the name of who called" bash -c 'grep -q "  root  import" <<<"$1"' _ "$(inside portail-office audit show)"
for act in "publish" "trustee demo-ceremony keys" "seal --trustees keys --notices notices" "open"; do
  # shellcheck disable=SC2086
  check "the office: $act" inside portail-office $act
done
note "the office's acts in $((SECONDS - start)) s"

# ---- Voting over TLS ------------------------------------------------------------------------------------------------------------
"${network[@]}" env NODE_ENV=production node node_modules/maildev/bin/maildev --ip 127.0.0.1 --web-ip 127.0.0.1 --smtp 25 --web 1080 \
  --mail-directory "$work/mails" >"$work/inbox.log" 2>&1 &
helpers+=($!)
inbox_ready() { for _ in $(seq 300); do on_its_network curl -sSf -o /dev/null http://127.0.0.1:1080/email && return 0; sleep 0.2; done; return 1; }
check "an inbox receives what courrier sends" inbox_ready
start=$SECONDS
walk() { on_its_network node tests/production/walk.mjs "$1"; }
check "from an address to a receipt, by mail and over TLS" walk 0
note "voted in $((SECONDS - start)) s"
# Three electors never make the ten of a batch, nor does a test wait ten minutes.
inside sed -i 's/^minimum = 10 /minimum = 1 /; s/^every_seconds = 600 /every_seconds = 5 /' /etc/portail/portail.toml
inside systemctl restart portail-sceau
sealed() { for _ in $(seq 200); do [ "$(inside mariadb -N -e 'SELECT COUNT(*) FROM urne.log')" -ge 1 ] && return 0; sleep 1; done; return 1; }

# ---- Exposure of the running units ----------------------------------------------------------------------------------------------
exposure() { inside systemd-analyze security --no-pager "$1.service" | sed -n 's/.*Overall exposure level for .*: \([0-9.]*\) .*/\1/p'; }
at_most() { awk -v found="$1" -v most="$2" 'BEGIN { exit !(found != "" && found + 0 <= most + 0) }'; }
for pair in portail-{activation,account,scrutins,reassort,vote,bureau,sceau}:1.0 portail-courrier:1.5 nginx:2.9 mariadb:1.0; do
  found=$(exposure "${pair%:*}")
  check "${pair%:*} runs exposed ${found:-?}, at most ${pair#*:}" at_most "$found" "${pair#*:}"
done

# ---- Restarts and crashes under load --------------------------------------------------------------------------------------------
# under_load ELECTOR COMMAND…: its figures in $work/load.json
under_load() {
  local elector=$1 pid
  shift
  rm -f "$work/ready"
  "${network[@]}" node tests/production/load.mjs "$work/ready" "$elector" >"$work/load.json" 2>"$work/load.err" &
  pid=$!
  for _ in $(seq 1200); do [ -e "$work/ready" ] && break; kill -0 $pid 2>/dev/null || { cat "$work/load.err"; return 1; }; sleep 0.1; done
  [ -e "$work/ready" ] || { echo "the visitors did not begin"; kill $pid; return 1; }
  "$@"
  sleep 2
  kill -TERM $pid
  wait $pid
}
figure() { node -p "const f = JSON.parse(require('fs').readFileSync('$work/load.json')); $1"; }
restart_each() { local name; for _ in 1 2; do for name in "${workers[@]}"; do inside systemctl restart "portail-$name"; sleep 0.3; done; done; }
check "each worker is restarted twice" under_load 1 restart_each
note "restarts: $(figure '`${f.requests} requests, ${f.failed.length} failed, the slowest ${f.slowest_ms} ms: ${f.failed.map(x => x.path + " " + x.what).join(", ")}`')"
check "no request fails at a restart" test "$(figure f.failed.length)" = 0
main_pid() { inside systemctl show -P MainPID "$1.service"; }
kill_each() { local name; for name in "${workers[@]}"; do inside kill -KILL "$(main_pid "portail-$name")"; sleep 4; done; }
check "each worker is killed" under_load 2 kill_each
note "kills: $(figure '`${f.requests} requests, ${f.failed.length} failed, the slowest ${f.slowest_ms} ms: ${f.failed.map(x => x.path + " " + x.what).join(", ")}`')"
check "at most the eight requests in flight fail at a SIGKILL" test "$(figure 'Math.max(0, ...Object.values(f.failed.reduce((n, x) => ({ ...n, [x.path]: (n[x.path] ?? 0) + 1 }), {})))')" -le 8
all_serve() { for _ in $(seq "${1:-300}"); do inside portail-status >"$work/status" 2>&1 && return 0; sleep 0.2; done; cat "$work/status"; return 1; }
check "every worker is back" all_serve
many_restarts() { for _ in 1 2 3 4 5 6 7 8; do inside systemctl restart portail-account || return 1; done; }
check "eight restarts by hand, one after the other" many_restarts
check "are not counted as crashes" test "$(status_of /)" = 200

crash_again() { # until systemd has a new process, then away with it
  local old=$1 pid
  for _ in $(seq 300); do pid=$(main_pid portail-vote); [ "$pid" != 0 ] && [ "$pid" != "$old" ] && [ "$(inside systemctl is-active portail-vote)" = active ] && break; sleep 0.1; done
  inside kill -KILL "$pid" && echo "$pid"
}
crash_six_times() { local last=0 began=$SECONDS; for _ in 1 2 3 4 5 6; do last=$(crash_again "$last"); echo "$((SECONDS - began)) s"; done >"$work/crashes"; }
crash_six_times
all_serve 300 || true
note "six crashes in a row, at $(xargs <"$work/crashes")"
check "after six crashes in a row it is there again" all_serve
grows() { awk 'NR > 1 { print $1 - last } { last = $1 }' "$work/crashes" | tail -n 1 | awk '{ exit !($1 >= 6) }'; }
check "and its pauses have grown" grows

check "the purge runs with the office's account and none of its keys" inside systemctl start portail-purge
check "and says what it took" grep -q 'Effacés' <(inside journalctl -u portail-purge --no-pager)

# ---- The database comes late, or goes away ----------------------------------------------------------------------------------------
inside systemctl stop portail.target mariadb
inside systemctl start --no-block portail.target
sleep 3
waits() { inside systemctl show -P StatusText portail-vote | grep -i 'waits for the database'; }  # `status` itself ends with 3
check "a worker without its database says what it waits for" waits
queued=$work/queued
"${network[@]}" curl -sS --cacert "$work/ca.pem" --resolve elections.example.fr:443:127.0.0.1 --max-time 40 -o /dev/null -w '%{http_code}' \
  https://elections.example.fr/resultats >"$queued" &
asked=$!
helpers+=("$asked")
sleep 7
inside systemctl start mariadb
check "ten seconds late, the database is found and all serve" all_serve
wait $asked || true
check "a request that came meanwhile was queued and answered" test "$(cat "$queued")" = 200
inside systemctl stop mariadb
check "without the database a page that reads it says so at once" test "$(status_of /resultats)" = 503
sleep 4  # the home page reads nothing but the calendar, which a worker keeps for three seconds
check "and soon the home page too" test "$(status_of /)" = 503
inside systemctl start mariadb
found_again() { for _ in $(seq 100); do [ "$(status_of /)" = 200 ] && return 0; sleep 0.1; done; return 1; }
check "and the portal goes on when it is back" found_again

# ---- Bad set-up stays down, and says why ------------------------------------------------------------------------------------------
inside chmod 600 /etc/portail/portail.toml
inside systemctl restart portail-vote 2>/dev/null || true
sleep 4
is_down_with_78() {
  [ "$(inside systemctl show -P ActiveState portail-vote)" = failed ] && [ "$(inside systemctl show -P ExecMainStatus portail-vote)" = 78 ]
}
check "a worker that may not read its settings stays down with 78" is_down_with_78
status_of /vote >/dev/null || true
sleep 2
check "a request does not start it again" test "$(inside systemctl show -P ActiveState portail-vote)" = failed
check "the journal says which file and which right, as an error" grep -q 'portail.toml: portail-vote may not read it (mode 0600, owner root)' <(inside journalctl --no-pager -p err -u portail-vote)
check "nginx says that the portal restarts" test "$(status_of /vote)" = 502
not() { ! "$@"; }
check "portail-status tells" not inside portail-status
check "the others serve" test "$(status_of /resultats)" = 200
inside chmod 644 /etc/portail/portail.toml
inside systemctl start portail.target
check "mended and started, it serves" all_serve
inside mv /etc/portail/secrets/vote/binding_key /root/
inside systemctl restart portail-vote 2>/dev/null || true
sleep 4
check "without its key file it stays down" test "$(inside systemctl show -P ActiveState portail-vote)" = failed
inside mv /root/binding_key /etc/portail/secrets/vote/
inside systemctl start portail.target
check "and is back with it" all_serve
check "no other priority than what its lines say" test -z "$(inside journalctl --no-pager -p err -u portail-account -o cat | grep '"level":"info"')"
check "another elector votes after all this" walk 3
check "sceau numbers the ballots" sealed

echo "1..$n"
note "$((n - failed)) passed, $failed failed"
[ $failed = 0 ]
