// SPDX-License-Identifier: AGPL-3.0-or-later
// A ballot that is opened instead of cast, and its judgement on a second device: the served page, the file that is kept, and a telephone
// that scans the code. Who ignores it votes as before; who uses it knows that he has not voted, and votes.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { after, before } from 'node:test';
import { pathToFileURL } from 'node:url';
import { collect } from '../../../modules/booth/install.mjs';
import { close_browser, choose, error_text, k_screens, open_browser, press, reach_verification, require_accessible, with_booth } from './in_booth.mjs';
import { k_lists } from './small_scrutin.mjs';

before(open_browser);
after(close_browser);

// Opens the ballot that is on the screen; {reference, text}: what the elector noted, and what the page gives.
async function open_ballot(page) {
  const reference = await page.locator('#booth-reference').innerText();
  await page.getByText('Vérifier mon bulletin (facultatif)').click();
  await press(page, 'Ouvrir ce bulletin sans voter');
  await page.getByRole('heading', { name: 'Bulletin ouvert : vous n’avez pas encore voté' }).waitFor();
  return { reference, text: await page.locator('#booth-opened-text').textContent() };
}

async function judge_elsewhere(context, address) {
  const other = await context.newPage();
  await other.goto(address);
  await other.locator('#result').waitFor();
  return other;
}

for (const { name, viewport } of k_screens) {
  test(`a ballot is opened, judged on another device, and a new one is cast (${name})`, (t) =>
    with_booth(t, async ({ page, context, scrutin, requests }) => {
      await reach_verification(page);
      const { reference, text } = await open_ballot(page);
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
      await page.getByText('Vous n’avez pas encore voté. Ce bulletin est ouvert').waitFor();
      await require_accessible(page, 'opened');
      const posts = requests.filter((r) => r.startsWith('POST')).map((r) => new URLSearchParams(r.split(' ')[2]));
      assert.equal(posts.length, 1, 'the reference alone was sent');
      assert.deepEqual([...posts[0].keys()], ['csrf', 'reference']);
      assert.equal(posts[0].get('reference'), reference);
      assert.deepEqual([...scrutin.opened], [reference]);

      const other = await judge_elsewhere(context, text);
      assert.equal(await other.locator('#choice').innerText(), k_lists[0].name);
      assert.equal(await other.locator('#tracker').innerText(), reference);
      assert.ok(!other.url().includes('#'), 'the opened ballot does not stay in the address');
      await require_accessible(other, 'second device');
      await other.close();

      await press(page, 'Préparer un nouveau bulletin pour voter');
      await page.getByRole('heading', { name: 'Vérifiez votre choix' }).waitFor();
      const second = await page.locator('#booth-reference').innerText();
      assert.notEqual(second, reference);
      assert.equal(await page.locator('#booth-check').getAttribute('open'), null);
      await press(page, 'Je vote');
      await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
      assert.equal(await page.locator('#booth-receipt-reference').innerText(), second);
      assert.deepEqual(scrutin.stored_choices(), [0, 1, 0, 0]);
      assert.equal(scrutin.received.length, 1);
    }, { viewport }));
}

test('Back from an opened ballot never leads to a page where it could be cast', (t) => with_booth(t, async ({ page, scrutin }) => {
  await reach_verification(page);
  const { reference } = await open_ballot(page);
  await page.goBack();
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
  assert.equal(await page.getByRole('button', { name: 'Je vote' }).isVisible(), false);
  await press(page, 'Continuer');
  await page.getByRole('heading', { name: 'Vérifiez votre choix' }).waitFor();
  assert.notEqual(await page.locator('#booth-reference').innerText(), reference);
  assert.equal(await page.locator('#booth-opened-text').textContent(), '');
  await press(page, 'Je vote');
  await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
  assert.deepEqual(scrutin.stored_choices(), [0, 1, 0, 0]);
}));

test('a blank vote, and several checks one after another', (t) => with_booth(t, async ({ page, context }) => {
  await reach_verification(page, /Vote blanc/);
  const seen = new Set();
  for (let check = 0; check < 3; check++) {
    const { reference, text } = await open_ballot(page);
    const other = await judge_elsewhere(context, text);
    assert.equal(await other.locator('#choice').innerText(), 'Vote blanc');
    assert.equal(await other.locator('#tracker').innerText(), reference);
    await other.close();
    seen.add(reference);
    await press(page, 'Préparer un nouveau bulletin pour voter');
    await page.getByRole('heading', { name: 'Vérifiez votre choix' }).waitFor();
  }
  assert.equal(seen.size, 3);
}));

