#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Rights and statements agree, on a real server that has loaded sql/grants: each statement of a process is allowed to its account,
// and each right of an account (table, verb, column) is used by one of its statements. A right on a whole table is one on each of
// its columns. `--needs` prints the rights that the statements need, in the form of a grants file.
//
// The server itself tells what a statement needs: EXPLAIN checks names and rights as the statement does and changes nothing. A probe
// account that may nothing asks for each, is given what it was refused, and asks again until nothing is refused.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inventory_of_tree, k_processes, self_test } from './statements.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const script = join(root, 'modules', 'launcher', 'mariadb.sh');
const k_column_verbs = ['SELECT', 'INSERT', 'UPDATE'];
const k_foothold = 'probe_column';  // with a right on it, a refusal names the column that is missing and not the table
const k_rounds = 40;

class Server {
  constructor() {
    this.dir = mkdtempSync(join(tmpdir(), 'portail-sql.'));
    execFileSync(script, ['create', this.dir]);
    this.process = spawn(script, ['serve', this.dir, '--innodb-buffer-pool-size=64M'], { stdio: 'ignore' });
    execFileSync(script, ['wait', this.dir]);
    execFileSync(script, ['load', this.dir, join(this.dir, 'secrets')]);
    this.admin("CREATE USER probe@localhost IDENTIFIED BY 'probe'");
  }
  stop() {
    try { execFileSync(script, ['stop', this.dir]); } catch { this.process.kill('SIGKILL'); }
    rmSync(this.dir, { recursive: true, force: true });
  }
  admin(sql) {
    const text = execFileSync(script, ['sql', this.dir, '-N'], { input: sql, encoding: 'utf8' });
    return text.split('\n').filter(Boolean).map((line) => line.split('\t'));
  }
  // The refusal of each statement, or undefined. `account`: 'probe' or a process's name.
  refusals(account, process, list) {
    const password = account === 'probe' ? 'probe' : readFileSync(join(this.dir, 'secrets', account, 'db_password'), 'utf8').trim();
    const input = list.map(({ sql }) => `EXPLAIN ${sql.replace(/\b(LIMIT|OFFSET) \?/g, '$1 1').replaceAll('?', "'1'")};\n`).join('');
    const { stderr } = spawnSync('mariadb', ['--no-defaults', '--force', `--socket=${join(this.dir, 'db.sock')}`, `--user=${account === 'probe' ? 'probe' : `portail-${account}`}`,
      `--database=${process === 'sceau' ? 'urne' : 'portail'}`], { input, env: { ...globalThis.process.env, MYSQL_PWD: password }, encoding: 'utf8' });
    const found = [];
    for (const [, line, why] of stderr.matchAll(/^ERROR \d+ \(\w+\) at line (\d+): (.*)$/gm)) found[line - 1] = why;
    if (stderr && found.length === 0) throw new Error(stderr);
    return found;
  }
}

// The columns of each table, by "schema.table".
const columns_of = (server) => {
  const tables = new Map();
  for (const [schema, table, column] of server.admin("SELECT table_schema, table_name, column_name FROM information_schema.columns WHERE table_schema IN ('portail', 'urne')")) {
    const name = `${schema}.${table}`;
    tables.set(name, [...(tables.get(name) ?? []), column]);
  }
  return tables;
};

// What an account holds: "VERB schema.table column", column `*` for verbs without columns.
function held_by(server, account, tables) {
  const grantee = `'portail-${account}'@'localhost'`.replaceAll("'", "''");
  const held = new Set();
  for (const [schema, table, verb] of server.admin(`SELECT table_schema, table_name, privilege_type FROM information_schema.table_privileges WHERE grantee = '${grantee}'`)) {
    const name = `${schema}.${table}`;
    for (const column of k_column_verbs.includes(verb) ? tables.get(name) : ['*']) held.add(`${verb} ${name} ${column}`);
  }
  for (const [schema, table, column, verb] of server.admin(`SELECT table_schema, table_name, column_name, privilege_type FROM information_schema.column_privileges WHERE grantee = '${grantee}'`)) {
    held.add(`${verb} ${schema}.${table} ${column}`);
  }
  return held;
}

