#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// Lint of our style sheets: each class and element that a rule selects stands in a template, an error page or a script, and each
// colour or size of ours (--p-…) is used, each file of portail/ stands once in its order.txt. A class whose end comes from a value (p-state--{{kind}}) is known by that value, which a
// worker writes as a literal. --self-test is part of each run.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const k_folder = 'templates/static/portail';
const k_order = readFileSync(join(root, k_folder, 'order.txt'), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'));
const k_sheets = [...k_order.map((name) => `${k_folder}/${name}`), 'modules/booth/booth.css'];

function* files(folder, pattern) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* files(path, pattern);
    else if (pattern.test(name)) yield path;
  }
}

// Selectors of a sheet with their lines: what stands before each '{' that opens declarations.
export function selectors(css) {
  const blank = (part) => part.replace(/[^\n]/g, ' ');
  const plain = css.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/"[^"\n]*"|'[^'\n]*'/g, blank);
  return [...plain.matchAll(/([^{};]+)\{/g)].filter(([, head]) => !head.trim().startsWith('@'))
    .flatMap((match) => {
      let at = match.index;
      return match[1].split(',').map((selector) => {
        const line = plain.slice(0, at + selector.search(/\S|$/)).split('\n').length;
        at += selector.length + 1;
        return { selector: selector.trim(), line };
      });
    });
}

export const classes = (selector) => [...selector.matchAll(/\.(-?[_a-zA-Z][\w-]*)/g)].map((match) => match[1]);

export const elements = (selector) =>
  [...selector.replace(/[.#:][\w-]+|\[[^\]]*\]/g, ' ').matchAll(/[a-z][\w]*/g)].map((match) => match[0]);

// Is this class named in one of the texts, whole, or by its stem before {{ and its end among the literals?
export function is_used(name, texts, literals) {
  const word = new RegExp(`(?<![\\w-])${name}(?![\\w-])`);
  if (texts.some((text) => word.test(text))) return true;
  const [, stem, end] = name.match(/^(.*--)([\w-]+)$/) ?? [];
  return stem !== undefined && literals.has(end) && texts.some((text) => text.includes(`${stem}{{`));
}

function self_test() {
  const cases = [
    ['.a { color: red } .b:hover, p .c::before { content: ".d" }', ['.a:1', '.b:hover:1', 'p .c::before:1']],
    ['/* .x {} */\n@media print {\n  .a,\n  .b { margin: .5rem }\n}', ['.a:3', '.b:4']],
  ];
  for (const [css, wanted] of cases) {
    const found = selectors(css).map(({ selector, line }) => `${selector}:${line}`);
    if (JSON.stringify(found) !== JSON.stringify(wanted)) throw new Error(`self-test: ${JSON.stringify(found)}`);
  }
  const uses = [['p-a', true], ['p-b', false], ['p-a-b', false], ['p-s--open', true], ['p-s--shut', false]];
  for (const [name, wanted] of uses) {
    if (is_used(name, ['<p class="p-a p-s--{{kind}}">'], new Set(['open'])) !== wanted) throw new Error(`self-test: ${name}`);
  }
  if (elements('p.a > li:first-child [role="x"]::after, h2 #i').join() !== 'p,li,h2') throw new Error('self-test: elements');
  return cases.length + uses.length + 1;
}

const tried = self_test();
const texts = [...files(join(root, 'templates'), /\.(mustache|html|js)$/), ...files(join(root, 'modules', 'booth'), /\.js$/)]
  .map((path) => readFileSync(path, 'utf8'));
const literals = new Set([...files(join(root, 'modules'), /\.cpp$/)]
  .flatMap((path) => [...readFileSync(path, 'utf8').matchAll(/"([\w-]+)"/g)].map((match) => match[1])));
const problems = [];
let read = 0;
for (const name of readdirSync(join(root, k_folder)).filter((file) => file.endsWith('.css'))) {
  if (k_order.filter((other) => other === name).length !== 1) problems.push(`${k_folder}/order.txt: ${name} must stand there once`);
}
const sheets = k_sheets.map((sheet) => readFileSync(join(root, sheet), 'utf8')).join('\n');
for (const [, name] of sheets.matchAll(/^\s*(--p-[\w-]+):/gm)) {
  if (!new RegExp(`var\\(${name}\\)`).test(sheets) && !readFileSync(join(root, 'templates/static/assemble'), 'utf8').includes(name)) problems.push(`${name} is never used`);
}
for (const sheet of k_sheets) {
  for (const { selector, line } of selectors(readFileSync(join(root, sheet), 'utf8'))) {
    read += 1;
    for (const name of classes(selector)) {
      if (!is_used(name, texts, literals)) problems.push(`${sheet}:${line}: nothing has the class ${name} (${selector.replace(/\s+/g, ' ')})`);
    }
    for (const name of elements(selector)) {
      if (!['html', 'from', 'to'].includes(name) && !texts.some((text) => text.includes(`<${name}`))) problems.push(`${sheet}:${line}: nothing is a ${name} (${selector})`);
    }
  }
}
for (const problem of problems) console.log(problem);
console.log(`styles: ${read} selectors read, ${tried} cases of the lint itself, ${problems.length} problems`);
process.exit(problems.length || read === 0 ? 1 : 0);
