// SPDX-License-Identifier: AGPL-3.0-or-later
// Programs we did not write judge the booth's ballots: belenios-tool adds one to a running election, and its `verify`
// accepts the archive. Its own ballot, made for the same election, is accepted by us.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { read_records } from './vector_suite.mjs';
import { load_vector_text, vectors_folder } from './vectors.mjs';

const cli = fileURLToPath(new URL('../../../modules/booth/cli.mjs', import.meta.url));
const tool = spawnSync('belenios-tool', ['--version'], { encoding: 'utf8' });
const skip = tool.error ? 'belenios-tool is not installed' : false;
const folder = join(vectors_folder, '2048-single');
const election_file = join(folder, 'election.json');
const code_of = (line) => load_vector_text('2048-single/private_creds.txt').split('\n')[line].split(' ')[1];

function with_running_election(act) {
  const dir = mkdtempSync(join(tmpdir(), 'booth-belenios-'));
  try {
    copyFileSync(join(folder, 'earlier/LiFqt5fv83EqW4.bel'), join(dir, 'LiFqt5fv83EqW4.bel'));
    return act(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

const run_tool = (args, dir, input = '') => spawnSync('belenios-tool', [...args, '--dir', dir], { input, encoding: 'utf8' });
const make = (code, choice) => execFileSync(process.execPath,
  [cli, 'make-ballot', '--election', election_file, '--code', code, '--choice', String(choice)],
  { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

test('belenios-tool accepts ballots made here, blank and not, and refuses one of them altered', { skip }, () => {
  with_running_election((dir) => {
    for (const [line, choice] of [[10, 0], [11, 8]]) {
      const ballot = make(code_of(line), choice);
      const added = run_tool(['archive', 'add-event', '--type=Ballot'], dir, ballot);
      assert.equal(added.status, 0, added.stderr);
    }
    const verdict = run_tool(['election', 'verify'], dir);
    assert.match(verdict.stdout + verdict.stderr, /all checks passed/);
    assert.equal(verdict.status, 0);
  });
  with_running_election((dir) => {
    const ballot = make(code_of(10), 1).replace(/"response":"(\d)/, (_, digit) => `"response":"${digit === '1' ? 2 : 1}`);
    run_tool(['archive', 'add-event', '--type=Ballot'], dir, ballot);
    assert.notEqual(run_tool(['election', 'verify'], dir).status, 0);
  });
});

test('a ballot made by belenios-tool is good here', { skip }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'booth-belenios-'));
  try {
    // generate-ballot wants the archive and the code and vote in files.
    copyFileSync(join(folder, 'LiFqt5fv83EqW4.bel'), join(dir, 'LiFqt5fv83EqW4.bel'));
    writeFileSync(join(dir, 'code.txt'), `${code_of(10)}\n`);
    for (const vote of [[1, 0, 0, 0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 1, 0, 0, 0, 0]]) {
      writeFileSync(join(dir, 'vote.txt'), JSON.stringify([vote]));
      const made = run_tool(['election', 'generate-ballot', '--privcred', join(dir, 'code.txt'), '--ballot', join(dir, 'vote.txt')], dir);
      assert.equal(made.status, 0, made.stderr);
      const checked = spawnSync(process.execPath, [cli, 'check-ballot', '--election', election_file, '--ballot', '-'],
        { input: made.stdout, encoding: 'utf8' });
      assert.equal(checked.stdout, 'good\n', checked.stderr);
    }
  } finally {
    rmSync(dir, { recursive: true });
  }
});

test('the command line says what is wrong', () => {
  const run = (...args) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
  const election = ['--election', election_file];
  assert.equal(run().status, 2);
  assert.equal(run('constructor').status, 2);
  assert.match(run('make-ballot', ...election).stderr, /--code is missing/);
  assert.match(run('make-ballot', ...election, '--code', 'x', '--choice', '1').stderr, /not a code/);
  assert.match(run('make-ballot', ...election, '--code', code_of(0), '--choice', '9').stderr, /no such choice/);
  assert.match(run('make-ballot', ...election, '--code', code_of(0), '--choice', '-1').stderr, /./);
  const { ballots } = read_records(readFileSync(join(folder, 'LiFqt5fv83EqW4.bel')));
  const wrong = spawnSync(process.execPath, [cli, 'check-ballot', ...election, '--ballot', '-'],
    { input: ballots[0].text.replace('"alpha":"', '"alpha":"1'), encoding: 'utf8' });
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /element/);
});
