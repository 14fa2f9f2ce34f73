// SPDX-License-Identifier: AGPL-3.0-or-later
// Several scrutins in one visit: the code is typed once, and is gone after the last receipt or a refusal.
import assert from 'node:assert/strict';
import test, { after, before } from 'node:test';
import { choose, close_browser, error_text, give_code, k_screens, open_browser, press, reach_choice, reach_verification, require_accessible, with_booth } from './in_booth.mjs';
import { k_second_scrutin, k_titles, k_voting_code, make_two_scrutins } from './small_scrutin.mjs';

before(open_browser);
after(close_browser);

const k_next = `Voter au scrutin suivant : ${k_titles[k_second_scrutin]}`.replace(' :', '\u00a0:');

// Whether the page still has a worker that answers: it is where the code's secret lives.
const workers = (page) => page.workers().length;

async function vote(page) {
  await press(page, 'Je vote');
  await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
}

for (const { name, viewport } of k_screens) {
  test(`two scrutins, one code (${name})`, (t) => with_booth(t, async ({ page, scrutin }) => {
    await reach_verification(page);
    await vote(page);
    assert.equal(await page.locator('#booth-code').inputValue(), '');
    await page.getByText('Il vous reste un scrutin. Vous n’aurez pas à saisir de nouveau votre code de vote.').waitFor();
    await require_accessible(page, 'between two scrutins');
    await press(page, k_next);
    await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
    assert.ok(page.url().endsWith(`/vote/${k_second_scrutin}/bulletin`));
    assert.match(await page.title(), new RegExp(k_titles[k_second_scrutin]));
    assert.equal(await page.locator('.p-lead').innerText(), k_titles[k_second_scrutin]);
    assert.equal(await page.locator('input:checked').count(), 0);
    assert.equal(await page.getByLabel(/Avenir/).count(), 0);
    await choose(page, /Seconde liste/);
    await vote(page);
    assert.deepEqual(scrutin.stored_choices(), [0, 1, 0, 0]);
    assert.deepEqual(scrutin.second.stored_choices(), [0, 0, 1]);
    assert.equal(await page.locator('#booth-next-group').isVisible(), false);
    assert.equal(workers(page), 0, 'nothing holds a secret after the last receipt');
    assert.equal(await page.locator('#booth-urne').getAttribute('href'), `/urne/${k_second_scrutin}`);
    await page.goBack();
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
  }, { viewport, make: make_two_scrutins }));
}

test('Back in the second scrutin never leads into the first', (t) => with_booth(t, async ({ page, scrutin }) => {
  await reach_verification(page);
  await vote(page);
  await press(page, k_next);
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
  await choose(page, /Première liste/);
  await page.goBack();
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
  for (let times = 0; times < 3; times++) await page.goBack().catch(() => {});
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
  assert.ok(page.url().endsWith(`/vote/${k_second_scrutin}/bulletin`));
  await choose(page, /Première liste/);
  await vote(page);
  assert.deepEqual(scrutin.second.stored_choices(), [0, 1, 0]);
}, { make: make_two_scrutins }));

test('a refusal ends the visit: page and worker forget the code', (t) => with_booth(t, async ({ page, scrutin }) => {
  scrutin.next.push({ status: 403, type: 'application/json', text: '{"error":"closed","message":"Le vote est clos."}' });
  await reach_verification(page);
  assert.equal(workers(page), 1);
  await press(page, 'Je vote');
  assert.match(await error_text(page), /Le vote est clos/);
  assert.equal(await page.locator('#booth-code').inputValue(), '');
  assert.equal(workers(page), 0);
}, { make: make_two_scrutins }));

test('an envelope that changed meanwhile, or a key that is another’s, asks for the code again', (t) => with_booth(t, async ({ page, scrutin }) => {
  await reach_verification(page);
  await vote(page);
  scrutin.second.parameters.credential = '58'.padEnd(64, '6');
  await press(page, k_next);
  assert.match(await error_text(page), /ne correspond pas à votre inscription/);
  await page.getByLabel('Code de vote').waitFor();
  assert.equal(await page.locator('#booth-code').inputValue(), '');
}, { make: make_two_scrutins }));

test('a scrutin that is no longer open is the server’s page, not a ballot', (t) => with_booth(t, async ({ page, scrutin }) => {
  await reach_verification(page);
  await vote(page);
  scrutin.pages[`GET /vote/${k_second_scrutin}/bulletin`] = () => ({ text: '<!doctype html><html lang="fr"><title>Clos</title><link rel="icon" href="data:,"><h1>Le vote est clos</h1>' });
  await press(page, k_next);
  await page.getByRole('heading', { name: 'Le vote est clos' }).waitFor();
}, { make: make_two_scrutins }));

test('who opens the second scrutin by himself types the code, as at first', (t) => with_booth(t, async ({ page, server }) => {
  await reach_choice(page);
  await page.goto(`${server.origin}/vote/${k_second_scrutin}/bulletin`);
  await give_code(page, k_voting_code);
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
}, { make: make_two_scrutins }));
