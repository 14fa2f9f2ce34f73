// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: crypto, without instance
// node tests/bench/booth_bench.mjs [--json FILE]: time to encrypt and prove one ballot with the booth's modules, single
// thread, by number of choices and group. A first vote includes the tables of g and y; the booth fills those while the
// elector types. Minimum and median of several runs; browser_21_seconds is the first vote, tables included.
import '../../modules/booth/node_crypto.mjs';
import { writeFileSync } from 'node:fs';
import { make_ballot, vector_of_choice } from '../../modules/booth/ballot.js';
import { find_ballot_fault } from '../../modules/booth/ballot_check.js';
import { parse_election } from '../../modules/booth/election.js';
import { make_ed25519 } from '../../modules/booth/group_ed25519.js';
import { group_by_name } from '../../modules/booth/group.js';

const k_runs = 9;
const k_uuid = '11111111111111';

function record(group, choices) {
  const answers = Array.from({ length: choices - 1 }, (_, i) => `Liste ${i + 1}`);
  return JSON.stringify({
    version: 1, description: '', name: '', group: group.name, public_key: group.encode_all([group.power_g(987654321n)])[0],
    questions: [{ answers, blank: true, min: 1, max: 1, question: '' }], uuid: k_uuid,
  });
}

function time(act) {
  const start = process.hrtime.bigint();
  const result = act();
  return { ms: Number(process.hrtime.bigint() - start) / 1e6, result };
}

function measure(name, choices) {
  const group = group_by_name(name);
  const text = record(group, choices);
  // The very first vote of this process: cold code, and every table made anew.
  const first = time(() => {
    const election = parse_election(text, () => (name === 'Ed25519' ? make_ed25519() : group));
    return make_ballot(election, 4242n, [vector_of_choice(election.questions[0], 1)]);
  });
  const election = parse_election(text);
  const fault = find_ballot_fault(election, first.result);
  if (fault !== null) throw new Error(`${name}: ${fault}`);
  const times = Array.from({ length: k_runs }, (_, i) =>
    time(() => make_ballot(election, 4242n, [vector_of_choice(election.questions[0], i % choices)])).ms).sort((a, b) => a - b);
  return { group: name, choices, first_ms: first.ms, min_ms: times[0], median_ms: times[k_runs >> 1], bytes: first.result.length };
}

const in_seconds = (ms) => Number((ms / 1000).toFixed(4));

const [option, file] = process.argv.slice(2);
if (option !== undefined && (option !== '--json' || file === undefined)) {
  console.error('usage: booth_bench.mjs [--json FILE]');
  process.exit(2);
}
const rows = [['Ed25519', 21], ['Ed25519', 9], ['BELENIOS-2048', 21], ['BELENIOS-2048', 9]].map((row) => measure(...row));
console.log('group          choices  first vote   minimum    median    bytes');
for (const { group, choices, first_ms, min_ms, median_ms, bytes } of rows) {
  const cells = [first_ms, min_ms, median_ms].map((ms) => `${ms.toFixed(1)} ms`.padStart(10)).join('');
  console.log(`${group.padEnd(15)}${String(choices).padStart(7)}  ${cells}${String(bytes).padStart(9)}`);
}
// Flat keys: browser_21_seconds, browser_2048_9_seconds, and the later votes of the same page with _again.
const figures = Object.fromEntries(rows.flatMap(({ group, choices, first_ms, min_ms }) => {
  const key = `browser_${group === 'Ed25519' ? '' : '2048_'}${choices}_seconds`;
  return [[key, in_seconds(first_ms)], [`${key}_again`, in_seconds(min_ms)]];
}));
console.log(`browser_21_seconds ${figures.browser_21_seconds} (reach 0.4, at least 1)`);
if (file) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
