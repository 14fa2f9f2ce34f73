// SPDX-License-Identifier: AGPL-3.0-or-later
// The booth shows which election it encrypts for, and refuses a page that is not what was sealed: title, lists, unions and candidates
// against the seal's text, the text against the digest in the record, the record's fingerprint for the elector to compare.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test, { after, before } from 'node:test';
import { open_seal, read_seal, seal_digest_of } from '../../../modules/booth/seal.js';
import {
  choose, close_browser, error_text, give_code, k_screens, open_browser, press, reach_choice, require_accessible, with_booth,
} from './in_booth.mjs';
import { describe, k_lists, k_scrutin, k_second_scrutin, k_titles, make_two_scrutins, render_page, write_seal } from './small_scrutin.mjs';

before(open_browser);
after(close_browser);

const digest_of = (text) => createHash('sha256').update(text).digest('hex');
const short_of = (text) => digest_of(text).slice(0, 32).match(/.{4}/g).join(' ');
const k_alarm = /Cette page ne montre pas ce qui a été scellé\. N’y votez pas : prévenez le bureau de vote ou l’assistance/;

for (const { name, viewport } of k_screens) {
  test(`the fingerprint of the sealed election is shown at each step, and costs no click (${name})`, (t) =>
    with_booth(t, async ({ page, scrutin }) => {
      const shown = page.locator('#booth-seal-short');
      await shown.waitFor();
      assert.equal(await shown.innerText(), short_of(scrutin.parameters.election));
      await page.getByText('Comparez cette empreinte à celle de l’affiche').waitFor();
      assert.equal(await page.locator('#booth-seal a').getAttribute('href'), `/scellement/${k_scrutin}`);
      await require_accessible(page, 'code');
      await reach_choice(page);
      assert.equal(await shown.isVisible(), true);
      await require_accessible(page, 'choice');
      await choose(page, /Avenir/);
      assert.equal(await shown.isVisible(), true);
      await require_accessible(page, 'check');
      await press(page, 'Je vote');
      await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    }, { viewport }));
}

// The page as a server would alter it, everything else as sealed.
const altered = (position, change) => k_lists.map((list) => (list.position === position ? { ...list, ...change } : list));
const show = (scrutin, title, lists) => {
  scrutin.pages[`GET /vote/${k_scrutin}/bulletin`] = () => ({ text: render_page(k_scrutin, title, lists) });
};
const k_pages = {
  title: (scrutin) => show(scrutin, 'Comité technique', k_lists),
  union: (scrutin) => show(scrutin, k_titles[k_scrutin], altered(2, { union: 'Syndicat A' })),
  candidate: (scrutin) => show(scrutin, k_titles[k_scrutin], altered(1, { candidate_names: 'Anne Él, Bob L’Hers' })),
  'candidate too many': (scrutin) => show(scrutin, k_titles[k_scrutin], altered(2, { candidate_names: 'Chloé M, Denis N' })),
  list: (scrutin) => show(scrutin, k_titles[k_scrutin], altered(3, { name: 'Ensemble' })),
  'list and parameters': (scrutin) => {
    show(scrutin, k_titles[k_scrutin], altered(3, { name: 'Ensemble' }));
    scrutin.parameters.lists[2].name = 'Ensemble';
  },
};
// The same page with a text that says so: then its digest is another one.
const k_records = {
  'seal’s text': (scrutin) => {
    k_pages.union(scrutin);
    scrutin.parameters.seal = write_seal(k_scrutin, JSON.parse(scrutin.parameters.election).uuid, altered(2, { union: 'Syndicat A' }));
  },
  'one letter of the text': (scrutin) => { scrutin.parameters.seal = scrutin.parameters.seal.replace('École', 'école'); },
  'no text': (scrutin) => { delete scrutin.parameters.seal; },
  'text of another scrutin': (scrutin) => { scrutin.parameters.seal = write_seal(k_second_scrutin, '123456789zABCE', k_lists, k_titles[k_scrutin]); },
  'digest in the record': (scrutin) => {
    const record = JSON.parse(scrutin.parameters.election);
    scrutin.parameters.election = JSON.stringify({ ...record, description: describe('0'.repeat(64)) });
  },
};

