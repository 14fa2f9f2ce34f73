#!/usr/bin/env bash
# SPDX-License-Identifier: AGPL-3.0-or-later
# What each process can and cannot do with the data, tried with its own account on a real server. It knows no program: only
# sql/. Three parts: who may do what to each sensitive column, over information_schema; statements that must be refused;
# statements that must work, so that a refusal is never an empty success.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
mariadb_sh=$here/../../modules/launcher/mariadb.sh
dir=$(mktemp -d)
trap '"$mariadb_sh" stop "$dir"; rm -rf "$dir"' EXIT
"$mariadb_sh" create "$dir"
"$mariadb_sh" serve "$dir" --innodb-buffer-pool-size=64M --innodb-flush-log-at-trx-commit=0 >"$dir/server.log" 2>&1 &
"$mariadb_sh" wait "$dir"
"$mariadb_sh" load "$dir" "$dir/secrets"

passed=0 failed=0
pass() { passed=$((passed + 1)); }
fail() { failed=$((failed + 1)); printf 'not ok: %s\n' "$*"; }
as() { # as MODULE SQL
  MYSQL_PWD=$(cat "$dir/secrets/$1/db_password") mariadb --no-defaults --socket="$dir/db.sock" --user="portail-$1" -N -e "$2" 2>&1
}
can() { # can MODULE SQL…
  local module=$1 sql answer
  shift
  for sql in "$@"; do
    if answer=$(as "$module" "$sql"); then pass; else fail "$module should be able to: $sql — $answer"; fi
  done
}
cannot() { # refused for want of rights (1044 database, 1142 table, 1143 column), not for another reason
  local module=$1 sql answer
  shift
  for sql in "$@"; do
    if answer=$(as "$module" "$sql"); then fail "$module should not be able to: $sql"
    elif [[ $answer =~ ERROR\ (1044|1142|1143|1227|1370)\  ]]; then pass
    else fail "$module is refused for another reason: $sql — $answer"; fi
  done
}
owner() { "$mariadb_sh" sql "$dir" -N -e "$1"; }

# --- Who may VERB a column, through a right on the table or on the column itself --------------------------------------------
who() { # who VERB SCHEMA.TABLE COLUMN -> names in order
  owner "SELECT DISTINCT REGEXP_REPLACE(grantee, '^.portail-|.@.*', '') AS name FROM (
    SELECT grantee FROM information_schema.table_privileges WHERE CONCAT(table_schema,'.',table_name)='$2' AND privilege_type='$1'
    UNION SELECT grantee FROM information_schema.column_privileges
      WHERE CONCAT(table_schema,'.',table_name)='$2' AND column_name='$3' AND privilege_type='$1') t ORDER BY name" | xargs
}
only() { # only VERB SCHEMA.TABLE COLUMN NAME… : these and nobody else
  local verb=$1 table=$2 column=$3 real
  shift 3
  real=$(who "$verb" "$table" "$column")
  if [ "$real" = "$*" ]; then pass; else fail "$verb $table.$column: expected « $* », found « $real »"; fi
}

[ "$(owner "SELECT COUNT(*) FROM information_schema.schema_privileges WHERE grantee LIKE '%portail-%'")" = 0 ] && pass ||
  fail "a process has a right on a whole database"
[ "$(owner "SELECT COUNT(*) FROM information_schema.user_privileges WHERE grantee LIKE '%portail-%' AND privilege_type<>'USAGE'")" = 0 ] && pass ||
  fail "a process has a right on the whole server"
[ "$(owner "SELECT COUNT(*) FROM information_schema.table_privileges WHERE grantee LIKE '%portail-%' AND (is_grantable='YES'
    OR privilege_type NOT IN ('SELECT','INSERT','UPDATE','DELETE'))")" = 0 ] && pass || fail "a process may hand on a right or change a table"
[ "$(owner "SELECT COUNT(*) FROM mysql.user WHERE user=''")" = 0 ] && pass || fail "the server has an anonymous account"

