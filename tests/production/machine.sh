# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A Debian 12 machine of our own: its root is built once and kept, copied for each run, and booted by systemd-nspawn, without any
# network but its own loopback. It must not know the portal.

# guide_block KIND: the commands of systemd/README.md marked so (`sh build`, or `sh` alone), one block after the other.
guide_blocks() { awk -v want="$1" '/^```/ { inside = !inside && substr($0, 4) == want; next } inside' "$root/systemd/README.md"; }

# make_root ROOT PACKAGES…: from ~/.cache, by debootstrap the first time.
make_root() {
  local target=$1 cache=${PORTAIL_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/portail-production} base key packed
  shift
  mkdir -p "$cache"
  key=$(printf '%s\n' "$@" | sort | sha256sum | cut -c1-12)
  base=$cache/bookworm packed=$cache/bookworm-$key
  if [ ! -e "$base/.whole" ]; then
    rm -rf "$base"
    debootstrap --variant=minbase --include=systemd-sysv,dbus,ca-certificates bookworm "$base" ${PORTAIL_DEBIAN:+"$PORTAIL_DEBIAN"} >"$work/debootstrap.log" 2>&1 ||
      { tail -n 5 "$work/debootstrap.log"; return 1; }
    touch "$base/.whole"
  fi
  if [ ! -e "$packed/.whole" ]; then
    rm -rf "$packed"
    cp -a "$base" "$packed"
    printf '#!/bin/sh\nexit 101\n' >"$packed/usr/sbin/policy-rc.d"
    chmod 755 "$packed/usr/sbin/policy-rc.d"
    cp /etc/resolv.conf "$packed/etc/resolv.conf"
    chroot "$packed" env DEBIAN_FRONTEND=noninteractive PATH=/usr/sbin:/usr/bin:/sbin:/bin sh -c \
      'apt-get -q update && apt-get -q install -y --no-install-recommends "$@"' sh "$@" >"$work/packages.log" 2>&1 || { tail -n 5 "$work/packages.log"; return 1; }
    rm -f "$packed/usr/sbin/policy-rc.d"
    systemd-machine-id-setup --root="$packed" >/dev/null 2>&1  # else systemd takes the start for the first, and enables all that it knows
    touch "$packed/.whole"
  fi
  rm -rf "$target"
  cp -a --reflink=auto "$packed" "$target"
}

machine_pid='' network=()
# boot ROOT: until systemd inside has started what it starts.
boot() {
  local nspawn child tries
  systemd-nspawn -D "$1" --boot --register=no --keep-unit --private-network --machine="portail-test-$$" >"$work/console.log" 2>&1 </dev/null &
  nspawn=$!
  for ((tries = 0; tries < 300; tries++)); do
    for child in $(pgrep -P "$nspawn"); do
      if [ "$(cat "/proc/$child/comm" 2>/dev/null)" = systemd ] && [ -S "$1/run/systemd/private" ] || inside_of "$child" test -S /run/systemd/private 2>/dev/null; then machine_pid=$child; break 2; fi
    done
    kill -0 "$nspawn" 2>/dev/null || { cat "$work/console.log"; return 1; }
    sleep 0.2
  done
  [ -n "$machine_pid" ] || { echo "the machine did not boot:"; tail "$work/console.log"; return 1; }
  network=(nsenter -t "$machine_pid" -n --)
  inside systemctl is-system-running --wait >/dev/null || true
}
inside_of() { local pid=$1; shift; nsenter -t "$pid" -m -u -i -n -p -- env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "$@"; }
# inside COMMAND…: as root of the machine. on_its_network COMMAND…: ours, but with its loopback (in the background: "${network[@]}" COMMAND &,
# so that $! is the command and no shell).
inside() { inside_of "$machine_pid" "$@"; }
on_its_network() { "${network[@]}" "$@"; }
power_off() {
  [ -n "$machine_pid" ] || return 0
  kill -s RTMIN+4 "$machine_pid" 2>/dev/null || true  # systemd's own signal for it
  for _ in $(seq 100); do kill -0 "$machine_pid" 2>/dev/null || { machine_pid=; return 0; }; sleep 0.2; done
  kill -KILL "$machine_pid" 2>/dev/null || true
  machine_pid=
}
