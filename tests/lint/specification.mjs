#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Every section of modules/crypto/SPECIFICATION.md and of the files that go on with it (-2, -3) that the tree cites exists; every sentence that its list of checks quotes stands
// in crypto's sources. "SPECIFICATION.md 5.3" is read anywhere, "section 5.3" and "check 10.4" in the files that speak of the protocol
// alone; other standards are named before their sections. --self-test shows that each rule bites.
import { readFileSync, readdirSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const k_document = 'modules/crypto/SPECIFICATION.md';
const k_parts = readdirSync(join(root, dirname(k_document))).filter((name) => /^SPECIFICATION(-\d)?\.md$/.test(name)).sort();
const k_protocol = /^(modules\/(crypto|booth)|tests\/(unit\/crypto|browser\/booth|exhaustive|fuzz|mutations))\//;
const k_read = /\.(cpp|hpp|inl|js|mjs|sh|md|sql|txt)$/;

const k_numbers = String.raw`(\d+(?:\.\d+)?(?:(?:,| +and| +or| +to|, +and) +\d+(?:\.\d+)?)*)`;
const k_anywhere = new RegExp(String.raw`SPECIFICATION(?:-\d)?\.md(?:\]\([^)]*\))?,? +(?:sections? +|checks? +|§ ?)?${k_numbers}`, 'g');
const k_here = new RegExp(String.raw`\b[Ss]ections? +${k_numbers}|\b[Cc]hecks? +(10\.\d+(?:(?:,| +and| +or| +to|, +and) +\d+\.\d+)*)`, 'g');
const k_others = /(RFC \d+|ISO [\d-]+),?\s+$/;

// Numbers of headings and of rows of the list of checks.
export const sections_of = (document) =>
  new Set([...document.matchAll(/^(?:#{2,3} (\d+(?:\.\d+)?)\.? |\| (\d+\.\d+) \|)/gm)].map(([, heading, row]) => heading ?? row));

// The last column of the list of checks.
export const sayings_of = (document) => [...document.matchAll(/^\| \d+\.\d+ \|.*\| `([^`]+)` \|$/gm)].map(([, words]) => words);

// [line, number] of every citation.
export function citations(path, text) {
  const found = [];
  // A comment that goes on in the next line is one sentence.
  const flat = text.replace(/\n(\s*)(\/\/|#|\*|--) ?/g, (all, space, mark) => ' '.repeat(all.length));
  const line_of = (index) => text.slice(0, index).split('\n').length;
  for (const pattern of k_protocol.test(path) ? [k_anywhere, k_here] : [k_anywhere]) {
    for (const match of flat.matchAll(pattern)) {
      if (pattern === k_here && k_others.test(flat.slice(Math.max(0, match.index - 20), match.index))) continue;
      for (const number of (match[1] ?? match[2]).match(/\d+(?:\.\d+)?/g)) found.push([line_of(match.index), number]);
    }
  }
  if (path === 'modules/crypto/README.md') {
    for (const match of text.matchAll(/^\| (\d+(?:\.\d+)?(?:, \d+(?:\.\d+)?)*) \|/gm)) {
      for (const number of match[1].split(', ')) found.push([line_of(match.index), number]);
    }
  }
  return found;
}

export function check(path, text, sections) {
  return citations(path, text).filter(([, number]) => !sections.has(number))
    .map(([line, number]) => `${path}:${line}: ${k_document} has no section ${number}`);
}

function self_test() {
  const document = '## 5. Trustees\n### 5.3 The ceremony\n| 10.4 | what | `says so` |\n';
  const sections = sections_of(document);
  if ([...sections].join() !== '5,5.3,10.4' || sayings_of(document).join() !== 'says so') throw new Error('self-test: sections');
  const cases = [
    ['modules/crypto/x.hpp', '// section 5.3', 0], ['modules/crypto/x.hpp', '// Sections 5.3, 5.4 and 9', 2],
    ['modules/crypto/x.hpp', '// as in section\n// 5.9', 1], ['modules/crypto/x.hpp', '// RFC 9162 section 2.1', 0],
    ['modules/booth/x.js', '// (SPECIFICATION.md 5.4)', 1], ['modules/booth/x.js', '// checks 10.4 to 10.6', 1],
    ['modules/vote/x.cpp', '// section 7', 0], ['modules/vote/x.cpp', '// crypto/SPECIFICATION.md 7', 1],
    ['sql/x.sql', '-- SPECIFICATION.md, section 5.3 and 6', 1], ['sql/x.sql', '-- SPECIFICATION-3.md 5.9', 1], ['modules/crypto/README.md', '| 5.3, 5.5 | x |', 1],
  ];
  for (const [path, text, wanted] of cases) {
    const found = check(path, text, sections).length;
    if (found !== wanted) throw new Error(`self-test: ${path}: ${JSON.stringify(text)}: ${found} problems, ${wanted} expected`);
  }
  return cases.length;
}

const tried = self_test();
const document = k_parts.map((part) => readFileSync(join(root, dirname(k_document), part), 'utf8')).join('\n');
const sections = sections_of(document);
const files = execFileSync('git', ['-C', root, 'ls-files', '-z', '--cached', '--others', '--exclude-standard', 'modules', 'tests', 'sql', 'README.md'], { maxBuffer: 1 << 26 })
  .toString().split('\0').filter((path) => k_read.test(path) && path !== 'tests/lint/specification.mjs');
const problems = [];
let cited = 0, sources = '';
for (const path of files) {
  let text;
  try { text = readFileSync(join(root, path), 'utf8'); } catch { continue; }  // deleted, not committed yet
  cited += citations(path, text).length;
  problems.push(...check(path, text, sections));
  if (/^modules\/crypto\/.*\.(cpp|hpp)$/.test(path)) sources += text;
}
const sayings = sayings_of(document);
for (const words of sayings) if (!sources.includes(words)) problems.push(`${k_document}: no check of crypto says "${words}"`);
for (const problem of problems) console.log(problem);
console.log(`specification: ${sections.size} sections, ${cited} citations, ${sayings.length} sentences, ${tried} cases of the lint itself, ${problems.length} problems`);
process.exit(problems.length || cited === 0 || sayings.length === 0 ? 1 : 0);