for column in ballot ballot_hash credential_hash scrutin_id; do
  only UPDATE urne.ballot $column
done
only DELETE urne.ballot ballot
only INSERT urne.ballot ballot sceau
only SELECT urne.ballot ballot scrutinctl
only SELECT urne.ballot ballot_hash scrutinctl vote
only SELECT urne.ballot credential_hash vote
# The inbox comes in the order of the vote: who reads the attendance may count it and no more.
only SELECT urne.inbox sealed sceau
only SELECT urne.inbox ballot_tag sceau vote
only SELECT urne.inbox scrutin_id bureau sceau scrutinctl vote
only INSERT urne.inbox sealed vote
only UPDATE urne.inbox sealed
only DELETE urne.inbox sealed sceau
only INSERT urne.closing scrutin_id scrutinctl
only SELECT urne.opened ballot_hash scrutinctl vote
only INSERT urne.opened ballot_hash vote
only UPDATE urne.opened ballot_hash
only DELETE urne.opened ballot_hash
only SELECT urne.credential binding scrutinctl vote
only SELECT urne.credential public_key scrutinctl vote
only INSERT urne.credential binding scrutinctl
only UPDATE urne.credential binding
only DELETE urne.credential binding
only UPDATE urne.setup election
only DELETE urne.setup election
only INSERT urne.log ballot_hash sceau
only UPDATE urne.log ballot_hash
only DELETE urne.log ballot_hash
only INSERT urne.log_head root sceau
only UPDATE urne.log_head root
only DELETE urne.log_head root
only INSERT urne.journal_head note sceau
only UPDATE urne.journal_head note
only DELETE urne.journal_head note
only SELECT portail.audit detail bureau sceau scrutinctl
only INSERT portail.audit detail bureau scrutinctl
only INSERT portail.seal text scrutinctl
only UPDATE portail.seal text
only DELETE portail.seal text
only UPDATE portail.seal_programs text
only DELETE portail.seal_programs text
only INSERT portail.proclamation text scrutinctl
only UPDATE portail.proclamation text
only DELETE portail.proclamation text
only INSERT portail.list_logo png scrutinctl
only UPDATE portail.list_logo png
only SELECT portail.list_logo png scrutinctl
only INSERT portail.list_union share scrutinctl
only UPDATE portail.list_union share
only INSERT portail.paper digest scrutinctl
only UPDATE portail.paper digest
only DELETE portail.paper digest scrutinctl
only SELECT portail.paper digest bureau scrutinctl scrutins
only UPDATE portail.candidate_list name
only UPDATE portail.candidate last_name
only UPDATE portail.voter_scrutin voter_id
only UPDATE portail.scrutin seats
only SELECT urne.tally result scrutinctl
only INSERT urne.tally result
only UPDATE urne.tally result scrutinctl
only DELETE urne.tally result
only SELECT urne.partial_decryption partial scrutinctl
only UPDATE urne.partial_decryption partial
only DELETE urne.partial_decryption partial
only INSERT portail.emargement voter_id vote
only UPDATE portail.emargement voter_id
only DELETE portail.emargement voter_id
only SELECT portail.emargement voter_id bureau scrutinctl scrutins vote
only SELECT portail.desk_factor sealed bureau
only UPDATE portail.desk_factor sealed bureau scrutinctl
only UPDATE portail.desk_factor last_step bureau
only INSERT portail.desk_factor enrol_hash scrutinctl
only DELETE portail.desk_factor email
only INSERT portail.desk_member email scrutinctl
only DELETE portail.desk_member email
only INSERT portail.desk_session session_hash bureau
only INSERT portail.roll_change proposed_member bureau
only UPDATE portail.roll_change decided_member bureau
only UPDATE portail.roll_change ended_at scrutinctl
only UPDATE portail.voter last_name scrutinctl
only INSERT portail.desk_reminder academie_code bureau
only INSERT portail.invitation campaign scrutinctl
only SELECT portail.account password_hash account
only INSERT portail.account password_hash activation
only UPDATE portail.account password_hash account activation
only SELECT portail.account defi_answer_hash reassort
only UPDATE portail.account defi_answer_hash activation
only SELECT portail.mail_token token_hash activation
only SELECT portail.voter identity_check reassort
only UPDATE portail.voter email
only SELECT portail.escrow sealed reassort
only INSERT portail.escrow sealed scrutinctl
only SELECT portail.envelope ciphertext reassort scrutinctl vote
only UPDATE portail.envelope ciphertext reassort
only SELECT portail.reassort_temporary code_check reassort
only SELECT portail.reassort_temporary destination reassort
only INSERT portail.reassort_temporary code_check reassort
only UPDATE portail.reassort_temporary code_check
only DELETE portail.reassort_temporary code_check scrutinctl
only SELECT portail.list_delegate voter_id scrutinctl scrutins
only INSERT portail.list_delegate voter_id scrutinctl
only UPDATE portail.list_delegate candidate_list_id
only SELECT portail.outbox body courrier
only SELECT portail.outbox recipient courrier
only INSERT portail.sms_state state courrier
only INSERT portail.outbox body account activation bureau reassort scrutinctl scrutins vote
only UPDATE portail.outbox recipient courrier
only DELETE portail.outbox recipient scrutinctl
only DELETE portail.throttle count scrutinctl
only INSERT portail.session voter_id account activation
only UPDATE portail.session voter_id
only UPDATE portail.session id_hash vote
only DELETE portail.session voter_id account activation scrutinctl
only UPDATE portail.scrutin state scrutinctl
only UPDATE portail.scrutin suspended_at scrutinctl
only UPDATE portail.scrutin annulled_at scrutinctl
only UPDATE portail.suspension state scrutinctl
only INSERT portail.result votants scrutinctl
only UPDATE portail.audit hash
only DELETE portail.audit hash

