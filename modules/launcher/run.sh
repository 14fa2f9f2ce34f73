# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by ./portail: run, stop, reset and ctl, with the demonstration election that `run` lays out.

# The office's acts, one after the other, as tests/cli/election.sh explains them; each may be run again after an interruption.
load_demonstration() {
  [ ! -e "$VAR/demo/.complete" ] || return 0
  if [ ! -e "$VAR/demo/essai.toml" ]; then
    step "Inventing $electors electors and their scrutins" "$LOG/demo.log" ctl demo "$VAR/demo" --electors "$electors" --seed 1 --edition "$edition"
    [ -z "${PORTAIL_ASKS_DEFI:-}" ] || sed -i "s/^administration = .*/&\nasks_defi = $PORTAIL_ASKS_DEFI/" "$VAR/demo/calendrier.toml"
  fi
  step "Importing them" "$LOG/demo.log" ctl import "$VAR/demo"
  step "Publishing rolls and lists" "$LOG/demo.log" ctl publish
  step "Making the keys of the bureaux de vote" "$LOG/demo.log" ctl trustee demo-ceremony "$VAR/trustees"
  step "Sealing: a voting code and public keys for each elector" "$LOG/demo.log" \
    ctl seal --trustees "$VAR/trustees" --notices "$VAR/notices"
  step "Opening the vote" "$LOG/demo.log" ctl open
  touch "$VAR/demo/.complete"
}

trial() { sed -n "s/^$1 *= *\"\(.*\)\"/\1/p" "$VAR/demo/essai.toml" 2>/dev/null | head -n 1; }
# The code de vote printed on this elector's notice (columns are found by their names).
trial_code() {
  awk -F';' -v who="$1" 'NR == 1 { sub(/^\357\273\277/, ""); for (i = 1; i <= NF; i++) column[$i] = i; next }
    $column["courriel"] == who { print $column["code_de_vote"]; exit }' "$VAR/notices/notices.csv" 2>/dev/null
}
print_addresses() {
  # shellcheck disable=SC1091
  . "$ETC/env"
  cat <<EOF

  The portal        $PORTAIL_URL
  Mail and SMS      $PORTAIL_MAIL_URL

  To try with       address      $(trial adresse)
                    NUMEN        $(trial numen)
                    birth date   $(trial naissance)
                    voting code  $(trial_code "$(trial adresse)")

EOF
}

cmd_run() {
  detach=0 electors=1000 edition=2026
  while [ $# -gt 0 ]; do
    case $1 in
      --detach) detach=1 ;;
      --electors) electors=${2:?--electors needs a number}; shift ;;
      --edition) edition=${2:?--edition needs a year}; shift ;;
      *) die "run: unknown option $1 (try ./portail help)" ;;
    esac
    shift
  done
  [[ $electors =~ ^[1-9][0-9]*$ ]] || die "--electors: a whole number is expected, not « $electors »"
  [ -e "$root/templates/editions/$edition.toml" ] || die "--edition: one of $(cd "$root/templates/editions" && echo *.toml | sed 's/\.toml//g')"
  make_folders
  if all_alive; then
    say "The portal is running already (stop it with ./portail stop)."
    print_addresses
    return 0
  fi
  exec 8>"$VAR/lock"  # one start at a time; nothing that is started keeps it
  flock -n 8 || die "another « run » is at work in $VAR"
  ready_to_run
  if any_alive; then say "Stopping what an earlier run left …"; stop_all; fi

  trap 'interrupted; exit 130' INT TERM HUP
  trap interrupted EXIT
  local port smtp_port mail_port
  port=$(choose_port PORTAIL_PORT 8080)
  mail_port=$(choose_port PORTAIL_MAIL_PORT 1080)
  smtp_port=$(choose_port PORTAIL_SMTP_PORT 1025)
  write_settings
  "$BUILD/bin/scrutinctl" keygen "$VAR/secrets" >>"$LOG/secrets.log" 2>&1 || { cat "$LOG/secrets.log" >&2; die "the secrets could not be made"; }
  step "Laying out style sheets, icons and the voting booth" "$LOG/static.log" make_static
  say "Starting the database"
  start_database
  db load "$VAR/secrets"
  load_demonstration
  say "Starting the workers"
  start_workers
  wait_ready
  print_addresses
  if [ $detach = 1 ]; then
    trap - EXIT INT TERM HUP
    say "Stop it with ./portail stop. Logs: $LOG"
    return 0
  fi
  say "Ctrl-C stops everything. Logs: $LOG"
  watch_services
}

# Stays until Ctrl-C; a process that dies is told once, with the end of its log.
watch_services() {
  local name told=" "
  while :; do
    for name in "${services[@]}"; do
      if [[ $told != *" $name "* ]] && ! is_alive "$name"; then
        told+="$name "
        say "$name has died; the end of its log ($LOG/$name.log):"
        tail -n 10 "$LOG/$name.log" | sed 's/^/  | /'
        say "The others go on. Ctrl-C and ./portail run start it again."
      fi
    done
    sleep 1 8>&- &
    wait $! || true
  done
}

cmd_stop() {
  [ -e "$RUN/." ] || { say "Nothing is running in $VAR."; return 0; }
  RUN=$(realpath "$RUN")
  any_alive || { say "Nothing is running in $VAR."; return 0; }
  stop_all
  say "Stopped."
}

cmd_reset() {
  [ ! -d "$VAR" ] || [ -d "$VAR/run/." ] || [ -z "$(ls -A "$VAR")" ] || [ -d "$LOG" ] || die "$VAR does not look like an instance's folder; not removed"
  cmd_stop
  [ ! -L "$VAR/run" ] || rm -rf -- "$(realpath "$VAR/run")"
  rm -rf -- "$VAR"
  say "$VAR is removed."
}

cmd_ctl() {
  [ -x "$BUILD/bin/scrutinctl" ] && [ -e "$ETC/portail.toml" ] || die "nothing is built or set up yet: start with ./portail run"
  ctl "$@"
}
