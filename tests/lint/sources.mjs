#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Lint of the C++ sources: layers by #include, SQL only in store*.cpp, mstch only in web/render*, no HTML and no header text in
// handlers. Each rule is a row of the table below; --self-test shows that each one bites. Knows no page and no table.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

// A module may include itself and what stands here.
const low = ['util'];
const middle = [...low, 'db', 'crypto', 'domain'];
const high = [...middle, 'web'];
const desk = [...low, 'crypto', 'cli'];  // on a holder's or an auditor's machine: no database, no web
const k_layers = {
  util: [], cli: low, db: low, crypto: low, paper: low, trustee: desk, auditor: desk, domain: [...low, 'db', 'crypto'], web: middle,
  activation: high, account: high, scrutins: high, reassort: high, vote: [...high, 'paper'], bureau: [...high, 'paper'], courrier: high, sceau: high,
  scrutinctl: [...high, 'paper', 'cli', 'trustee', 'auditor'],
};
const k_workers = ['activation', 'account', 'scrutins', 'reassort', 'vote', 'bureau'];

const is_store = (path) => /^store\w*\.cpp$/.test(basename(path));
const module_of = (path) => path.split('/')[1];

// [what it reads: 'code' without comments or each string 'literal', does it look at this file?, pattern, sentence]
const k_rules = [
  ['literal', (path) => !is_store(path) && module_of(path) !== 'db',
    /^\s*(SELECT\s|INSERT\s+(IGNORE\s+)?INTO\s|UPDATE\s+[\w.]+\s+SET\s|DELETE\s+FROM\s|REPLACE\s+INTO\s|TRUNCATE\s|LOAD\s+DATA\s|BEGIN\s+NOT\s+ATOMIC\s|(CREATE|ALTER|DROP)\s+(TABLE|USER|DATABASE)\s)/,
    'SQL outside store*.cpp'],
  ['code', (path) => !/^modules\/web\/render\w*\.cpp$/.test(path), /\bmstch\b/, 'mstch outside web/render*.cpp'],
  // A mail's page is made of its text, by one file that knows no template.
  ['literal', (path) => !/^modules\/web\/render\w*\.cpp$/.test(path) && path !== 'modules/courrier/html_mail.cpp',
    /<\/?(a|p|div|span|form|input|h[1-6]|ul|ol|li|table|tr|td|th|br|html|body|section|button|label|strong|em|img|script|style)(\s[^<>]*)?\/?>/i,
    'HTML outside templates/'],
  ['literal', (path) => k_workers.includes(module_of(path)),
    /^(Set-Cookie|Location|Cache-Control|Content-Type|Content-Disposition|Status|X-[A-Za-z-]+|Clear-Site-Data)(:.*)?$/,
    'a header written by a handler: web::Response does it'],
  // The office's tool makes its bulk INSERTs (so many placeholders) from its own literals; no one else builds SQL.
  ['code', (path) => is_store(path) && module_of(path) !== 'scrutinctl', /"\s*(SELECT|INSERT|UPDATE|DELETE)\b[^;]*"\s*\+/,
    'SQL built by concatenation: placeholders only'],
];

const k_tokens = /R"(\w*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

// The code with comments blanked, line numbers kept; string literals stay.
export function without_comments(text) {
  return text.replace(k_tokens,
    (part) => (part.startsWith('//') || part.startsWith('/*') ? part.replace(/[^\n]/g, ' ') : part));
}

export function check(path, text) {
  const problems = [];
  const module = module_of(path);
  const code = without_comments(text);
  const line_of = (index) => code.slice(0, index).split('\n').length;
  for (const match of code.matchAll(/^\s*#include\s+"([^"]+)"/gm)) {
    const target = match[1].includes('/') ? match[1].split('/')[0] : module;
    if (target !== module && !k_layers[module].includes(target)) {
      problems.push(`${path}:${line_of(match.index)}: ${module} may not include ${match[1]} (layers: modules/README.md)`);
    }
  }
  const literals = [...code.matchAll(k_tokens)].filter((token) => /^R?"/.test(token[0]))
    .map((token) => ({ index: token.index, value: token[0].replace(/^R?"/, '').slice(0, -1) }));
  const report = (index, sentence, what) => problems.push(`${path}:${line_of(index)}: ${sentence}: ${what.trim().slice(0, 60)}`);
  for (const [reads, applies, pattern, sentence] of k_rules) {
    if (!applies(path)) continue;
    if (reads === 'literal') literals.filter(({ value }) => pattern.test(value)).forEach(({ index, value }) => report(index, sentence, value));
    else for (const match of code.matchAll(new RegExp(pattern.source, pattern.flags + 'g'))) report(match.index, sentence, match[0]);
  }
  return problems;
}

function self_test() {
  const cases = [
    ['modules/crypto/x.cpp', '#include "db/connection.hpp"\n', 1],
    ['modules/web/x.cpp', '#include "vote/store.hpp"\n', 1],
    ['modules/trustee/x.cpp', '#include "cli/command.hpp"\n#include "db/connection.hpp"\n#include "scrutinctl/office.hpp"\n', 2],
    ['modules/scrutinctl/x.cpp', '#include "trustee/commands.hpp"\n#include "vote/store.hpp"\n', 1],
    ['modules/vote/x.cpp', '#include "web/env.hpp"\n#include "vote/store.hpp"\n// "SELECT 1"\n', 0],
    ['modules/vote/cast.cpp', 'auto q = "SELECT 1 FROM t";', 1],
    ['modules/vote/cast.cpp', 'auto q = "BEGIN NOT ATOMIC COMMIT; END";', 1],
    ['modules/vote/store.cpp', 'auto q = "SELECT 1 FROM t WHERE x=?";', 0],
    ['modules/vote/store.cpp', 'auto q = "SELECT 1 FROM t WHERE x=" + x;', 1],
    ['modules/vote/cast.cpp', 'mstch::map m; /* mstch */', 1],
    ['modules/vote/cast.cpp', 'auto s = "<p class=x>";', 1],
    ['modules/vote/cast.cpp', 'add("Set-Cookie", x);', 1],
    ['modules/vote/cast.cpp', 'auto s = "a < b and c > d"; auto t = \'"\';', 0],
  ];
  for (const [path, text, wanted] of cases) {
    const found = check(path, text).length;
    if (found !== wanted) throw new Error(`self-test: ${path}: ${JSON.stringify(text)}: ${found} problems, ${wanted} expected`);
  }
  return cases.length;
}

function* sources(folder) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.(cpp|hpp)$/.test(name)) yield path;
  }
}

function main() {
  const tried = self_test();
  let files = 0;
  const problems = [];
  for (const path of sources(join(root, 'modules'))) {
    const name = relative(root, path);
    if (!(module_of(name) in k_layers)) continue;
    files += 1;
    problems.push(...check(name, readFileSync(path, 'utf8')));
  }
  for (const problem of problems) console.log(problem);
  console.log(`sources: ${files} files read, ${tried} cases of the lint itself, ${problems.length} problems`);
  process.exit(problems.length || files === 0 ? 1 : 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