# The two databases: reached together by few, and the reader of the attendance never reads ballots.
both=$(owner "SELECT GROUP_CONCAT(name ORDER BY name SEPARATOR ' ') FROM (SELECT REGEXP_REPLACE(grantee, '^.portail-|.@.*', '') AS name
  FROM (SELECT grantee, table_schema, table_name FROM information_schema.table_privileges
        UNION SELECT grantee, table_schema, table_name FROM information_schema.column_privileges) t
  GROUP BY grantee HAVING SUM(table_name='emargement') AND SUM(table_name='ballot')) u")
[ "$both" = "bureau scrutinctl vote" ] && pass || fail "attendance and ballots are reached together by: $both"

# --- Tried with the accounts ------------------------------------------------------------------------------------------------
for module in activation account reassort courrier; do
  cannot $module "SELECT 1 FROM urne.ballot" "SELECT 1 FROM urne.credential" "SELECT 1 FROM urne.log" "SELECT 1 FROM urne.setup" "USE urne"
done
for module in activation account scrutins reassort vote bureau; do
  can $module "SELECT version FROM portail.schema_version" "SELECT edition FROM portail.election" "SELECT at FROM portail.calendar" \
    "SELECT s.voter_id, v.email, v.civility, v.first_name, v.last_name, v.academie_code, s.data FROM portail.session s LEFT JOIN portail.voter v ON v.id=s.voter_id" \
    "UPDATE portail.session SET last_seen_at='2026-01-01', previous_until='2026-01-01' WHERE id_hash=''"
  can $module "INSERT INTO portail.throttle VALUES (REPEAT('0',64),'2026-01-01',1) ON DUPLICATE KEY UPDATE count=count+1"
  cannot $module "UPDATE portail.schema_version SET version=2" "UPDATE portail.calendar SET at='2026-01-01'" "DELETE FROM portail.voter" \
    "UPDATE portail.voter SET email=''" "UPDATE portail.scrutin SET state='open'" "UPDATE portail.audit SET detail=''" "DROP TABLE portail.session" \
    "SELECT body FROM portail.outbox" "SELECT 1 FROM portail.outbox" "DELETE FROM portail.throttle" "DELETE FROM portail.outbox" "CREATE TABLE portail.x (y INT)" "SELECT 1 FROM mysql.global_priv" \
    "DELETE FROM portail.emargement" "DELETE FROM urne.ballot" "UPDATE urne.ballot SET ballot=''"
  [ $module = bureau ] || cannot $module "SELECT 1 FROM portail.audit"
