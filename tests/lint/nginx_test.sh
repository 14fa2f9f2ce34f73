#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# The two nginx configurations: both are accepted, and a real private nginx without any worker answers as it must: security
# headers once on each answer, unknown hosts refused, files compared by ETag, no token in a log, TLS 1.2 and 1.3 only.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
dir=$(mktemp -d)
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait; rm -rf "$dir"' EXIT
PATH=$PATH:/usr/sbin
passed=0 failed=0
check() {
  local sentence=$1
  shift
  if "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'not ok: %s\n' "$sentence"; fi
}
free_port() { local port; for ((port = $1; port < $1 + 100; port++)); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }; done; }
user='#'
[ "$(id -u)" = 0 ] && user='user root root;'

mkdir -p "$dir"/{etc,run,log,tmp,static/erreurs,static/booth}
ln -s "$root/nginx" "$dir/etc/portail"
"$root/templates/static/erreurs/compose" "$dir/static/erreurs"
head -c 5000 /dev/zero | tr '\0' a >"$dir/static/portail.css"
echo 'x' >"$dir/static/booth/booth.js"
mkdir "$dir/static/version"
: >"$dir/static/version/0123456789abcdef"
port=$(free_port 18800)
sed -e "s#@USER@#$user#; s#@RUN@#$dir/run#g; s#@LOG@#$dir/log#g; s#@TMP@#$dir/tmp#g; s#@STATIC@#$dir/static#g; s#@LOGS@#$dir/logs#g; s#@PAPERS@#$dir/papers#g; s#@PORT@#$port#g" \
  "$root/nginx/development.conf.in" >"$dir/etc/nginx.conf"
check "nothing is left to replace in the development configuration" test -z "$(grep -o '@[A-Z]*@' "$dir/etc/nginx.conf")"
nginx -p "$dir" -e "$dir/log/start.log" -c "$dir/etc/nginx.conf" 2>"$dir/log/stderr" &
pids+=($!)
for _ in $(seq 50); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && break; sleep 0.1; done
check "nginx starts without a warning" test ! -s "$dir/log/stderr"

get() { # get PATH [HOST] [METHOD] [HEADER] -> status line and headers, without CR
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  # In one write (cat): an answer to the first line alone would reset the connection under the rest.
  printf '%s %s HTTP/1.0\r\nHost: %s\r\n%bConnection: close\r\n\r\n' "${3:-GET}" "$1" "${2:-localhost}" "${4:-}" | cat >&3
  tr -d '\r' <&3 2>/dev/null | sed '/^$/q'
  exec 3>&-
}
# within_5_s COMMAND…: nginx writes its log a moment after the answer.
within_5_s() { local _; for _ in $(seq 50); do "$@" && return 0; sleep 0.1; done; return 1; }
status_is() { [ "$(get "${@:2}" | sed -n '1s/[^ ]* \([0-9]*\).*/\1/p')" = "$1" ]; }
header_is() { get "${@:2}" | grep -qxF "$1"; }
for path in / /connexion /portail/x /scrutins/x /resultats /reassort /vote/x /bureau /bureau/x; do
  check "$path goes to a worker (which is not there: 502)" status_is 502 "$path"
