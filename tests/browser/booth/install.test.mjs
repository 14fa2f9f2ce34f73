// SPDX-License-Identifier: AGPL-3.0-or-later
// install.mjs: what nginx will serve is complete, closed in itself, and the same each time.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import test, { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../../modules/booth/install.mjs', import.meta.url));
let folder;

function files_below(root, below = '') {
  return readdirSync(join(root, below)).sort().flatMap((name) => {
    const path = join(below, name);
    return statSync(join(root, path)).isDirectory() ? files_below(root, path) : [path];
  });
}

before(() => {
  folder = mkdtempSync(join(tmpdir(), 'booth-install-'));
  execFileSync(process.execPath, [program, folder]);
});
after(() => rmSync(folder, { recursive: true }));

test('every import of every file is a relative path to an installed file', () => {
  const root = join(folder, 'booth');
  const modules = files_below(root).filter((path) => path.endsWith('.js'));
  for (const path of modules) {
    const text = readFileSync(join(root, path), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, '');
    for (const [, target] of text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      assert.match(target, /^\.\.?\//, `${path} imports ${target}`);
      assert.ok(modules.includes(normalize(join(dirname(path), target))), `${path} imports ${target}, which is not there`);
    }
  }
  for (const needed of ['booth.js', 'worker.js', 'vendor/noble-curves/ed25519.js']) assert.ok(modules.includes(needed), needed);
});

test('what only tests and tools use is not served', () => {
  const served = files_below(join(folder, 'booth'));
  for (const path of ['ballot_check.js', 'cli.mjs', 'install.mjs', 'node_crypto.mjs', 'package.json']) {
    assert.ok(!served.includes(path), path);
  }
  for (const path of served.filter((name) => name.endsWith('.js'))) {
    assert.doesNotMatch(readFileSync(join(folder, 'booth', path), 'utf8'), /\b(?:eval|Function)\(|node:|\bprocess\./, path);
  }
});

test('libraries are served with their licences', () => {
  for (const library of ['noble-curves', 'noble-hashes']) {
    assert.match(readFileSync(join(folder, 'booth/vendor', library, 'LICENSE'), 'utf8'), /MIT License/);
  }
});

test('SHA256SUMS lists every file, and a second run gives the same and leaves nothing old', () => {
  const root = join(folder, 'booth');
  const sums = readFileSync(join(root, 'SHA256SUMS'), 'utf8');
  const listed = Object.fromEntries(sums.trim().split('\n').map((line) => line.split('  ').reverse()));
  const files = files_below(root).filter((path) => path !== 'SHA256SUMS');
  assert.deepEqual(Object.keys(listed).sort(), files.sort());
  for (const path of files) {
    assert.equal(createHash('sha256').update(readFileSync(join(root, path))).digest('hex'), listed[path], path);
  }
  writeFileSync(join(root, 'old.js'), 'left over');
  execFileSync(process.execPath, [program, folder]);
  assert.equal(readFileSync(join(root, 'SHA256SUMS'), 'utf8'), sums);
  assert.ok(!files_below(root).includes('old.js'));
});

test('wrong use is told', () => {
  for (const args of [[], [folder, '--some'], [folder, '--all', 'x']]) {
    assert.equal(spawnSync(process.execPath, [program, ...args]).status, 2);
  }
});