done

can activation "SELECT voter_id FROM portail.account" "SELECT voter_id FROM portail.mail_token WHERE token_hash=''" \
  "UPDATE portail.mail_token SET used_at='2026-01-01' WHERE token_hash=''" \
  "DELETE FROM portail.session WHERE id_hash=''"
cannot activation "SELECT password_hash FROM portail.account" "SELECT defi_answer_hash FROM portail.account" "SELECT 1 FROM portail.envelope" "SELECT 1 FROM portail.escrow" \
  "SELECT identity_check FROM portail.voter" "SELECT 1 FROM portail.emargement" "SELECT * FROM portail.voter" "DELETE FROM portail.account"

can account "SELECT password_hash, failed_count, retry_at FROM portail.account" "UPDATE portail.account SET failed_count=0 WHERE voter_id=0" \
  "SELECT personnel, corps FROM portail.voter" \
  "SELECT number FROM portail.assistance"
cannot account "SELECT defi_answer_hash FROM portail.account" "SELECT body FROM portail.assistance" "SELECT uuid FROM portail.scrutin" "SELECT authority FROM portail.suspension" "SELECT 1 FROM portail.voter_scrutin" "SELECT 1 FROM portail.mail_token" "SELECT 1 FROM portail.envelope" "SELECT 1 FROM portail.escrow" \
  "SELECT 1 FROM portail.emargement" "INSERT INTO portail.account (voter_id) VALUES (1)" "UPDATE portail.account SET defi_question=''" \
  "SELECT identity_check FROM portail.voter"

can scrutins "SELECT voted_at FROM portail.emargement WHERE voter_id=0 AND scrutin_id=0" "SELECT pdf FROM portail.profession_de_foi" \
  "SELECT number FROM portail.reclamation" "SELECT root FROM urne.log_head" "SELECT ballot_hash FROM urne.log" "SELECT log_key FROM urne.setup" \
  "SELECT r.sort_key, v.last_name, v.affectation FROM portail.voter_scrutin r JOIN portail.voter v ON v.id=r.voter_id"
cannot scrutins "SELECT 1 FROM portail.account" "SELECT 1 FROM portail.mail_token" "SELECT 1 FROM portail.envelope" "SELECT 1 FROM portail.escrow" \
  "SELECT ballot FROM urne.ballot" "SELECT ballot_hash FROM urne.ballot" "SELECT 1 FROM urne.credential" "SELECT 1 FROM urne.tally" "SELECT 1 FROM urne.partial_decryption" "INSERT INTO portail.emargement VALUES (1,1,'2026-01-01')" \
  "SELECT identity_check FROM portail.voter" "INSERT INTO portail.session (id_hash) VALUES ('')" "UPDATE portail.reclamation SET state='acceptee'"

can reassort "SELECT sealed FROM portail.escrow" "SELECT identity_check FROM portail.voter WHERE id=0" \
  "UPDATE portail.envelope SET generation=2, salt='', nonce='', ciphertext='' WHERE voter_id=0 AND generation=1" "SELECT at FROM portail.reassort_request"
cannot reassort "SELECT password_hash FROM portail.account" "UPDATE portail.account SET defi_answer_hash=''" "SELECT 1 FROM portail.emargement" "UPDATE portail.escrow SET sealed=''" \
  "UPDATE portail.envelope SET voter_ref=''" "DELETE FROM portail.envelope" "DELETE FROM portail.reassort_request" \
  "INSERT INTO portail.session (id_hash) VALUES ('')"

