#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# A private MariaDB in a folder: socket only, no network, no system service. Used by the launcher and by every test that
# needs a real server. It must not know what the portal does; it only loads sql/.
#
#   mariadb.sh create DIR            make DIR/data if it is not there, from a copy kept in the build folder
#   mariadb.sh serve DIR [OPTION…]   run the server in the foreground (this process becomes mariadbd)
#   mariadb.sh wait DIR              return when it answers (30 s at most)
#   mariadb.sh load DIR SECRETS      the databases of sql/ if they are not there, or the migrations they lack; accounts and
#                                    grants, with a random password per account in SECRETS/<module>/db_password; in a cluster the
#                                    portal writes to this node from now on
#   mariadb.sh sql DIR [OPTION…]     the client, as the folder's owner
#   mariadb.sh stop DIR              ask the server to stop and wait for it
# The socket is DIR/db.sock, or PORTAIL_DB_SOCKET.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
modules=(activation account scrutins reassort vote bureau courrier sceau scrutinctl)

usage() { sed -n '6,14s/^#   //p' "${BASH_SOURCE[0]}" >&2; exit 64; }
say() { printf 'mariadb: %s\n' "$*" >&2; }
[ $# -ge 2 ] || usage
verb=$1 dir=$2
shift 2
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)
socket=${PORTAIL_DB_SOCKET:-$dir/db.sock}
# sun_path holds 107 characters; a longer path would be cut in silence by some clients.
[ ${#socket} -le 100 ] || { say "the path $socket is too long for a socket (100 characters at most): choose a shorter folder, or set PORTAIL_DB_SOCKET"; exit 73; }
PATH=$PATH:/usr/sbin

run_sql() { mariadb --no-defaults --socket="$socket" --user="$(id -un)" --default-character-set=utf8mb4 "$@"; }

# mariadbd refuses to run as root unless it is told so.
as_root=()
[ "$(id -u)" != 0 ] || as_root=(--user=root)

# The server's settings, in development as in tests; production's are in sql/mariadb/portail.cnf.
# shellcheck disable=SC2054  # the commas are sql-mode's
k_options=(
  --character-set-server=utf8mb4 --collation-server=utf8mb4_bin
  --sql-mode=STRICT_ALL_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION,ONLY_FULL_GROUP_BY
  --innodb-flush-log-at-trx-commit=1 --innodb-file-per-table=1
  --innodb-log-file-size=64M --innodb-lock-wait-timeout=10
  --skip-networking --skip-log-bin --skip-name-resolve
  --local-infile=0 --symbolic-links=0
  --default-time-zone=+00:00 --max-connections=200 --thread-cache-size=64 --max-prepared-stmt-count=65536
)

# make_data FOLDER: an empty server's data.
make_data() {
  mkdir -p "$dir/tmp"
  TMPDIR=$dir/tmp mariadb-install-db --no-defaults --datadir="$1" --auth-root-authentication-method=socket \
    --auth-root-socket-user="$(id -un)" --skip-test-db --innodb-log-file-size=64M "${as_root[@]}" >"$dir/install.log" 2>&1 ||
    { tail -20 "$dir/install.log" >&2; say "the data folder could not be made; see $dir/install.log"; exit 73; }
}

# The path of such data, made once per build folder, server and user: each test program copies it, a sixth of the work. Fails
# where the build folder is not ours to write.
data_template() {
  local folder=${PORTAIL_BUILD:-$root/build}/mariadb template
  mkdir -p "$folder" 2>/dev/null && [ -w "$folder" ] || return 1
  template=$folder/$(id -un)-$(mariadbd --no-defaults --version | sha256sum | cut -c1-16)
  exec 8>"$template.lock"
  flock 8
  if [ ! -d "$template" ]; then
    rm -rf "$template.new"
    make_data "$template.new"
    mv "$template.new" "$template"
  fi
  exec 8>&-
  printf '%s\n' "$template"
}

case $verb in
  create)
    if [ ! -d "$dir/data/mysql" ]; then
      rm -rf "$dir/data" "$dir/data.new"
      if template=$(data_template); then cp -a --sparse=always "$template" "$dir/data.new"
      else make_data "$dir/data.new"; fi
      mv "$dir/data.new" "$dir/data"
    fi
    ;;
  serve)
    mkdir -p "$dir/tmp"
    exec mariadbd --no-defaults --datadir="$dir/data" --socket="$socket" --pid-file="$dir/db.pid" --tmpdir="$dir/tmp" \
      "${as_root[@]}" "${k_options[@]}" "$@"
    ;;
  wait)
    for _ in $(seq 300); do
      run_sql --batch -e 'SELECT 1' >/dev/null 2>&1 && exit 0
      sleep 0.1
    done
    say "the server does not answer on $socket after 30 s; see its log"
    exit 69
    ;;
  load)
    secrets=$1
    # Nothing is dropped because a question failed; and what was loaded in part has no version.
    versions=$(run_sql -N -e "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema='portail' AND table_name='schema_version'")
    [ "$versions" = 0 ] || versions=$(run_sql -N -e "SELECT COUNT(*) FROM portail.schema_version")
    if [ "$versions" = 0 ]; then
      run_sql -e "DROP DATABASE IF EXISTS portail; DROP DATABASE IF EXISTS urne;
        CREATE DATABASE portail CHARACTER SET utf8mb4 COLLATE utf8mb4_bin; CREATE DATABASE urne CHARACTER SET utf8mb4 COLLATE utf8mb4_bin"
      run_sql urne <"$root/sql/urne.sql"
      run_sql portail <"$root/sql/portail-desk.sql"
      run_sql portail <"$root/sql/portail.sql"
      run_sql portail <"$root/sql/portail-triggers.sql"  # last: its version says that all is there
    fi
    version=$(run_sql -N -e "SELECT MAX(version) FROM portail.schema_version")
    for step in "$root"/sql/migrations/[0-9]*.sql; do
      number=$(basename "$step" | cut -d_ -f1)
      [ "$((10#$number))" -le "$version" ] || { say "migration $(basename "$step" .sql)"; run_sql <"$step"; }
    done
    umask 077
    for module in "${modules[@]}"; do
      mkdir -p "$secrets/$module"
      [ -s "$secrets/$module/db_password" ] ||
        head -c 24 /dev/urandom | base64 | tr '+/' '-_' >"$secrets/$module/db_password"
      { cat "$root/sql/grants/$module.sql"
        echo "ALTER USER 'portail-$module'@'localhost' IDENTIFIED BY '$(cat "$secrets/$module/db_password")';"
      } | run_sql
    done
    [ "$(run_sql -N -e "SELECT @@wsrep_on")" = 0 ] || run_sql <"$root/sql/writing-node.sql" >/dev/null
    ;;
  sql) run_sql "$@" ;;
  stop)
    pid=$(cat "$dir/db.pid" 2>/dev/null) || exit 0
    [ "$(basename "$(readlink "/proc/$pid/exe" 2>/dev/null)")" = mariadbd ] || exit 0
    kill -TERM "$pid"
    for _ in $(seq 300); do
      readlink "/proc/$pid/exe" >/dev/null 2>&1 || exit 0  # gone, or waiting for its parent to notice
      sleep 0.1
    done
    say "the server (process $pid) does not stop; its log tells why"
    exit 70
    ;;
  *) usage ;;
esac
