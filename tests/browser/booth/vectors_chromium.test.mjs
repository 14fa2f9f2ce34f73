// SPDX-License-Identifier: AGPL-3.0-or-later
// The vector suite in Chromium: in a page and in a module worker, from the files that install.mjs lays out, under a content
// policy as strict as the portal's.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { launch_chromium } from './chromium.mjs';
import { start_server } from './local_server.mjs';
import { k_elections } from './vector_suite.mjs';

const k_page = '<!doctype html><html lang="fr"><title>vectors</title>' +
  '<script type="module" src="/tests/suite_in_browser.mjs"></script>';

let browser;
let server;

before(async () => {
  browser = await launch_chromium();
  server = await start_server({
    'GET /': () => ({ text: k_page }), 'GET /favicon.ico': () => ({ status: 204 }) });
});

after(async () => {
  await browser?.close();
  await server.close();
});

async function results_of(t, run) {
  if (browser === null) return t.skip('chromium is not installed');
  const page = await browser.newPage();
  const complaints = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => complaints.push(message.text()));
  await page.goto(`${server.origin}/`);
  await page.waitForFunction(() => typeof globalThis.run_suite === 'function');
  const results = await page.evaluate(run);
  await page.close();
  assert.deepEqual(complaints, []);
  assert.equal(results.length, 4 * k_elections.length);
  assert.deepEqual(results.filter(({ error }) => error !== null), []);
  t.diagnostic(`${results.reduce((total, { ms }) => total + ms, 0)} ms in the browser`);
}

test('every vector holds in a page', (t) => results_of(t, () => globalThis.run_suite()));

test('every vector holds in a module worker', (t) => results_of(t, () => new Promise((resolve, reject) => {
  const worker = new Worker('/tests/suite_in_browser.mjs', { type: 'module' });
  worker.onmessage = ({ data }) => (Array.isArray(data) ? resolve(data) : reject(new Error(data)));
  worker.onerror = () => reject(new Error('the worker did not load'));
})));