can vote "SELECT ciphertext FROM portail.envelope" "SELECT public_key FROM urne.credential WHERE scrutin_id=0 AND binding=''" \
  "SELECT ballot_hash FROM urne.ballot WHERE scrutin_id=0 AND credential_hash=''" "SELECT election, receipt_key, log_key FROM urne.setup" \
  "SELECT voted_at FROM portail.emargement WHERE scrutin_id=0 AND voter_id=0" \
  "START TRANSACTION; INSERT INTO urne.inbox VALUES (1, REPEAT('0',64), REPEAT('1',64), '{}'); ROLLBACK" \
  "SELECT ballot_tag FROM urne.inbox WHERE scrutin_id=0 AND credential_tag=''" \
  "START TRANSACTION; INSERT INTO urne.opened VALUES (1, REPEAT('0',64)); SELECT scrutin_id FROM urne.opened WHERE scrutin_id=1 AND ballot_hash='' LOCK IN SHARE MODE; ROLLBACK"
can vote "SELECT text FROM portail.seal WHERE scrutin_id=0"
cannot vote "SELECT digest FROM portail.seal" "SELECT 1 FROM portail.seal_programs" "SELECT ballot FROM urne.ballot" "SELECT sealed FROM urne.inbox" "DELETE FROM urne.inbox" "INSERT INTO urne.ballot VALUES (1,'','','')" "SELECT COUNT(ballot) FROM urne.ballot" "REPLACE INTO urne.ballot VALUES (1,'','','')" \
  "INSERT INTO urne.ballot VALUES (1,'','','') ON DUPLICATE KEY UPDATE ballot=''" "UPDATE portail.emargement SET voted_at='2026-01-01'" \
  "SELECT 1 FROM portail.account" "SELECT 1 FROM portail.escrow" "SELECT identity_check FROM portail.voter" "UPDATE portail.envelope SET generation=1" \
  "INSERT INTO urne.credential VALUES (1,'','')" "INSERT INTO portail.session (id_hash) VALUES ('')" "UPDATE portail.session SET voter_id=1" \
  "INSERT INTO portail.outbox (state) VALUES ('sent')" "DELETE FROM urne.opened" "SELECT 1 FROM urne.tally" "INSERT INTO urne.log VALUES (1,1,'')"

can bureau "SELECT COUNT(*) FROM urne.ballot WHERE scrutin_id=0" "SELECT sealed FROM portail.desk_factor" "SELECT hash FROM portail.audit"
cannot bureau "SELECT ballot_hash FROM urne.ballot" "SELECT ballot FROM urne.ballot" "SELECT sealed FROM urne.inbox" "SELECT 1 FROM urne.credential" "SELECT 1 FROM urne.tally" \
  "SELECT password_hash FROM portail.account" "UPDATE portail.reclamation SET body=''" "UPDATE portail.assistance SET email=''" "SELECT 1 FROM portail.envelope" "SELECT 1 FROM portail.escrow" "SELECT 1 FROM portail.mail_token" "SELECT identity_check FROM portail.voter" "SELECT body FROM portail.outbox" \
  "UPDATE portail.audit SET detail=''" "DELETE FROM portail.audit" \
  "UPDATE portail.scrutin SET state='open'" "UPDATE portail.desk_member SET role='president'" "INSERT INTO portail.desk_member (email) VALUES ('')" "INSERT INTO portail.desk_factor (email) VALUES ('')" \
  "INSERT INTO portail.session (id_hash) VALUES ('')" "UPDATE portail.session SET voter_id=1" "UPDATE portail.voter_scrutin SET voter_id=1"
can courrier "SELECT id, recipient, subject, body FROM portail.outbox WHERE state='queued'" "UPDATE portail.outbox SET state='sent', body='', recipient='' WHERE id=0"
cannot courrier "SELECT 1 FROM portail.voter" "SELECT 1 FROM portail.session" "SELECT 1 FROM portail.account" "SELECT 1 FROM portail.mail_token" \
  "UPDATE portail.outbox SET subject=''" "UPDATE portail.outbox SET channel='sms'" "SELECT 1 FROM portail.schema_version" "INSERT INTO portail.outbox (body) VALUES ('')" "DELETE FROM portail.outbox" "SELECT 1 FROM portail.emargement"