for (const [what, change] of Object.entries({ ...k_pages, ...k_records })) {
  test(`another ${what}: said at once, before any code, and no vote is possible`, (t) => with_booth(t, async ({ page, scrutin, requests }) => {
    assert.match(await error_text(page), k_alarm);
    await require_accessible(page, 'alarm');
    const before_code = requests.length;
    await give_code(page);
    await page.waitForFunction(() => document.activeElement.id === 'booth-error');
    assert.match(await error_text(page), k_alarm);
    assert.match(await page.title(), /Votre code de vote/);
    assert.equal(await page.locator('#booth-seal').isVisible(), false);
    assert.ok(requests.slice(before_code).every((r) => r.startsWith('GET')), 'nothing is sent');
    assert.equal(scrutin.received.length, 0);
  }, { change }));
}

test('page, text and record altered together show another fingerprint than the poster’s', (t) => {
  let on_poster;
  return with_booth(t, async ({ page, scrutin }) => {
    const shown = page.locator('#booth-seal-short');
    await shown.waitFor();
    assert.equal(await shown.innerText(), short_of(scrutin.parameters.election));
    assert.notEqual(await shown.innerText(), on_poster);
  }, { change: (scrutin) => {
    on_poster = short_of(scrutin.parameters.election);
    k_records['seal’s text'](scrutin);
    const record = JSON.parse(scrutin.parameters.election);
    scrutin.parameters.election = JSON.stringify({ ...record, description: describe(digest_of(scrutin.parameters.seal)) });
  } });
});

test('the next scrutin of a visit has its own fingerprint, and its own alarm', (t) => {
  const act = (expect) => async ({ page, scrutin }) => {
    await reach_choice(page);
    await choose(page, /Avenir/);
    await press(page, 'Je vote');
    await page.getByRole('button', { name: /^Voter au scrutin suivant/ }).click();
    await expect(page, scrutin.second);
  };
  return with_booth(t, act(async (page, second) => {
    await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
    assert.equal(await page.locator('#booth-seal-short').innerText(), short_of(second.parameters.election));
    assert.equal(await page.locator('#booth-seal a').getAttribute('href'), `/scellement/${k_second_scrutin}`);
  }), { make: make_two_scrutins }).then(() => with_booth(t, act(async (page, second) => {
    assert.match(await error_text(page), k_alarm);
    assert.equal(second.received.length, 0);
  }), { make: make_two_scrutins, change: ({ second }) => { second.parameters.seal = second.parameters.seal.replace('Mme', 'M.'); } }));
});

test('an election that was sealed without a text goes on as before', (t) => with_booth(t, async ({ page, scrutin }) => {
  await reach_choice(page);
  await choose(page, /Avenir/);
  assert.equal(await page.locator('#booth-seal-short').innerText(), short_of(scrutin.parameters.election));
}, { change: (scrutin) => {
  const { description: _, ...record } = JSON.parse(scrutin.parameters.election);
  scrutin.parameters = { ...scrutin.parameters, election: JSON.stringify({ ...record, description: 'Essai. Un vote validé est définitif.' }), seal: '' };
  scrutin.reread();
} }));

test('the sentence counts at the end of the description alone, and fields are read back from their escapes', () => {
  const digest = 'ab'.repeat(32);
  const named = (description) => seal_digest_of(JSON.stringify({ description }));
  assert.equal(named(describe(digest)), digest);
  assert.equal(named(`Empreinte du scellement : ${digest}.`), digest);
  assert.equal(named(`Empreinte du scellement : ${digest}. Un total de moins de cinq bulletins est déchiffré aussi. Un vote validé est définitif.`), digest);
  for (const other of [`Empreinte du scellement : ${digest}. Voici la suite.`, `Empreinte du scellement : ${digest}`,
    `Empreinte du scellement : ${digest.toUpperCase()}.`, `Empreinte du scellement : ${digest.slice(1)}.`, '']) {
    assert.equal(named(other), null, other);
  }
  const lists = [{ position: 1, name: 'a\tb\\n', union: 'c\nd', candidate_names: 'E F, G H I' }];
  const text = write_seal('X', 'u', lists, 'T');
  assert.deepEqual(read_seal(text), { code: 'X', uuid: 'u', title: 'T', lists: [{ name: 'a\tb\\n', union: 'c\nd', candidates: ['E F', 'G H I'] }] });
  assert.equal(read_seal(text.replace('portail-sceau\t1', 'portail-sceau\t2')), null);
  assert.equal(read_seal(text.replace('list\t1', 'list\t2')), null);
  assert.equal(open_seal(JSON.stringify({ description: describe(digest_of(text)) }), 'another', text), false);
});
