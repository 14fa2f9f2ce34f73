// SPDX-License-Identifier: AGPL-3.0-or-later
// The ballot page names the digest of each script of the booth: one that was altered on the server of files is not run, be it the page's
// own or the worker's.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { collect } from '../../../modules/booth/install.mjs';
import { close_browser, error_text, give_code, open_browser, reach_choice, require_accessible, with_booth } from './in_booth.mjs';
import { k_scrutin } from './small_scrutin.mjs';

before(open_browser);
after(close_browser);

const parts = collect().get('parts.txt').trimEnd().split('\n').map((line) => line.split(' '));
const files_of = (part) => parts.filter(([name]) => name === part).map(([, path]) => path);
const k_refused = /Failed to find a valid digest in the 'integrity' attribute/;

// Serves `path` with one line more, which tells that it ran; until the function that it gives is called.
async function alter(page, path) {
  let is_altered = true;
  await page.route(`**/static/booth/${path}`, async (route) => {
    if (!is_altered) return route.continue();
    const response = await route.fetch();
    return route.fulfill({ response, body: `${await response.text()}\n;globalThis.altered = true;\n` }).catch(() => {});
  });
  await page.waitForLoadState('networkidle');
  await page.goto(page.url());
  return () => { is_altered = false; };
}

test('parts.txt names every module that a ballot page loads, and no other', (t) => with_booth(t, async ({ page, context }) => {
  const asked = new Set();
  context.on('request', (r) => { if (/\.js$/.test(r.url())) asked.add(new URL(r.url()).pathname.replace('/static/booth/', '')); });
  await page.waitForLoadState('networkidle');
  await page.goto(page.url());
  await reach_choice(page);
  const named = new Set(parts.map(([, path]) => path));
  assert.deepEqual([...asked].filter((path) => path.startsWith('/')).filter((path) => !/^\/static\//.test(path)), []);
  assert.deepEqual([...asked].filter((path) => !path.startsWith('/') && !named.has(path)), []);
  assert.deepEqual([...named].filter((path) => !asked.has(path)), []);
  const on_page = await page.locator('link[rel="modulepreload"][integrity], script[integrity]').count();
  assert.equal(on_page, files_of('page').length);
}));

for (const path of ['booth.js', 'view.js', files_of('page').find((name) => name.startsWith('vendor/'))]) {
  test(`a page whose ${path} was altered runs nothing and asks for no code`, (t) => with_booth(t, async ({ page }) => {
    await alter(page, path);
    await page.waitForTimeout(500);
    assert.equal(await page.evaluate(() => globalThis.altered), undefined);
    assert.equal(await page.getByLabel('Code de vote').isVisible(), false);
    assert.equal(await page.locator('#booth-wait').isVisible(), true);
  }, { allowed: k_refused }));
}

for (const path of ['worker.js', 'ballot.js', files_of('worker').find((name) => name.includes('noble-hashes'))]) {
  test(`a worker whose ${path} was altered is never started, and the elector is told before he types his code`, (t) =>
    with_booth(t, async ({ page, context }) => {
      const workers = [];
      const mend = await alter(page, path);
      context.on('request', (r) => { if (r.resourceType() === 'worker') workers.push(r.url()); });
      assert.match(await error_text(page), /Des fichiers de l’espace de vote ne sont pas ceux que cette page annonce\. N’y votez pas/);
      await require_accessible(page, 'altered files');
      await give_code(page);
      await page.waitForFunction(() => document.activeElement.id === 'booth-error');
      assert.match(await error_text(page), /N’y votez pas/);
      assert.match(await page.title(), /Votre code de vote/);
      assert.deepEqual(page.workers(), []);
      assert.deepEqual(workers, []);
      mend();
      await page.goto(page.url());
      await reach_choice(page);
      assert.ok(page.url().includes(k_scrutin));
    }, { allowed: k_refused }));
}

test('a page that cannot be made fails its test and keeps nobody waiting', async (t) => {
  const change = (scrutin) => { scrutin.pages[`GET /vote/${k_scrutin}/bulletin`] = () => { throw new Error('no value for site.title'); }; };
  await assert.rejects(with_booth(t, ({ page }) => page.waitForLoadState('networkidle'), { change }), /no value for site\.title/);
});