test('the code on the screen is the text, as a telephone reads it', (t) => with_booth(t, async ({ page }) => {
  if (spawnSync('zbarimg', ['--version']).error) return t.skip('zbarimg is not installed');
  await reach_verification(page);
  const { text } = await open_ballot(page);
  const picture = join(mkdtempSync(join(tmpdir(), 'opened-')), 'code.png');
  await page.locator('#booth-opened-code svg').screenshot({ path: picture });
  const read = spawnSync('zbarimg', ['--raw', '--quiet', picture], { encoding: 'utf8' }).stdout.trim();
  assert.equal(read, text);
}, { context_options: { deviceScaleFactor: 2 } }));

test('the file that is kept judges the same without any portal', (t) => with_booth(t, async ({ page, context, scrutin }) => {
  await reach_verification(page, k_lists[1].name);
  const { reference, text } = await open_ballot(page);
  const folder = mkdtempSync(join(tmpdir(), 'kept-'));
  writeFileSync(join(folder, 'controle.html'), collect().get('controle-a-garder.html'));
  writeFileSync(join(folder, 'election.json'), scrutin.parameters.election);
  const other = await context.newPage();
  const asked = [];
  other.on('request', (r) => { if (!r.url().startsWith('data:') && !r.url().startsWith('file:')) asked.push(r.url()); });
  await other.goto(pathToFileURL(join(folder, 'controle.html')).href);
  await other.getByLabel('Texte du bulletin ouvert').fill(text);
  await press(other, 'Vérifier');
  await other.getByText('Donnez le fichier de l’élection').waitFor();
  await other.getByLabel('Fichier de l’élection').setInputFiles(join(folder, 'election.json'));
  await press(other, 'Vérifier');
  await other.locator('#result').waitFor();
  assert.equal(await other.locator('#choice').innerText(), k_lists[1].name);
  assert.equal(await other.locator('#tracker').innerText(), reference);
  assert.deepEqual(asked, []);
  await require_accessible(other, 'kept file');
}));

test('what was changed shows another reference, and what is no opened ballot is told', (t) => with_booth(t, async ({ page, context, server, scrutin }) => {
  await reach_verification(page);
  const { reference, text } = await open_ballot(page);
  const other = await context.newPage();
  await other.goto(`${server.origin}/static/booth/controle.html`);
  const give = async (given) => {
    await other.getByLabel('Texte du bulletin ouvert').fill(given);
    await press(other, 'Vérifier');
  };
  for (const wrong of ['', 'bonjour', text.slice(0, -80), text.replace('b1~', 'b2~')]) {
    await give(wrong);
    await other.getByText('n’est pas celui d’un bulletin ouvert').waitFor();
    assert.equal(await other.locator('#result').isVisible(), false);
  }
  await require_accessible(other, 'refusal');
  // A device that encrypted the first list and says the second.
  const fields = text.split('~');
  assert.equal(fields[4], '1');
  fields[4] = '2';
  await give(fields.join('~'));
  await other.locator('#result').waitFor();
  assert.equal(await other.locator('#choice').innerText(), k_lists[1].name);
  assert.notEqual(await other.locator('#tracker').innerText(), reference);
  await give(` ${text.slice(0, 60)}\n${text.slice(60)} `); // as a mail breaks it
  await other.waitForFunction((wanted) => document.getElementById('tracker').textContent === wanted, reference);
  fields[2] = 'A'.repeat(43);
  await give(fields.join('~'));
  await other.getByText('n’a pas été fait pour cette élection').waitFor();
  assert.ok(readFileSync(new URL('../../../modules/booth/controle.html', import.meta.url), 'utf8').includes('compté nulle part'));
  assert.equal(scrutin.received.length, 0);
}));

const is_shown = async (page) => (await page.locator('#booth-opened-text').textContent()) !== '' ||
  (await page.locator('#booth-opened-code').innerHTML()) !== '';

async function try_to_open(page) {
  if (!(await page.locator('#booth-open').isVisible())) await page.getByText('Vérifier mon bulletin (facultatif)').click();
  await press(page, 'Ouvrir ce bulletin sans voter');
  return error_text(page);
}

