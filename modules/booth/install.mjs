#!/usr/bin/env node
// SPDX-License-Identifier: AGPL-3.0-or-later
// install.mjs DEST [--all]: lays the booth out for a browser. Copies to DEST/booth the modules that booth.js and worker.js reach
// (--all: every module, for the tests) and to DEST/booth/vendor the library modules that those reach, with bare names such
// as `@noble/hashes/sha2.js` replaced by relative paths: pages have no bundler, and workers no import map. The page of the second
// device comes twice: as it is served, and as one file to keep. parts.txt says which modules the ballot page loads and which its worker:
// the vote worker puts their digests into the page. The same sources always give the same bytes; SHA256SUMS lists them,
// so that what is served can be compared with what is published.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const k_entries = ['booth.js', 'worker.js', 'controle.js'];
const k_others = ['booth.css', 'controle.css', 'controle.html'];

// `import … from 'x'`, `export … from 'x'` and `import 'x'`, as statements; comments and strings of the sources hold none.
const k_import = /^((?:import|export)\b[^'";]*?\bfrom\s*|import\s*)(['"])([^'"]+)\2/gm;

const to_posix = (path) => path.split(sep).join('/');

function find_package(name) {
  for (let folder = here; ; folder = dirname(folder)) {
    const found = join(folder, 'node_modules', name);
    if (existsSync(join(found, 'package.json'))) return found;
    if (folder === dirname(folder)) throw new Error(`package ${name} is not installed: run npm ci first`);
  }
}

// The file that a browser's ES module loader is meant to get: condition "import", never "node".
function resolve_bare(specifier) {
  const words = specifier.split('/');
  const name = words.splice(0, specifier.startsWith('@') ? 2 : 1).join('/');
  const root = find_package(name);
  const { exports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const offered = exports?.[words.length > 0 ? `./${words.join('/')}` : '.'];
  const target = offered?.import ?? offered;
  if (typeof target !== 'string') throw new Error(`${specifier}: no export for a browser in package ${name}`);
  return join(root, target);
}

// Where a source file goes, below DEST/booth.
function place_of(source) {
  if (dirname(source) === here) return relative(here, source);
  const [, in_package] = to_posix(source).split('/node_modules/').slice(-2);
  if (!/^(@noble\/|qr\/)/.test(in_package ?? '')) throw new Error(`${source}: not a file the booth may serve`);
  return posix.join('vendor', in_package.replace('@noble/', 'noble-').replace('/esm/', '/'));
}

function lay_out(source, files) {
  const place = place_of(source);
  if (files.has(place)) return;
  files.set(place, '');
  const text = readFileSync(source, 'utf8').replace(/^\/\/# sourceMappingURL=.*\n?/gm, '');
  const rewritten = text.replace(k_import, (statement, head, quote, specifier) => {
    const target = specifier.startsWith('.') ? resolve(dirname(source), specifier) : resolve_bare(specifier);
    if (!existsSync(target)) throw new Error(`${source}: imports ${specifier}, which does not exist`);
    lay_out(target, files);
    const path = posix.relative(posix.dirname(place), place_of(target));
    return `${head}${quote}${path.startsWith('.') ? path : './' + path}${quote}`;
  });
  const left = rewritten.match(/(?:\bfrom|\bimport)\s*\(?\s*['"][^.'"][^'"]*['"]/);
  const code_only = rewritten.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
  if (left && code_only.includes(left[0])) throw new Error(`${source}: import not rewritten: ${left[0]}`);
  files.set(place, rewritten);
}

function add_licences(files) {
  const packages = new Set([...files.keys()].filter((p) => p.startsWith('vendor/')).map((p) => p.split('/')[1]));
  for (const folder of packages) {
    const licence = join(find_package(folder.replace('noble-', '@noble/')), 'LICENSE');
    files.set(`vendor/${folder}/LICENSE`, readFileSync(licence, 'utf8'));
  }
}

// Every module that `place` reaches, itself included.
function reached_from(files, place, reached = new Set()) {
  if (reached.has(place)) return reached;
  reached.add(place);
  for (const [, , , path] of files.get(place).matchAll(k_import)) reached_from(files, posix.join(posix.dirname(place), path), reached);
  return reached;
}

// controle.html in one file: a page opened from a disk may load no module, but an import map may name modules that are data in the
// page itself. Its own policy leaves it no network.
function one_file(files) {
  const imports = {};
  for (const place of [...reached_from(files, 'controle.js')].sort()) {
    const text = files.get(place).replace(k_import, (statement, head, quote, path) =>
      `${head}${quote}booth/${posix.join(posix.dirname(place), path)}${quote}`);
    imports[`booth/${place}`] = `data:text/javascript;base64,${Buffer.from(text).toString('base64')}`;
  }
  const policy = "default-src 'none'; script-src 'unsafe-inline' data:; style-src 'unsafe-inline'; img-src data:";
  const parts = [
    ['<meta charset="utf-8">', `<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="${policy}">`],
    ['<link rel="stylesheet" href="controle.css">', `<style>\n${files.get('controle.css')}</style>`],
    ['<script type="module" src="controle.js"></script>', `<script type="importmap">\n${JSON.stringify({ imports }, null, 1)}\n</script>\n` +
      '<script type="module">import \'booth/controle.js\';</script>'],
  ];
  return parts.reduce((page, [from, to]) => {
    if (page.split(from).length !== 2) throw new Error(`controle.html: « ${from} » is not there once`);
    return page.split(from).join(to);
  }, files.get('controle.html'));
}

/** The modules of the page and those of the worker, its own entry first: "page booth.js", "worker worker.js"… */
function parts_of(files) {
  const lines = [['page', 'booth.js'], ['worker', 'worker.js']].flatMap(([part, entry]) => {
    const others = [...reached_from(files, entry)].filter((place) => place !== entry).sort();
    return [entry, ...others].map((place) => `${part} ${place}\n`);
  });
  return lines.join('');
}

/** Map from path below DEST/booth to text. */
export function collect(all = false) {
  const files = new Map();
  const entries = all ? readdirSync(here).filter((name) => name.endsWith('.js')).sort() : k_entries;
  for (const entry of entries) lay_out(join(here, entry), files);
  for (const other of k_others) files.set(other, readFileSync(join(here, other), 'utf8'));
  files.set('controle-a-garder.html', one_file(files));
  files.set('parts.txt', parts_of(files));
  add_licences(files);
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function install(destination, all = false) {
  const files = collect(all);
  const root = join(destination, 'booth');
  rmSync(root, { recursive: true, force: true });
  let sums = '';
  for (const [place, text] of files) {
    const path = join(root, place);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    sums += `${createHash('sha256').update(text).digest('hex')}  ${place}\n`;
  }
  writeFileSync(join(root, 'SHA256SUMS'), sums);
  return files.size;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [destination, option, ...rest] = process.argv.slice(2);
  if (!destination || (option !== undefined && option !== '--all') || rest.length > 0) {
    console.error('usage: install.mjs DEST [--all]');
    process.exit(2);
  }
  console.log(`${install(destination, option === '--all')} files in ${join(destination, 'booth')}`);
}
