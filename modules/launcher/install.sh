# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by ./portail: what a bare Debian 12 lacks (Debian packages, npm packages), the build, and how long steps speak.

is_tty() { [ -t 1 ]; }
say() { printf '%s\n' "$*"; }
die() { printf 'portail: %s\n' "$*" >&2; exit 1; }

step_pid=
# step SENTENCE LOG COMMAND…: runs it with its output in the log, shows that time passes, says how long it took.
step() {
  local sentence=$1 log=$2 start=$SECONDS shown=0 status=0
  shift 2
  mkdir -p "$(dirname "$log")"
  set -m  # its own process group, so that an interruption ends all of it
  "$@" >>"$log" 2>&1 </dev/null 8>&- &
  step_pid=$!
  set +m
  is_tty || say "$sentence …"
  while kill -0 "$step_pid" 2>/dev/null; do
    if is_tty; then printf '\r\033[K%s … %d s' "$sentence" $((SECONDS - start))
    elif [ $((SECONDS - start - shown)) -ge 30 ]; then
      shown=$((SECONDS - start))
      say "  … $shown s: $(tail -n 1 "$log" | cut -c1-100)"
    fi
    sleep 0.1
  done
  wait "$step_pid" || status=$?
  step_pid=
  if is_tty; then printf '\r\033[K'; fi
  if [ $status != 0 ]; then
    tail -n 25 "$log" | cut -c1-300 | sed 's/^/  | /' >&2
    die "« $sentence » failed (exit code $status). The whole log: $log"
  fi
  say "$sentence: done in $((SECONDS - start)) s"
}

run_packages=(
  g++ cmake ninja-build ccache pkg-config ca-certificates
  libfcgi-dev libcgicc-dev libmysqlcppconn-dev libmstch-dev libboost-dev libboost-test-dev libssl-dev libsodium-dev libargon2-dev libicu-dev
  nlohmann-json3-dev libspdlog-dev libcli11-dev libtomlplusplus-dev libcurl4-openssl-dev libmicrohttpd-dev libsystemd-dev libjemalloc-dev
  libhpdf-dev libqrencode-dev liboath-dev libqpdf-dev libseccomp-dev libgd-dev zlib1g-dev espeak-ng fonts-dejavu-core
  mariadb-server-core mariadb-client-core nginx
)
test_packages=(belenios-tool chromium clang-format-14 curl galera-4 git groff-base kannel kannel-extras mariadb-backup openssl poppler-utils postfix shellcheck systemd valgrind wrk zbar-tools)
bench_packages=(php8.2-fpm php8.2-mysql php8.2-opcache)  # a peer to be measured against

missing_packages() {
  local installed
  installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | tr '\n' ' ')"
  local package
  for package; do [[ $installed == *" $package "* ]] || printf '%s ' "$package"; done
  # By command: some machines have a Node.js that is not Debian's.
  command -v node >/dev/null || printf 'nodejs '
  command -v npm >/dev/null || printf 'npm '
}

# Runs as root. A server's package must not start its service: policy-rc.d says no while we install, and a service that
# came with us is left switched off. Those that ran before go on.
install_script='
  set -e
  export DEBIAN_FRONTEND=noninteractive
  guard=/usr/sbin/policy-rc.d
  if [ ! -e $guard ]; then
    printf "#!/bin/sh\nexit 101\n" >$guard
    chmod 755 $guard
    trap "rm -f $guard" EXIT
  fi
  fresh=""
  for service in nginx kannel php8.2-fpm postfix; do
    [ "$(dpkg-query -W -f "\${db:Status-Status}" $service 2>/dev/null || true)" = installed ] || fresh="$fresh $service"
  done
  apt-get -q update
  apt-get -q install -y --no-install-recommends "$@"
  if command -v systemctl >/dev/null; then for service in $fresh; do systemctl disable $service 2>/dev/null || true; done; fi
'
ensure_packages() {
  local missing as_root=()
  missing=$(missing_packages "$@")
  [ -n "$missing" ] || return 0
  command -v apt-get >/dev/null || die "this machine has no apt-get; please install: $missing"
  if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || die "these Debian packages are missing, and there is no sudo to install them: $missing"
    say "Debian packages to install (by sudo): $missing"
    sudo -v || die "without sudo, ask an administrator for: apt-get install --no-install-recommends $missing"
    as_root=(sudo -n)
  fi
  # shellcheck disable=SC2086
  step "Installing $(wc -w <<<"$missing") Debian packages (a few minutes the first time)" "$LOG/packages.log" \
    "${as_root[@]}" sh -c "$install_script" sh $missing
  rm -f "$BUILD/build.ninja"  # what CMake did not find before is there now
}

ensure_node_modules() {
  cmp -s "$root/package-lock.json" "$root/node_modules/.portail-lock" && return 0
  step "Fetching the browser parts and the inbox (npm)" "$LOG/npm.log" \
    npm --prefix "$root" ci --ignore-scripts --no-audit --no-fund --no-update-notifier
  cp "$root/package-lock.json" "$root/node_modules/.portail-lock"
}

# build TARGET…: ninja finds in a moment that there is nothing to do. One build at a time in a folder.
build() {
  mkdir -p "$BUILD"
  local alone=(flock "$BUILD/.lock")
  if [ ! -e "$BUILD/build.ninja" ]; then
    step "Preparing the build" "$LOG/build.log" "${alone[@]}" cmake -G Ninja -S "$root" -B "$BUILD"
  fi
  if "${alone[@]}" ninja -C "$BUILD" -n "$@" 2>/dev/null | grep -q 'no work to do'; then return 0; fi
  step "Building (10 minutes the first time on two cores, seconds later)" "$LOG/build.log" \
    "${alone[@]}" ninja -C "$BUILD" -j "$(nproc)" "$@"
}

ready_to_run() {
  mkdir -p "$LOG"
  ensure_packages "${run_packages[@]}"
  ensure_node_modules
  local programs=("${workers[@]}" "${daemons[@]}" scrutinctl)
  build "${programs[@]/#/portail-}"
}