can sceau "SELECT COUNT(*) FROM urne.ballot WHERE scrutin_id=0" "SELECT scrutin_id FROM urne.closing" \
  "START TRANSACTION; SELECT sealed FROM urne.inbox; INSERT INTO urne.ballot VALUES (1, REPEAT('0',64), REPEAT('1',64), '{}'); DELETE FROM urne.inbox; ROLLBACK" \
  "START TRANSACTION; INSERT INTO urne.log VALUES (1, 0, REPEAT('0',64)); INSERT INTO urne.log_head VALUES (1, 1, REPEAT('0',64), REPEAT('A',86)); ROLLBACK"
cannot sceau "SELECT 1 FROM portail.emargement" "SELECT 1 FROM portail.voter" "UPDATE portail.audit SET detail=''" "DELETE FROM portail.audit" "DELETE FROM urne.journal_head" \
  "SELECT 1 FROM portail.schema_version" "SELECT ballot FROM urne.ballot" "SELECT credential_hash FROM urne.ballot" "UPDATE urne.ballot SET ballot=''" "DELETE FROM urne.ballot" "UPDATE urne.inbox SET sealed=''" \
  "INSERT INTO urne.inbox VALUES (1,'','','')" "INSERT INTO urne.closing VALUES (1)" "SELECT 1 FROM urne.credential" "UPDATE urne.log SET leaf_index=1" "DELETE FROM urne.log_head"

can scrutinctl "DELETE FROM portail.session WHERE expires_at < '2000-01-01'" "DELETE FROM portail.outbox WHERE state = 'sent' AND next_attempt_at < '2000-01-01'" \
  "SELECT ballot FROM urne.ballot" "SELECT binding FROM urne.credential" "UPDATE portail.scrutin SET state='open' WHERE id=0" \
  "START TRANSACTION; INSERT INTO portail.audit VALUES (1,'2026-01-01','a','b','c',REPEAT('0',64)); ROLLBACK"
cannot scrutinctl "SELECT password_hash FROM portail.account" "UPDATE portail.account SET password_hash=''" "SELECT sealed FROM portail.escrow" \
  "UPDATE portail.envelope SET generation=1" "SELECT identity_check FROM portail.voter" "SELECT id_hash FROM portail.session" "SELECT data FROM portail.session" "SELECT 1 FROM portail.mail_token" \
  "SELECT recipient FROM portail.outbox" "SELECT body FROM portail.outbox" "SELECT count FROM portail.throttle" "INSERT INTO portail.session (id_hash) VALUES ('')" "DELETE FROM urne.tally" "DELETE FROM urne.partial_decryption" "INSERT INTO urne.ballot VALUES (1,'','','')" "DELETE FROM urne.ballot" "UPDATE urne.setup SET election=''" \
  "DELETE FROM urne.credential" "UPDATE portail.emargement SET voter_id=1" "INSERT INTO portail.emargement VALUES (1,1,'2026-01-01')" \
  "UPDATE portail.voter SET email=''" "UPDATE portail.voter SET identity_check=''" "UPDATE portail.voter_scrutin SET scrutin_id=1" "DELETE FROM portail.reassort_request" \
  "UPDATE portail.reclamation SET body=''" "INSERT INTO portail.reclamation (number) VALUES ('')" "UPDATE portail.assistance SET email=''" "UPDATE portail.desk_step SET answer=''" \
  "UPDATE portail.audit SET detail=''" "DELETE FROM portail.audit" "DROP TABLE urne.ballot" "SELECT 1 FROM mysql.global_priv"

printf '%d passed, %d failed\n' $passed $failed
[ $failed = 0 ]
