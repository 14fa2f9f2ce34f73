// SPDX-License-Identifier: AGPL-3.0-or-later
// Runs the vector suite where it is loaded, page or module worker, and reports [{name, ms, error}].
import { load_booth, make_cases } from './vector_suite.mjs';

async function load(path) {
  const response = await fetch(`/vectors/${path}`);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

export async function run_suite() {
  const booth = await load_booth(new URL('/static/booth/', self.location.href).href);
  const results = [];
  for (const { name, run } of make_cases(booth, load)) {
    const start = performance.now();
    let error = null;
    try {
      await run();
    } catch (thrown) {
      error = String(thrown);
    }
    results.push({ name, ms: Math.round(performance.now() - start), error });
  }
  return results;
}

if (typeof WorkerGlobalScope !== 'undefined') {
  run_suite().then((results) => self.postMessage(results), (error) => self.postMessage(String(error)));
} else {
  globalThis.run_suite = run_suite;
}
