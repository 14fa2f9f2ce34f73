#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Lint of every file that git knows: licence line, a word on what the file is, length, no address of a package host, no path of
// one machine, no secret, a lock file without addresses, no file of code, schema or pages above 400 lines.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const tracked = execFileSync('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\0').filter((name) => name && existsSync(join(root, name)));

const k_binary = /\.(png|jpg|webp|pdf|woff2?|ico|gz|bel|bin)$/;
const k_data = /^(tests\/vectors\/|tests\/.*\/(data|corpus|screens|pictures)\/|docs?\/|package-lock\.json$|LICENSE$)/;
// Files whose format has a comment syntax and which are written by us.
const k_licensed = /(\.(cpp|hpp|js|mjs|sh|sql|conf|in|css|service|socket|target|timer|sysusers|tmpfiles|cmake)|CMakeLists\.txt)$/;
const k_without = /\.json$|\.md$|\.mustache$|\.html$|\.csv$|\.txt$|\.svg$/;
const k_forbidden = [
  // Built from parts, so that this file does not hold them.
  [new RegExp(['registry', 'npmjs'].join('\\.')), 'names a package host'],
  [new RegExp(['deb', 'debian', 'org'].join('\\.')), 'names a package host'],
  [new RegExp(`(^|[\\s"'=:(])${['', 'work', ''].join('/')}`), 'a path of one machine'],
  [new RegExp(['', 'tmp', 'w', ''].join('/')), 'a path of one machine'],
  [new RegExp(`${['', 'home', ''].join('/')}[a-z]+/`), 'a path of one machine'],
  [new RegExp(`-----BEGIN ${'(RSA |EC |OPENSSH )?'}PRIVATE KEY-----`), 'holds a private key'],
];

const problems = [];
for (const name of tracked) {
  if (k_binary.test(name)) continue;
  const text = readFileSync(join(root, name), 'utf8');
  const lines = text.split('\n');
  if (!k_data.test(name)) {
    lines.forEach((line, index) => {
      for (const [pattern, sentence] of k_forbidden) if (pattern.test(line)) problems.push(`${name}:${index + 1}: ${sentence}`);
    });
    const head = lines.slice(0, 3).join('\n');
    const script = lines[0].startsWith('#!');
    if ((k_licensed.test(name) || script) && !k_without.test(name) && !head.includes('SPDX-License-Identifier: AGPL-3.0-or-later')) {
      problems.push(`${name}:1: no line « SPDX-License-Identifier: AGPL-3.0-or-later »`);
    }
    if (text.length && !text.endsWith('\n')) problems.push(`${name}: does not end with a new line`);
    if (/\.(cpp|hpp|inl|js|mjs|css|sh|sql|mustache|conf)$/.test(name) || script) {
      if (lines.length > 401) problems.push(`${name}: ${lines.length - 1} lines: split it`);
      if (/[ \t]+$/m.test(text)) problems.push(`${name}:${lines.findIndex((line) => /[ \t]+$/.test(line)) + 1}: spaces at the end of a line`);
    }
  }
}

const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
if (/"resolved"/.test(lock)) problems.push('package-lock.json: holds addresses; write it with `npm install --ignore-scripts --omit-lockfile-registry-resolved`');
const packages = Object.entries(JSON.parse(lock).packages).filter(([path]) => path !== '');
for (const [path, entry] of packages) if (!entry.integrity && !entry.link) problems.push(`package-lock.json: ${path} has no integrity`);
if (!readFileSync(join(root, 'LICENSE'), 'utf8').includes('GNU AFFERO GENERAL PUBLIC LICENSE')) problems.push('LICENSE: not the AGPL');

for (const problem of problems) console.log(problem);
console.log(`files: ${tracked.length} files, ${packages.length} packages of the lock file, ${problems.length} problems`);
process.exit(problems.length || tracked.length === 0 ? 1 : 0);
