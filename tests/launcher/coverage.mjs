#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// coverage.mjs BUILD [--files]: lines run by the tests, module by module (--files: file by file), from the .gcda files that they
// left in BUILD. A line of a header counts once, however many programs compile it.
import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const build = resolve(process.argv[2] ?? join(root, 'build-coverage'));

function* notes(folder) {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* notes(path);
    else if (name.endsWith('.gcda')) yield path;
  }
}

const hits = new Map(); // file -> Map(line -> times)
for (const note of notes(build)) {
  const told = execFileSync('gcov', ['--json-format', '--stdout', note], { encoding: 'utf8', maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore'] });
  for (const document of told.split('\n').filter((line) => line.startsWith('{'))) {
    const { files, current_working_directory: folder } = JSON.parse(document);
    for (const { file, lines } of files) {
      const name = relative(root, resolve(folder, file));
      if (!name.startsWith('modules/')) continue;
      const seen = hits.get(name) ?? hits.set(name, new Map()).get(name);
      for (const { line_number: line, count } of lines) seen.set(line, Math.max(seen.get(line) ?? 0, count));
    }
  }
}

const rows = new Map();
for (const [name, seen] of hits) {
  const key = process.argv.includes('--files') ? name : name.split('/')[1];
  const row = rows.get(key) ?? rows.set(key, { run: 0, all: 0 }).get(key);
  for (const count of seen.values()) {
    row.all += 1;
    if (count > 0) row.run += 1;
  }
}
const total = [...rows.values()].reduce((sum, row) => ({ run: sum.run + row.run, all: sum.all + row.all }), { run: 0, all: 0 });
for (const [key, { run, all }] of [...[...rows].sort(([a], [b]) => (a < b ? -1 : 1)), ['all', total]]) {
  console.log(`${key.padEnd(24)} ${String(run).padStart(6)} of ${String(all).padStart(6)} lines  ${(100 * run / all).toFixed(1).padStart(5)} %`);
}
process.exit(total.all === 0 ? 1 : 0);
