#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# tls_test.sh BIN: a worker and a database on another host. A real worker (--check) meets real servers on 127.0.0.1: one under TLS whose
# certificate is right, then the same by another name and by a foreign authority, then one that speaks in clear. BIN holds the programs.
set -euo pipefail
bin=$(cd "$1" && pwd)
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mariadb_sh=$root/modules/launcher/mariadb.sh
dir=$(mktemp -d)
trap '"$mariadb_sh" stop "$dir"; rm -rf "$dir"' EXIT
passed=0 failed=0
check() { # check SENTENCE COMMAND…
  local sentence=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'not ok: %s\n' "$sentence"; cat "$dir/worker.log"; fi
}
free_port() { local port; for ((port = $1; port < $1 + 100; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }; done; }

authority() { # authority NAME: NAME.pem and its key
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "/CN=$1" -keyout "$dir/$1.key" -out "$dir/$1.pem" 2>/dev/null
}
authority ours
authority foreign
openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=base.example -keyout "$dir/server.key" -out "$dir/server.csr" 2>/dev/null
openssl x509 -req -in "$dir/server.csr" -CA "$dir/ours.pem" -CAkey "$dir/ours.key" -CAcreateserial -days 2 -out "$dir/server.pem" \
  -extfile <(echo 'subjectAltName=DNS:base.example,IP:127.0.0.1') 2>/dev/null

serve() { # serve OPTION…
  port=$(free_port 18700)
  "$mariadb_sh" serve "$dir" --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=0 --skip-networking=0 --bind-address=127.0.0.1,127.0.0.2 \
    --port="$port" "$@" >"$dir/server.log" 2>&1 &
  "$mariadb_sh" wait "$dir"
}
"$mariadb_sh" create "$dir"
serve --ssl-cert="$dir/server.pem" --ssl-key="$dir/server.key"
"$mariadb_sh" load "$dir" "$dir/secrets"
# The account as another host would have it: its password, and the same rights.
password=$(cat "$dir/secrets/account/db_password")
sed "s/@'localhost'/@'127.0.0.1'/g; s/IDENTIFIED VIA unix_socket//" "$root/sql/grants/account.sql" | "$mariadb_sh" sql "$dir"
"$mariadb_sh" sql "$dir" -e "ALTER USER 'portail-account'@'127.0.0.1' IDENTIFIED BY '$password'"
head -c 24 /dev/urandom | base64 >"$dir/secrets/account/password_pepper"
head -c 24 /dev/urandom | base64 >"$dir/secrets/account/pseudonym_key"
printf 'portail known passwords 1\n12345' >"$dir/known-passwords"  # a list of one

# worker HOST CA: its exit code
worker() {
  cat >"$dir/portail.toml" <<EOF
[portal]
base_url = "https://elections.example"
templates = "$root/templates"
known_passwords = "$dir/known-passwords"
[database]
host = "$1"
port = $port
tls_ca = "$dir/$2.pem"
password_files = true
EOF
  "$bin/portail-account" --config "$dir/portail.toml" --secrets "$dir/secrets/account" --check >"$dir/worker.log" 2>&1
}
refused() { ! worker "$@" && grep -q '"event":"start"' "$dir/worker.log"; }
check "a server with a certificate of ours is served by" worker 127.0.0.1 ours
encrypted() { "$mariadb_sh" sql "$dir" -N -e "SHOW STATUS LIKE 'Ssl_accepts'" | awk '{ exit !($2 > 0) }'; }
check "and the connection was encrypted" encrypted
check "a certificate of a foreign authority is refused" refused 127.0.0.1 foreign
check "a certificate of another name is refused" refused 127.0.0.2 ours
"$mariadb_sh" stop "$dir"
serve --skip-ssl
plain() { MYSQL_PWD=$password mariadb --no-defaults --skip-ssl -h 127.0.0.1 -P "$port" -u portail-account -e 'SELECT 1' >/dev/null; }
check "the server in clear lets a client in that does not mind" plain
check "a server that speaks in clear is refused" refused 127.0.0.1 ours
printf '%d passed, %d failed\n' $passed $failed
[ $failed = 0 ]
