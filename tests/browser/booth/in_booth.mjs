// SPDX-License-Identifier: AGPL-3.0-or-later
// What the tests of the voting page share: the page of a fresh scrutin in Chromium, and an elector's presses on it.
import assert from 'node:assert/strict';
import { axe_finds } from '../axe.mjs';
import { launch_chromium } from './chromium.mjs';
import { start_server } from './local_server.mjs';
import { k_scrutin, k_voting_code, make_scrutin } from './small_scrutin.mjs';

const k_patience_ms = 10000;
let browser;

export const k_screens = [
  { name: 'desktop', viewport: { width: 1280, height: 900 } },
  { name: 'phone', viewport: { width: 320, height: 640 } },
];

export async function open_browser() {
  browser = await launch_chromium();
}
export const close_browser = () => browser?.close();

/**
 * Opens the voting page of a fresh scrutin; `allowed`: what the browser may complain of. `requests` holds method, address and body of whatever leaves the page, static files apart, without what each sending draws by lot (its boundary).
 */
export async function with_booth(t, act, { viewport = k_screens[0].viewport, make = make_scrutin, change = () => {}, context_options = {}, absent = null, allowed = null } = {}) {
  if (browser === null) return t.skip('chromium is not installed');
  const scrutin = await make();
  change(scrutin);
  const server = await start_server(scrutin.pages);
  const context = await browser.newContext({ viewport, acceptDownloads: true, ...context_options });
  const page = await context.newPage();
  page.setDefaultTimeout(k_patience_ms);
  if (absent !== null) await page.route(`**/static/booth/${absent}`, (route) => route.abort());
  const requests = [];
  const complaints = [];
  page.on('request', (r) => {
    const { pathname } = new URL(r.url());
    if (!pathname.startsWith('/static/')) requests.push(`${r.method()} ${r.url()} ${(r.postData() ?? '').replace(/(WebKitFormBoundary)\w+/g, '$1')}`);
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (message) => {
    if (!/Failed to load resource/.test(message.text()) && !allowed?.test(message.text())) complaints.push(message.text());
  });
  page.on('dialog', (dialog) => dialog.accept());
  try {
    // A page that could not be made is its test's failure, at once: nothing that waits for it would ever end.
    await Promise.race([server.broken, (async () => {
      await page.goto(`${server.origin}/vote/${k_scrutin}/bulletin`);
      await act({ page, context, scrutin, requests, server });
    })()]);
    assert.deepEqual(complaints, []);
  } finally {
    await context.close();
    await server.close();
  }
}

export const press = (page, name) => page.getByRole('button', { name, exact: true }).click();

export async function give_code(page, code = k_voting_code) {
  await page.getByLabel('Code de vote').fill(code);
  await press(page, 'Continuer');
}

export async function reach_choice(page) {
  await give_code(page);
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
}

export async function choose(page, label) {
  await page.getByLabel(label).check({ force: true });
  await press(page, 'Continuer');
  await page.getByRole('heading', { name: 'Vérifiez votre choix' }).waitFor();
}

export async function reach_verification(page, label = /Avenir/) {
  await reach_choice(page);
  await choose(page, label);
}

export async function error_text(page) {
  await page.locator('#booth-error').waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'booth-error');
  return (await page.locator('#booth-error').innerText()).replace(/\s+/g, ' ');
}

export async function require_accessible(page, step) {
  assert.deepEqual((await axe_finds(page)).map((find) => `${step}: ${find}`), []);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `${step}: ${overflow} px too wide`);
}