// What the statements need. A statement that names a table and none of its columns needs one, whichever: it is `ROW schema.table`.
function needed_by(server, process, list, tables) {
  const schema_of = new Map([...tables.keys()].map((name) => [name.split('.')[1], name]));
  const named = [...tables.keys()].filter((name) => list.some(({ sql }) => new RegExp(`\\b${name.split('.')[1]}\\b`).test(sql)));
  const needs = new Set(), problems = [];
  const foothold = new Map(named.map((table) => [table, k_column_verbs.map((verb) => `${verb} (${k_foothold})`)]));
  const change = (word, rights, to) => server.admin([...rights].map(([table, verbs]) => `${word} ${verbs.join(', ')} ON ${table} ${to} probe@localhost;`).join('\n'));
  // One round: what was refused is needed, and granted. `of_table` says what a refusal is taken for that names no column.
  const round = (of_table) => {
    const grants = new Map();
    const grant = (need, table, right) => {
      if (needs.has(need)) return false;
      needs.add(need);
      return grants.set(table, [...(grants.get(table) ?? []), right]);
    };
    server.refusals('probe', process, list).forEach((why, at) => {
      const [, verbs, schema, of_table_name, column, of] = /^([\w, ]+) command denied to user .* for (?:table `(\w+)`\.`(\w+)`|column '(\w+)' in table '(\w+)')/.exec(why) ?? [];
      if (!verbs) return problems.push(`${list[at].where}: ${why}`);
      const table = column ? schema_of.get(of) : `${schema}.${of_table_name}`;
      // « INSERT, UPDATE » is told of a statement that needs both somewhere: the first may be enough here, if not it comes again.
      return verbs.split(', ').some((verb) => (column ? grant(`${verb} ${table} ${column}`, table, `${verb} (${column})`) : grant(of_table(verb, table), table, verb)));
    });
    if (grants.size) change('GRANT', grants, 'TO');
    return grants.size > 0;
  };
  server.admin('REVOKE ALL PRIVILEGES, GRANT OPTION FROM probe@localhost');
  change('GRANT', foothold, 'TO');
  let rounds = 0;
  while (round((verb, table) => `${verb} ${table} *`) && ++rounds < k_rounds);
  change('REVOKE', foothold, 'FROM');
  while (round((verb, table) => `ROW ${table}`) && ++rounds < k_rounds);
  if (rounds >= k_rounds) problems.push(`${process}: still refused after ${k_rounds} rounds`);
  return { needs, problems: [...new Set(problems)] };
}

// Rights that nothing uses, one sentence for each table and verb.
function unused(account, held, needs) {
  const spare = new Map();
  for (const right of held) {
    const [verb, table, column] = right.split(' ');
    if (needs.has(right)) continue;
    // Where only the rows count, one column stands for them.
    const any = verb === 'SELECT' && needs.has(`ROW ${table}`) && ![...needs].some((need) => need.startsWith(`SELECT ${table} `));
    const key = `${verb} on ${table}`;
    spare.set(key, [...(spare.get(key) ?? []), ...(any ? [] : [column])]);
    if (any && [...held].filter((other) => other.startsWith(`SELECT ${table} `)).length > 1) spare.get(key).push(column);
  }
  return [...spare].filter(([, columns]) => columns.length).map(([key, columns]) => `portail-${account}: ${key} is used by no statement: ${columns.join(', ')}`);
}

// Problems of one account, in sentences.
function compare(server, account, list, needs, tables) {
  const refused = server.refusals(account, account, list).map((why, at) => `${list[at].where}: portail-${account}: ${why}`).filter(Boolean);
  return [...refused, ...unused(account, held_by(server, account, tables), needs)];
}

