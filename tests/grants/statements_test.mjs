#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Every SQL statement of every store*.cpp, explained by a real server to the account of the process that runs it: the schema has
// its tables and columns, and the grants allow it. A statement that a worker may not run is found here and not by a voter.
// web/store*.cpp is part of the five workers: a statement there must be allowed to at least the two that sign people in, and
// those of k_signed_in_only to them alone.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { without_comments } from '../lint/sources.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const script = join(root, 'modules', 'launcher', 'mariadb.sh');
const workers = ['activation', 'account', 'scrutins', 'reassort', 'vote'];
const modules = [...workers, 'courrier', 'sceau', 'scrutinctl'];
// The shared session code of modules/web: making, ending and purging sessions is for the two workers that sign people in.
const k_sign_in_only = /^(INSERT INTO session|DELETE FROM session|UPDATE session SET (id_hash|voter_id|expires_at))/;
const k_queue_only = /^INSERT INTO outbox/;  // vote sends nothing

// Statements of a source: neighbouring literals are one text; a statement that is built from parts is told by `…`.
export function statements(text) {
  const code = without_comments(text);
  const found = [];
  for (const match of code.matchAll(/(?:"(?:\\.|[^"\\\n])*"\s*)+/g)) {
    const sql = [...match[0].matchAll(/"((?:\\.|[^"\\\n])*)"/g)].map((part) => JSON.parse(`"${part[1]}"`)).join('');
    if (!/^\s*(SELECT|INSERT|UPDATE|DELETE|REPLACE)\b/.test(sql)) continue;
    const before = code.slice(0, match.index).trimEnd();
    const after = code.slice(match.index + match[0].length).trimStart();
    const line = code.slice(0, match.index).split('\n').length;
    found.push({ sql: sql.trim(), line, whole: !before.endsWith('+') && !after.startsWith('+') });
  }
  return found;
}

const dir = mkdtempSync(join(tmpdir(), 'portail-sql.'));
execFileSync(script, ['create', dir]);
const server = spawn(script, ['serve', dir, '--innodb-buffer-pool-size=64M'], { stdio: 'ignore' });
let passed = 0, built = 0;
const problems = [];
try {
  execFileSync(script, ['wait', dir]);
  execFileSync(script, ['load', dir, join(dir, 'secrets')]);
  // null, or the server's refusal. EXPLAIN checks names and rights as the statement itself does, and changes nothing.
  const explain = (module, sql) => {
    const filled = `EXPLAIN ${sql.replace(/\b(LIMIT|OFFSET) \?/g, '$1 1').replaceAll('?', "'1'")}`;
    try {
      execFileSync('mariadb', ['--no-defaults', `--socket=${join(dir, 'db.sock')}`, `--user=portail-${module}`, `--database=${module === 'sceau' ? 'urne' : 'portail'}`, '-e', filled],
        { env: { ...process.env, MYSQL_PWD: readFileSync(join(dir, 'secrets', module, 'db_password'), 'utf8').trim() }, stdio: ['ignore', 'ignore', 'pipe'] });
      return null;
    } catch (error) { return error.stderr.toString().split('\n').find((line) => line.startsWith('ERROR')) ?? 'refused'; }
  };
  for (const folder of [...modules, 'web']) {
    for (const file of readdirSync(join(root, 'modules', folder)).filter((name) => /^store\w*\.cpp$/.test(name))) {
      for (const { sql, line, whole } of statements(readFileSync(join(root, 'modules', folder, file), 'utf8'))) {
        if (!whole) { built += 1; continue; }
        // The rehearsal votes with the rights of `vote`.
        const must = file === 'store_rehearsal.cpp' ? ['vote'] : folder !== 'web' ? [folder] : k_sign_in_only.test(sql) ? ['activation', 'account'] : k_queue_only.test(sql) ? workers.filter((name) => name !== 'vote') : workers;
        for (const module of must) {
          const refusal = explain(module, sql);
          if (refusal === null) passed += 1;
          else problems.push(`modules/${folder}/${file}:${line}: portail-${module}: ${refusal}`);
        }
        if (folder === 'web' && k_sign_in_only.test(sql)) {
          for (const module of ['scrutins', 'reassort', 'vote']) {
            if (/\b114[23]\b|denied/.test(explain(module, sql) ?? '')) passed += 1;
            else if (!/^UPDATE session SET id_hash/.test(sql)) problems.push(`modules/${folder}/${file}:${line}: portail-${module} is allowed to: ${sql.slice(0, 60)}`);
          }
        }
      }
    }
  }
} finally {
  try { execFileSync(script, ['stop', dir]); } catch { server.kill('SIGKILL'); }
  rmSync(dir, { recursive: true, force: true });
}
for (const problem of problems) console.log(`not ok: ${problem}`);
if (built) console.log(`${built} statements are built from parts and were not tried`);
console.log(`${passed} passed, ${problems.length} failed`);
process.exit(problems.length || passed === 0 ? 1 : 0);