test('a server that does not confirm has nothing shown, and the ballot can still be cast', (t) => with_booth(t, async ({ page, scrutin }) => {
  await reach_verification(page);
  const reference = await page.locator('#booth-reference').innerText();
  const other_answer = { type: 'application/json', text: '{"opened":"another"}' };
  for (const answer of [{ status: 503, text: '' }, { status: 200, text: 'bonjour' }, other_answer, null]) {
    scrutin.open_next.push(answer);
    assert.match(await try_to_open(page), /n’a pas confirmé .* son contenu n’a pas été montré\. Rien n’est perdu/);
    assert.equal(await is_shown(page), false);
  }
  await require_accessible(page, 'not confirmed');
  const refusal = (status, error, message) => ({ status, type: 'application/json', text: JSON.stringify({ error, message }) });
  scrutin.open_next.push(refusal(429, 'throttled', 'Assez pour aujourd’hui.'));
  assert.match(await try_to_open(page), /Assez pour aujourd’hui/);
  scrutin.open_next.push(refusal(409, 'cast', 'Ce bulletin est déjà déposé.'));
  assert.match(await try_to_open(page), /déjà déposé.*Retour à mes scrutins/);
  scrutin.open_next.push(refusal(403, 'forbidden', ''));
  assert.match(await try_to_open(page), /plus connecté.*Me reconnecter/);
  assert.equal(await is_shown(page), false);
  assert.equal(await page.locator('#booth-reference').innerText(), reference);
  await press(page, 'Je vote');
  await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
  assert.equal(await page.locator('#booth-receipt-reference').innerText(), reference);
}));

test('a ballot that was noted while the answer was lost is refused, and another one is made of the same choice', (t) =>
  with_booth(t, async ({ page, scrutin }) => {
    await reach_verification(page);
    const reference = await page.locator('#booth-reference').innerText();
    scrutin.open_next.push({ after: 'cut' });
    assert.match(await try_to_open(page), /n’a pas confirmé/);
    assert.ok(scrutin.opened.has(reference));
    await press(page, 'Je vote');
    assert.match(await error_text(page), /Ce bulletin a été ouvert : préparez-en un nouveau/);
    assert.match(await page.title(), /Votre bulletin/);
    assert.equal(scrutin.stored, null);
    await press(page, 'Continuer');
    await page.getByRole('heading', { name: 'Vérifiez votre choix' }).waitFor();
    assert.notEqual(await page.locator('#booth-reference').innerText(), reference);
    await press(page, 'Je vote');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    assert.deepEqual(scrutin.stored_choices(), [0, 1, 0, 0]);
  }));

test('while the server has not answered nothing is shown and nothing is cast; who went back meanwhile keeps his new ballot', (t) =>
  with_booth(t, async ({ page, scrutin }) => {
    await reach_verification(page);
    const reference = await page.locator('#booth-reference').innerText();
    let release;
    await page.route('**/ouverture', async (route) => {
      await new Promise((done) => { release = done; });
      await route.continue();
    });
    const begun = page.waitForRequest('**/ouverture');
    await page.getByText('Vérifier mon bulletin (facultatif)').click();
    await press(page, 'Ouvrir ce bulletin sans voter');
    await begun;
    await press(page, 'Je vote');
    assert.equal(await is_shown(page), false);
    assert.equal(scrutin.received.length, 0, 'one or the other, not both');
    await press(page, 'Modifier mon choix');
    await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
    await choose(page, /Ensemble/);
    const second = await page.locator('#booth-reference').innerText();
    const answered = page.waitForResponse('**/ouverture');
    release();
    await answered;
    await page.waitForTimeout(300);
    assert.equal(await is_shown(page), false);
    assert.deepEqual([...scrutin.opened], [reference]);
    await press(page, 'Je vote');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    assert.equal(await page.locator('#booth-receipt-reference').innerText(), second);
  }));

test('once a ballot may have left, it cannot be opened any more', (t) => with_booth(t, async ({ page, scrutin }) => {
  await reach_verification(page);
  scrutin.next.push({ status: 503, text: '' });
  await press(page, 'Je vote');
  await page.getByText('n’a pas confirmé votre vote').waitFor();
  assert.equal(await page.getByText('Vérifier mon bulletin (facultatif)').isVisible(), false);
}));

test('who ignores it presses nothing more', (t) => with_booth(t, async ({ page }) => {
  await reach_verification(page);
  assert.equal(await page.locator('#booth-check').getAttribute('open'), null);
  await page.getByText('Vérifier mon bulletin (facultatif)').click();
  await page.getByText('Ouvrir ce bulletin sans voter').waitFor();
  await require_accessible(page, 'the offer');
  await press(page, 'Modifier mon choix');
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
  await choose(page, /Ensemble/);
  await press(page, 'Je vote');
  await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
}));