function print_needs(account, needs, tables) {
  const rights = new Map();
  for (const need of [...needs].sort()) {
    const [verb, table, column] = need.split(' ');
    if (verb === 'ROW') continue;
    const of = rights.get(table) ?? rights.set(table, new Map()).get(table);
    of.set(verb, [...(of.get(verb) ?? []), column]);
  }
  console.log(`-- portail-${account}`);
  for (const [table, verbs] of rights) {
    const told = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'].filter((verb) => verbs.has(verb)).map((verb) => {
      const columns = tables.get(table).filter((column) => verbs.get(verb).includes(column));
      return columns.length === 0 || columns.length === tables.get(table).length ? verb : `${verb} (${columns.join(', ')})`;
    });
    console.log(`GRANT ${told.join(', ')} ON ${table} TO 'portail-${account}'@'localhost';`);
  }
  for (const need of needs) if (need.startsWith('ROW')) console.log(`-- some column of ${need.slice(4)}`);
}

// The comparison bites: a right added is found, a right taken back is found, and both only with the account that has it.
function bites(server, runs, needs, tables) {
  const cases = [
    ['courrier', 'GRANT SELECT (email) ON portail.voter', 'REVOKE SELECT (email) ON portail.voter', /^portail-courrier: SELECT on portail\.voter is used by no statement: email$/],
    ['vote', 'GRANT DELETE ON portail.emargement', 'REVOKE DELETE ON portail.emargement', /^portail-vote: DELETE on portail\.emargement is used by no statement: \*$/],
    ['scrutins', 'GRANT SELECT ON urne.tally', 'REVOKE SELECT ON urne.tally', /^portail-scrutins: SELECT on urne\.tally is used by no statement: scrutin_id, encrypted_tally/],
    ['sceau', 'REVOKE INSERT ON urne.log_head', 'GRANT INSERT ON urne.log_head', /portail-sceau: INSERT command denied .*log_head/],
  ];
  const problems = [];
  for (const [account, before, after, wanted] of cases) {
    const who = `${before.startsWith('GRANT') ? 'TO' : 'FROM'} 'portail-${account}'@'localhost'`;
    server.admin(`${before} ${who}`);
    const found = compare(server, account, runs[account], needs[account], tables);
    server.admin(`${after} ${who.startsWith('TO') ? who.replace('TO', 'FROM') : who.replace('FROM', 'TO')}`);
    if (found.length !== 1 || !wanted.test(found[0])) problems.push(`self-test: after ${before} to ${account}: « ${found.join(' ; ')} »`);
    if (compare(server, account, runs[account], needs[account], tables).length) problems.push(`self-test: ${after} did not restore ${account}`);
  }
  return { tried: cases.length, problems };
}

function main() {
  const cases = self_test();
  const { runs, problems } = inventory_of_tree(root);
  const server = new Server();
  let statements = 0, rights = 0, tried = 0;
  try {
    const tables = columns_of(server);
    server.admin([...tables.keys()].map((name) => `ALTER TABLE ${name} ADD COLUMN ${k_foothold} INT NULL;`).join('\n'));
    const needs = {};
    for (const process of k_processes) {
      const told = needed_by(server, process, runs[process], tables);
      needs[process] = told.needs;
      problems.push(...told.problems);
    }
    server.admin([...tables.keys()].map((name) => `ALTER TABLE ${name} DROP COLUMN ${k_foothold};`).join('\n'));
    if (process.argv.includes('--needs')) for (const name of k_processes) print_needs(name, needs[name], tables);
    for (const name of k_processes) {
      problems.push(...compare(server, name, runs[name], needs[name], tables));
      statements += runs[name].length;
      rights += held_by(server, name, tables).size;
    }
    if (problems.length === 0) {
      const bitten = bites(server, runs, needs, tables);
      tried = bitten.tried;
      problems.push(...bitten.problems);
    }
  } finally { server.stop(); }
  for (const problem of problems) console.log(`not ok: ${problem}`);
  console.log(`${statements} statements of ${k_processes.length} processes, ${rights} rights by column, ${cases + tried} cases of the test itself, ${problems.length} problems`);
  process.exit(problems.length || statements === 0 ? 1 : 0);
}

main();
