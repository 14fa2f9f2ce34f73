#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Lint of what the documents and comments say of the tree: links lead somewhere; the walk of modules/README.md names files and
// functions that exist; the tables of tests/README.md name tests that exist and miss no row; nobody cites a note or the code of a
// rule that a reader of the tree cannot look up. Its self-test is part of each run.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const k_no_text = /\.(png|jpg|webp|pdf|ico|gz|bel|bin)$|^tests\/(vectors\/data|fuzz\/corpus|lint\/documents\.mjs)|^package-lock\.json$|^LICENSE$/;
// Rows that must be in tests/README.md, whole: from 1 to the last, written with so many digits at least.
const k_ranges = [['F', 44], ['SEC-', 56], ['ATT-', 18], ['CNIL-1-', 11, 2], ['CNIL-2-', 7, 2], ['CNIL-3-', 5, 2]];

// ---- links: [text](target) to a file of the tree

export function dead_links(path, text, exists) {
  const dead = [];
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^(https?:|mailto:|#)/.test(target)) continue;
    if (!exists(normalize(join(dirname(path), target.split('#')[0])))) dead.push(target);
  }
  return dead;
}

// ---- the walk: `folder/file.cpp` and then `function()` of that file, item by item

export function walk_faults(section, read) {
  const faults = [];
  let names = 0;
  for (const item of section.split(/^(?=\d+\. )/m).filter((part) => /^\d+\. /.test(part))) {
    let file = null;
    for (const [, token] of item.matchAll(/`([^`\s]+)`/g)) {
      if (/^[\w./-]+\.(cpp|hpp|js|mjs|sql|conf|mustache)$/.test(token)) {
        file = token;
        names += 1;
        if (read(file) === null) faults.push(`${file} is not there`);
      } else if (/^[\w:]+\(\)$/.test(token)) {
        names += 1;
        const name = token.slice(0, -2).split('::').at(-1);
        if (file === null) faults.push(`${token} is named before its file`);
        else if (read(file) !== null && !new RegExp(`\\b${name}\\s*[(=]`).test(read(file))) faults.push(`${file} has no ${token}`);
      }
    }
  }
  return { faults, names };
}

// ---- tables of tests: | code | rule | `file`, `file`; not yet, DATE: … |

export function table_rows(text) {
  return [...text.matchAll(/^\| ([A-Z]+-?\d+(?:-\d+)?) \|(.*)\|([^|]*)\|$/gm)].map(([, code, , tests]) => ({ code, tests: tests.trim() }));
}

export function table_faults(rows, is_test, ranges) {
  const faults = [];
  const count = new Map();
  for (const { code, tests } of rows) {
    count.set(code, (count.get(code) ?? 0) + 1);
    const named = [...tests.matchAll(/`([^`]+\.\w+)`/g)].map((match) => match[1]);
    for (const name of named) if (!is_test(name)) faults.push(`${code}: no test ${name}`);
    const reasons = [...tests.matchAll(/(?<![\p{L}’])(not yet|no|begun)(?=[,:;]|$)(, \d{4}-\d\d-\d\d[:,] )?/gu)];
    if (named.length === 0 && reasons.length === 0) faults.push(`${code}: neither a test nor a reason`);
    for (const [, word, date] of reasons) if (!date) faults.push(`${code}: « ${word} » without its date and its reason`);
  }
  for (const [code, times] of count) if (times > 1) faults.push(`${code} stands ${times} times`);
  for (const [stem, last, digits = 1] of ranges) {
    for (let i = 1; i <= last; i += 1) {
      const code = stem + String(i).padStart(digits, '0');
      if (!count.has(code)) faults.push(`${code} is missing`);
    }
  }
  return faults;
}

// ---- citations: a note by its name, a rule by its code

// What of a source may cite: comments of C++, JavaScript and style sheets, everything elsewhere; lines are kept.
export function prose(path, text) {
  if (!/\.(cpp|hpp|inl|js|mjs|css)$/.test(path)) return text;
  const blank = (part) => part.replace(/[^\n]/g, ' ');
  let out = '';
  let at = 0;
  for (const match of text.matchAll(/R"(\w*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g)) {
    out += blank(text.slice(at, match.index));
    out += match[0].startsWith('/') ? match[0] : blank(match[0]);
    at = match.index + match[0].length;
  }
  return out + blank(text.slice(at));
}

// [line, citation] of notes that are no file of the tree, and of codes that `is_known` does not know.
export function citations(text, has_document, is_known) {
  const found = [];
  text.split('\n').forEach((line, index) => {
    for (const [, name] of line.matchAll(/(?<![\w*$-])((?:[\w.-]+\/)*[\w-]+\.md)\b/g)) if (!has_document(name)) found.push([index + 1, name]);
    for (const [code] of line.matchAll(/(?<![\w/#&%.+=-])((SEC|OPS|PW|UX|ATT|ASK)-\d{1,2}|(F|RA|V)\d{1,2})(?![\w=+/-])/g)) if (!is_known(code)) found.push([index + 1, code]);
  });
  return found;
}

function self_test() {
  let cases = 0;
  const expect = (found, wanted) => {
    cases += 1;
    if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`self-test: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`);
  };
  expect(dead_links('a/R.md', '[x](b.md) [y](../c.md#d) [z](https://e/f)', (path) => path === 'c.md'), ['b.md']);
  const read = (file) => (file === 'vote/cast.cpp' ? 'int cast_ballot(int x) {}' : null);
  expect(walk_faults('1. `vote/cast.cpp`, `cast_ballot()`\n2. `gone.cpp`\n3. `vote/cast.cpp` `fly()`', read).faults, ['gone.cpp is not there', 'vote/cast.cpp has no fly()']);
  const rows = table_rows('| F1 | a | `x.cpp` |\n| F2 | b | not yet: c |\n| F3 | c | soon |\n| F3 | d | `y.cpp`; d: no, 2026-11-29: e |\n| X-1-01 | e | begun |\n');
  expect(rows.length, 5);
  expect(table_faults(rows, (name) => name === 'x.cpp', [['F', 4], ['X-1-', 2, 2]]),
    ['F2: « not yet » without its date and its reason', 'F3: neither a test nor a reason', 'F3: no test y.cpp', 'X-1-01: « begun » without its date and its reason', 'F3 stands 2 times', 'F4 is missing', 'X-1-02 is missing']);
  expect(prose('a.cpp', 'f("F1"); // F2\n/* F3 */ g(F4);').replace(/\s+/g, ' ').trim(), '// F2 /* F3 */');
  expect(citations('see stack.md T2, a/README.md (SEC-13)\nF20; /F1 and #F2, xF3, V1', (name) => name === 'a/README.md', (code) => code === 'V1'),
    [[1, 'stack.md'], [1, 'SEC-13'], [2, 'F20']]);
  return cases;
}

const tried = self_test();
const tracked = execFileSync('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\0').filter((name) => name && existsSync(join(root, name)));
const problems = [];
const text_of = (name) => readFileSync(join(root, name), 'utf8');

for (const name of tracked.filter((file) => file.endsWith('.md'))) {
  for (const target of dead_links(name, text_of(name), (path) => existsSync(join(root, path)))) problems.push(`${name}: ${target} is not there`);
}

const map = text_of('modules/README.md');
const [, section = ''] = map.match(/^## One vote[^\n]*\n([\s\S]*?)(?=^## |$(?![\s\S]))/m) ?? [];
const walk = walk_faults(section, (file) => {
  const found = [join('modules', file), file].find((path) => existsSync(join(root, path)));
  return found === undefined ? null : text_of(found);
});
for (const fault of walk.faults) problems.push(`modules/README.md: ${fault}`);
if (walk.names === 0) problems.push('modules/README.md: no walk under « ## One vote »');

const rows = table_rows(text_of('tests/README.md'));
const tests = tracked.filter((name) => name.startsWith('tests/'));
const ambiguous = (name) => tests.filter((path) => `/${path}`.endsWith(`/${name}`)).length > 1;
for (const fault of table_faults(rows, (name) => tests.some((path) => `/${path}`.endsWith(`/${name}`)), k_ranges)) problems.push(`tests/README.md: ${fault}`);
for (const name of new Set(rows.flatMap((row) => [...row.tests.matchAll(/`([^`]+\.\w+)`/g)].map((match) => match[1])))) {
  if (ambiguous(name)) problems.push(`tests/README.md: ${name} is the name of several tests: say the folder`);
}

const codes = new Set(rows.map((row) => row.code));
let read = 0;
for (const name of tracked.filter((file) => !k_no_text.test(file) && file !== 'tests/README.md')) {
  read += 1;
  const has_document = (cited) => tracked.some((path) => `/${path}`.endsWith(`/${normalize(cited)}`)) || existsSync(join(root, dirname(name), cited));
  for (const [line, what] of citations(prose(name, text_of(name)), has_document, (code) => name.startsWith('tests/') && codes.has(code))) {
    problems.push(`${name}:${line}: cites ${what}, which a reader of the tree cannot look up`);
  }
}

for (const problem of problems) console.log(problem);
console.log(`documents: ${read} files read, ${rows.length} rows of tests, ${walk.names} names in the walk, ${tried} cases of the lint itself, ${problems.length} problems`);
process.exit(problems.length || read === 0 ? 1 : 0);
