# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by ./portail: starts, watches and ends the processes of one instance, and only those.

# A pid alone may come back as somebody else's: with its start time it names one process.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }
is_alive() {
  local pid started
  read -r pid started 2>/dev/null <"$RUN/$1.pid" && [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ]
}
any_alive() { local name; for name in "${services[@]}"; do is_alive "$name" && return 0; done; return 1; }
all_alive() { local name; for name in "${services[@]}"; do is_alive "$name" || return 1; done; }

# start NAME COMMAND…: in a process group of its own, so that neither Ctrl-C nor a closed terminal reaches it but through us, and with
# no file of ours or of our caller (a lock that it kept would outlive us). Not in a session of its own: Linux's autogroups would give
# each session the same share of a core, and a hash as much of it as the page of somebody who is in, whatever their priorities.
start() {
  local name=$1
  shift
  set -m
  (
    for fd in /proc/self/fd/*; do
      fd=${fd##*/}
      [ "$fd" -le 2 ] || eval "exec $fd>&-"
    done
    exec "$@" </dev/null >>"$LOG/$name.log" 2>&1
  ) &
  set +m
  echo "$! $(start_time $!)" >"$RUN/$name.pid"
}

send_signal() { # send_signal NAME SIGNAL
  local pid _
  is_alive "$1" || return 0
  read -r pid _ <"$RUN/$1.pid"
  kill -s "$2" "$pid" 2>/dev/null || true
}
# stop_services SIGNAL NAME…: together; each has 20 s to finish what it has in hand.
stop_services() {
  local signal=$1 name tries=0
  shift
  for name; do send_signal "$name" "$signal"; done
  for name; do
    while is_alive "$name"; do
      tries=$((tries + 1))
      if [ $tries = 200 ]; then
        say "  $name does not stop after 20 s; it is killed. Its log: $LOG/$name.log"
        send_signal "$name" KILL
        tries=100
      fi
      sleep 0.1
    done
    rm -f "$RUN/$name.pid" "$RUN/$name.sock" "$RUN/$name-guests.sock"
  done
}
# The door first, then who works behind it, the database last.
stop_all() {
  stop_services QUIT nginx
  stop_services TERM "${workers[@]}" "${daemons[@]}" inbox
  stop_services TERM database
}

interrupted() {
  trap '' INT TERM HUP
  [ -z "$step_pid" ] || kill -TERM -- "-$step_pid" 2>/dev/null || true
  if [ -e "$RUN" ] && any_alive; then
    say ""
    say "Stopping …"
    stop_all
    say "Everything that was started is stopped; the data stay in $VAR."
  fi
}