done
check "/static/portail.css is a file" status_is 200 /static/portail.css
check "/static/../etc/nginx.conf is not" status_is 400 /static/../../etc/nginx.conf
check "a folder is not listed" status_is 403 /static/booth/
mkdir -p "$dir/papers/_logos"
logo=$(printf '%064d' 7)
printf '\x89PNG' >"$dir/papers/_logos/$logo.png"
echo secret >"$dir/papers/_logos/secret"
check "a logo is an image" header_is "Content-Type: image/png" "/logos/$logo.png"
check "a logo is kept for good" header_is "Cache-Control: public, max-age=31536000, immutable" "/logos/$logo.png"
check "no logo has another name than a digest" status_is 502 /logos/secret
check "published papers have no address but the page's" status_is 404 /pieces-publiees/ctm/x
check "error pages are not addresses" status_is 404 /static/erreurs/502.html
check "a foreign host gets 421" status_is 421 / evil.example
long=$(printf '%9000s' '' | tr ' ' a)
page() { # page PATH [HOST] [METHOD] [HEADER] -> the body
  exec 3<>"/dev/tcp/127.0.0.1/$port"
  printf '%s %s HTTP/1.0\r\nHost: %s\r\n%bConnection: close\r\n\r\n' "${3:-GET}" "$1" "${2:-localhost}" "${4:-}" | cat >&3
  tr -d '\r' <&3 2>/dev/null | sed '1,/^$/d'
  exec 3>&-
}
log_has() { grep -q "$1" "$dir"/log/*access.log "$dir"/log/portail.log 2>/dev/null; }
# says STATUS SENTENCE PATH…: this status, and our French page with a reference that the log has; nothing of another host.
says() {
  local status=$1 sentence=$2 body reference
  shift 2
  status_is "$status" "$@" || { echo "  status: $(get "$@" | head -n 1)"; return 1; }
  body=$(page "$@")
  grep -qF "<h1>$sentence</h1>" <<<"$body" && grep -q '<html lang="fr">' <<<"$body" || { echo "  page: ${body:0:200}"; return 1; }
  ! grep -qE '@[A-Z]+@|<!--#|(src|href)="(https?:)?//|nginx' <<<"$body" || { echo "  page: not whole, or not ours alone"; return 1; }
  reference=$(sed -n 's:.*p-reference">\([0-9a-f]*\)<.*:\1:p' <<<"$body")
  [ ${#reference} = 16 ] && within_5_s log_has "\"id\":\"$reference" || { echo "  reference: $reference"; return 1; }
}
check "an unreadable request has a page" says 400 "La demande n’a pas été comprise" /static/../../etc/nginx.conf
check "headers beyond the limit have a page" says 400 "La demande n’a pas été comprise" / localhost GET "X-Long: $long\r\n"
check "a folder has a page" says 403 "Cette adresse n’est pas ouverte" /static/booth/
check "a missing file has a page" says 404 "Cette page n’existe pas" /static/none.css
check "another method has a page" says 405 "Cette demande n’est pas prévue" / localhost TRACE
check "a long body has a page" says 413 "L’envoi est trop volumineux" / localhost POST 'Content-Length: 300000\r\n'
check "a long address has a page" says 414 "L’adresse est trop longue" "/$long"
check "a foreign host has a page" says 421 "Ce n’est pas l’adresse du portail" / evil.example
check "a worker that is not there has a page" says 502 "Le portail redémarre" /vote
tells_of_the_vote() { page /vote/csa/bulletin | grep -q 'un scrutin marqué «&nbsp;voté&nbsp;» a reçu votre bulletin'; }
check "the page of a missing worker says how to know whether one has voted" tells_of_the_vote
check "the page of a missing worker says when to come back" header_is 'Retry-After: 30' /vote
never() { ! get "$1" | grep -q '^Retry-After:'; }
check "a missing file does not" never /static/none.css
check "a foreign host's page has its style" status_is 200 /static/portail.css evil.example
check "TRACE is refused" status_is 405 / localhost TRACE
check "a body above the limit is refused" status_is 413 / localhost POST 'Content-Length: 300000\r\n'
check "a file is kept an hour" header_is 'Cache-Control: public, max-age=3600' /static/portail.css
check "a file below its version is kept for good" header_is 'Cache-Control: public, max-age=31536000, immutable' /static/0123456789abcdef/portail.css
check "a file of the booth too" header_is 'Cache-Control: public, max-age=31536000, immutable' /static/0123456789abcdef/booth/booth.js
check "below another version it is the same, and kept an hour" header_is 'Cache-Control: public, max-age=3600' /static/fedcba9876543210/portail.css
check "a missing file below a version is kept by nobody" header_is 'Cache-Control: no-store' /static/0123456789abcdef/none.css
check "no error page is an address below a version" status_is 404 /static/0123456789abcdef/erreurs/502.html
check "the booth is compared each time" header_is 'Cache-Control: no-cache' /static/booth/booth.js
check "an error is kept by nobody" header_is 'Cache-Control: no-store' /
etag=$(get /static/portail.css | sed -n 's/^ETag: //p')
check "an unchanged file is not sent again" status_is 304 /static/portail.css localhost GET "If-None-Match: $etag\\r\\n"
for target in /static/portail.css / /static/none; do
  answer=$(get "$target")
  for header in Strict-Transport-Security Content-Security-Policy X-Content-Type-Options Referrer-Policy Cross-Origin-Opener-Policy Cache-Control; do
    check "$target has $header once" test "$(grep -c "^$header: " <<<"$answer")" = 1
  done
  check "$target does not tell nginx's version" test -z "$(grep '^Server: .*[0-9]' <<<"$answer")"
done

# What a worker is sent: what it reads, and no header that a visitor makes up.
names() { sed -nE "$1" "${@:2}" | sort -u; }
check "a worker is sent what it reads, and reads what it is sent" test \
  "$(names 's/.*param\(request, "([A-Z_]+)"\).*/\1/p' "$root/modules/web/server.cpp")" = "$(names 's/^ *fastcgi_param +([A-Z_]+) .*/\1/p' "$root"/nginx/snippets/fastcgi.conf "$root/nginx/portail.conf")"
node -e 'const [socket, file] = process.argv.slice(1); require("net").createServer(one => one.on("data", part => { require("fs").appendFileSync(file, part); one.destroy() })).listen(socket)' \
  "$dir/run/scrutins.sock" "$dir/sent" &
pids+=($!)
for _ in $(seq 50); do [ -S "$dir/run/scrutins.sock" ] && break; sleep 0.1; done
get /scrutins/csa localhost GET 'Cookie: a=1\r\nProxy: CANARY\r\nX-Forwarded-Host: CANARY\r\nUser-Agent: somebody\r\nRemote-Addr: CANARY\r\nX-Anything: CANARY\r\nIn-Clear: CANARY\r\nCookie: b=2\r\n' >/dev/null
sent() { [ -s "$dir/sent" ] && grep -aq "$1" "$dir/sent"; }
check "a worker is sent all cookies as one" sent 'HTTP_COOKIEa=1; b=2'
check "a worker is sent the browser's name" sent 'HTTP_USER_AGENTsomebody'
check "a worker is sent no other header" test "$(grep -ac 'CANARY\|PROXY\|FORWARDED\|HTTP_HOST\|ANYTHING' "$dir/sent")" = 0

# A link as mail programs mangle it, and a name that somebody searched: no log has them, the error log neither (each of these ends in 502).
token=CANARYx0123456789-_abc
mangled() { # mangled PAGE: one address a line
  local page=$1 between
  for between in '?token=' '?electeurId=7&token=' '%3Ftoken=' '%3ftoken%3D' '%253Ftoken%253D' '&token=' ';token=' '?a;token=' '?electeurId=7&amp;token=' \
    '?token%3D' '?Token=' '?token=3D' '/token=' '/' '/?utm=1&token='; do
    printf '%s\n' "$page$between$token" "$page$between$token&utm_source=x" "$page$between$token%20" "$page$between$token." "$page$between$token%3E"
  done
}
links=(/portail/activationportail.htm /portail/creation-compte-etape2.htm /portail/reinitialisation.htm)
for page in "${links[@]}" /electionspro2022/portail/activationportail.htm /electionspro2022/portail/lien.htm /portail/autre.htm /aide /PORTAIL/lien.htm /vote/csa /; do
  while IFS= read -r address; do get "$address" >/dev/null; done < <(mangled "$page" | sed 's#^//#/#' | if [ "$page" = "${links[0]}" ]; then cat; else sed -n '1~7p'; fi)
done
check "a mangled link has the page of a missing worker" says 502 "Le portail redémarre" "${links[0]}%3Ftoken=$token"
get "/electionspro2022/portail/canary-in-lower-case" >/dev/null
get '/listes-electorales/csa?nom=CANARY' >/dev/null
get '/listes-electorales/csa?page=2&nom=CANARY' >/dev/null
check "the log holds the path" within_5_s log_has '"uri":"/portail/creation-compte-etape2.htm\*\*\*"'
check "the log holds the path of a roll" within_5_s log_has '"uri":"/listes-electorales/csa\*\*\*"'
check "no log holds a link's token or a searched name" test -z "$(grep -ril CANARY "$dir/log" || true)"

# Production, with a certificate made for the occasion and free ports.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=elections.example.fr \
  -keyout "$dir/key.pem" -out "$dir/fullchain.pem" 2>/dev/null
http=$(free_port 18900) https=$(free_port 19000)
sed -e "s#listen \[::\].*##; s#listen 80#listen 127.0.0.1:$http#; s#listen 443#listen 127.0.0.1:$https#; s#/etc/portail/tls#$dir#; s#/var/lib/portail/acme#$dir/acme#; s#/var/log/nginx#$dir/log#
        s#/usr/share/portail/static#$dir/static#; s#unix:/run/portail#unix:$dir/run#" "$root/nginx/portail.conf" >"$dir/etc/site.conf"
cat >"$dir/etc/production.conf" <<EOF
${user/user root root/user root root}
worker_processes 1;
daemon off;
pid $dir/run/production.pid;
error_log $dir/log/production-error.log;
events {}
http {
  include /etc/nginx/mime.types;
  client_body_temp_path $dir/tmp/body2; proxy_temp_path $dir/tmp/proxy2; fastcgi_temp_path $dir/tmp/fastcgi2;
  uwsgi_temp_path $dir/tmp/uwsgi2; scgi_temp_path $dir/tmp/scgi2;
  include $dir/etc/site.conf;
}
EOF
nginx -p "$dir" -e "$dir/log/start2.log" -c "$dir/etc/production.conf" 2>"$dir/log/stderr2" &
pids+=($!)
for _ in $(seq 50); do (exec 3<>"/dev/tcp/127.0.0.1/$https") 2>/dev/null && break; sleep 0.1; done
check "production: accepted without a warning" test ! -s "$dir/log/stderr2"
port=$http
check "HTTP: GET is redirected" header_is 'Location: https://elections.example.fr/aide' /aide elections.example.fr
mkdir -p "$dir/acme"
echo proof >"$dir/acme/a-token_1"
check "HTTP: a certification authority's file is served as it is" test "$(page /.well-known/acme-challenge/a-token_1 elections.example.fr)" = proof
check "HTTP: a challenge that is not there is no redirect" status_is 404 /.well-known/acme-challenge/none elections.example.fr
check "HTTP: POST is not" status_is 403 /connexion elections.example.fr POST
check "HTTP: a refusal has a page" says 403 "Cette adresse n’est pas ouverte" /connexion elections.example.fr POST
check "HTTP: a token in another address is not sent on" status_is 403 '/aide?token=CANARY2' elections.example.fr
check "HTTP: a mailed link goes to the worker (which is not there: 502), not to HTTPS" \
  says 502 "Le portail redémarre" '/portail/activationportail.htm?token=CANARY2' elections.example.fr
check "HTTP: nor does one with the path of 2022" says 502 "Le portail redémarre" '/electionspro2022/portail/activationportail.htm?token=CANARY2' elections.example.fr
check "HTTP: nor is a mangled one" says 502 "Le portail redémarre" '/portail/activationportail.htm%3Ftoken=CANARY2' elections.example.fr
check "HTTP: a token in a path is not sent on" status_is 403 '/x%3Ftoken=CANARY2' elections.example.fr
check "HTTP: a mailed link is not posted to" status_is 403 '/portail/activationportail.htm?token=CANARY2' elections.example.fr POST
check "HTTP: an unknown host gets no answer" test -z "$(get / evil.example)"
handshake() { openssl s_client -connect "127.0.0.1:$https" -servername "$1" "${@:2}" </dev/null >"$dir/tls" 2>&1 && grep -q 'Cipher is [A-Z]' "$dir/tls"; }
check "TLS 1.3 is spoken" handshake elections.example.fr -tls1_3
check "TLS 1.2 is spoken" handshake elections.example.fr -tls1_2
refused() { ! handshake "$@"; }
check "TLS 1.1 is not" refused elections.example.fr -tls1_1 -cipher DEFAULT@SECLEVEL=0
check "a suite without forward secrecy is refused" refused elections.example.fr -tls1_2 -cipher AES128-GCM-SHA256
check "an unknown name gets no handshake" refused evil.example
check "production: the log holds the path" within_5_s grep -q 'activationportail.htm\*\*\*' "$dir/log/portail.log"
check "production: no log holds a link's token" test -z "$(grep -rl CANARY2 "$dir/log" || true)"

printf '%d passed, %d failed\n' $passed $failed
[ $failed = 0 ]
