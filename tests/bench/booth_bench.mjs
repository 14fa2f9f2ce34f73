// SPDX-License-Identifier: AGPL-3.0-or-later
// bench: crypto, without instance
// node tests/bench/booth_bench.mjs [--json FILE]: time to encrypt and prove one ballot with the booth's modules, single thread, by number
// of choices and group, in Node and in Chromium. A first vote includes the tables of g and y; the booth fills those while the
// elector types. Minimum and median of several runs; browser_21_seconds is the first vote in Node, chromium_21_seconds in a page.
import '../../modules/booth/node_crypto.mjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { make_ballot, vector_of_choice } from '../../modules/booth/ballot.js';
import { find_ballot_fault } from '../../modules/booth/ballot_check.js';
import { parse_election } from '../../modules/booth/election.js';
import { make_ed25519 } from '../../modules/booth/group_ed25519.js';
import { group_by_name } from '../../modules/booth/group.js';
import { launch_chromium } from '../browser/booth/chromium.mjs';
import { start_server } from '../browser/booth/local_server.mjs';
import { cases, measure } from './booth_measure.mjs';

const booth = { make_ballot, vector_of_choice, find_ballot_fault, parse_election, make_ed25519, group_by_name };

// In a page of its own, under the portal's content policy.
async function rows_in_chromium() {
  const browser = await launch_chromium();
  if (browser === null) return [];
  const text = readFileSync(new URL('./booth_measure.mjs', import.meta.url), 'utf8');
  const server = await start_server({
    'GET /': () => ({ text: '<!doctype html><title>bench</title>' }),
    'GET /bench/booth_measure.mjs': () => ({ type: 'text/javascript', text }),
  });
  try {
    const page = await browser.newPage();
    await page.goto(server.origin + '/');
    return await page.evaluate(async () => {
      const modules = await Promise.all(['ballot', 'ballot_check', 'election', 'group_ed25519', 'group'].map((name) => import(`/static/booth/${name}.js`)));
      const { cases, measure } = await import('/bench/booth_measure.mjs');
      return cases.map((row) => measure(Object.assign({}, ...modules), ...row));
    });
  } finally {
    await browser.close();
    await server.close();
  }
}

const in_seconds = (ms) => Number((ms / 1000).toFixed(4));

const [option, file] = process.argv.slice(2);
if (option !== undefined && (option !== '--json' || file === undefined)) {
  console.error('usage: booth_bench.mjs [--json FILE]');
  process.exit(2);
}
const places = { browser: cases.map((row) => measure(booth, ...row)), chromium: await rows_in_chromium() };
const figures = {};
for (const [place, rows] of Object.entries(places)) {
  console.log(`${place === 'browser' ? 'Node' : 'Chromium'}\ngroup          choices  first vote   minimum    median    bytes`);
  for (const { group, choices, first_ms, min_ms, median_ms, bytes } of rows) {
    const cells = [first_ms, min_ms, median_ms].map((ms) => `${ms.toFixed(1)} ms`.padStart(10)).join('');
    console.log(`${group.padEnd(15)}${String(choices).padStart(7)}  ${cells}${String(bytes).padStart(9)}`);
    // Flat keys: browser_21_seconds, chromium_2048_9_seconds, and the later votes of the same page with _again.
    const key = `${place}_${group === 'Ed25519' ? '' : '2048_'}${choices}_seconds`;
    figures[key] = in_seconds(first_ms);
    figures[`${key}_again`] = in_seconds(min_ms);
  }
}
console.log(`chromium_21_seconds ${figures.chromium_21_seconds} (reach 0.4, at least 1)`);
if (file) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
