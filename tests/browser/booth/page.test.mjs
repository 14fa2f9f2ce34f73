// SPDX-License-Identifier: AGPL-3.0-or-later
// The booth's page in Chromium, from the real template, on a desktop and on a phone of 320 px.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import test, { after, before } from 'node:test';
import {
  close_browser, error_text, give_code, k_screens, open_browser, press, reach_choice, reach_verification, require_accessible, with_booth,
} from './in_booth.mjs';
import { k_lists, k_other_code, k_scrutin, k_voting_code, make_scrutin } from './small_scrutin.mjs';

const pictures = process.env.PORTAIL_PICTURES; // a folder: keep a picture of each step there

before(async () => {
  await open_browser();
  if (pictures) mkdirSync(pictures, { recursive: true });
});
after(close_browser);

test('forty lists of thirty names are short on a phone: names numbered and folded, the profession de foi in a new tab', (t) => {
  const lists = Array.from({ length: 40 }, (_, i) => ({ position: i + 1, name: `Ensemble pour un service public proche de chacun, liste ${i + 1}`,
    union: `Union des syndicats ${i + 1}`, candidate_names: Array.from({ length: 30 }, (_, rank) => `Prénom NOM-COMPOSÉ-${rank}`).join(', ') }));
  return with_booth(t, async ({ page }) => {
    await reach_choice(page);
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    t.diagnostic(`ballot of forty lists: ${height} px at 360 px`);
    assert.ok(height < 12000, `${height} px`);
    await require_accessible(page, 'forty lists');
    const choice = page.locator('.p-choice').nth(39);
    assert.equal(await choice.locator('li').first().isVisible(), false);
    await choice.locator('summary').click();
    assert.equal(await choice.locator('li').count(), 30);
    assert.equal(await choice.locator('li').first().isVisible(), true);
    assert.equal(await choice.locator('a').getAttribute('target'), '_blank');
    assert.equal(await page.locator('input:checked').count(), 0, 'looking chooses nothing');
    await page.locator('label[for=booth-choice-40]').click();
    await press(page, 'Continuer');
    await page.waitForFunction(() => /^Vérifiez/.test(document.title));
    assert.equal(await page.locator('#booth-chosen').innerText(), lists[39].name);
  }, { viewport: { width: 360, height: 740 }, make: () => make_scrutin(k_scrutin, lists) });
});

for (const { name, viewport } of k_screens) {
  test(`a vote from code to receipt (${name})`, (t) => with_booth(t, async ({ page, scrutin, requests }) => {
    async function look(step) {
      await require_accessible(page, step);
      if (pictures) await page.screenshot({ path: `${pictures}/booth-${name}-${step}.png`, fullPage: true });
    }
    await page.getByLabel('Code de vote').waitFor();
    assert.equal(await page.locator('#booth-wait').isVisible(), false);
    assert.match(await page.title(), /^Votre code de vote \(Étape 1 sur 3\) – Comité social/);
    await look('1-code');
    await page.waitForLoadState('networkidle');
    const before_code = requests.length;
    await give_code(page, ` ${k_voting_code.toLowerCase().replaceAll('-', ' ')} `);
    await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    assert.equal(await page.locator('input:checked').count(), 0);
    assert.equal(await page.getByRole('radio').count(), k_lists.length + 1);
    await look('2-bulletin');
    await page.getByLabel(k_lists[1].name).check({ force: true });
    await press(page, 'Continuer');
    await page.waitForFunction(() => /^Vérifiez/.test(document.title));
    assert.equal(await page.locator('#booth-chosen').innerText(), k_lists[1].name);
    await page.getByText('Votre vote n’est pas encore enregistré.').first().waitFor();
    const reference = await page.locator('#booth-reference').innerText();
    assert.match(reference, /^[A-Za-z0-9+/]{43}$/);
    assert.equal(requests.length, before_code, 'nothing is sent before « Je vote »');
    await look('3-verification');
    await press(page, 'Je vote');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
    assert.equal(await page.locator('#booth-receipt-reference').innerText(), reference);
    assert.match(await page.locator('#booth-receipt-time').innerText(), /^jeudi 3 décembre 2026 à 10\u00a0h\u00a000 \(heure de Paris\)$/);
    await look('4-receipt');

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Télécharger' }).click()]);
    assert.equal(readFileSync(await download.path(), 'utf8'), scrutin.receipt_of(scrutin.stored));
    assert.equal(await page.locator('#booth-receipt-file').textContent(), scrutin.receipt_of(scrutin.stored));
    assert.deepEqual(scrutin.stored_choices(), [0, 0, 1, 0]);
    assert.equal(requests.length, before_code + 1);
    const [paper] = await Promise.all([page.waitForEvent('download'), press(page, 'Enregistrer ma preuve de vote (PDF)')]);
    assert.equal(paper.suggestedFilename(), `preuve-de-vote-${k_scrutin}.pdf`);
    assert.equal(readFileSync(await paper.path(), 'utf8'), '%PDF-1.3');
    assert.equal(scrutin.papers[0].preuve, scrutin.receipt_of(scrutin.stored));
    await page.getByText('Le document est prêt.').waitFor();
    const plain = k_voting_code.replaceAll('-', '');
    for (const r of requests) {
      assert.ok(!r.includes(k_voting_code) && !r.includes(plain) && !r.toUpperCase().includes(plain), 'the code left the page');
    }
    assert.deepEqual(Object.keys(scrutin.received[0]), ['csrf', 'ballot']);
    assert.equal(await page.locator('#booth-code').inputValue(), '');
    assert.equal(await page.locator('input:checked').count(), 0);
    await page.goBack();
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    await page.getByRole('link', { name: 'Retour à mes scrutins' }).click();
    await page.getByRole('heading', { name: 'Mes scrutins' }).waitFor();
  }, { viewport }));
}

test('a document that cannot be made costs nothing: the file and the page stay', (t) => with_booth(t, async ({ page }) => {
  await reach_verification(page);
  await press(page, 'Je vote');
  await press(page, 'Enregistrer ma preuve de vote (PDF)');
  await page.getByText('Le document ne peut pas être fait en ce moment.').waitFor();
  await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
  assert.match(await page.getByRole('link', { name: 'Télécharger le fichier seul' }).getAttribute('href'), /^blob:/);
}, { change: (scrutin) => { scrutin.papers_fail = true; } }));

test('a blank vote is encrypted as such', (t) => with_booth(t, async ({ page, scrutin }) => {
  await reach_verification(page, /Vote blanc/);
  assert.equal(await page.locator('#booth-chosen').innerText(), 'Vote blanc');
  await press(page, 'Je vote');
  await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
  assert.deepEqual(scrutin.stored_choices(), [1, 0, 0, 0]);
}));

test('a mistyped code and a wrong code are told apart, at once and without a request', (t) =>
  with_booth(t, async ({ page, requests }) => {
    await page.waitForLoadState('networkidle');
    const sent = requests.length;
    await press(page, 'Continuer');
    assert.match(await error_text(page), /Saisissez votre code de vote/);
    assert.match(await page.title(), /^Erreur\s: /);
    await page.locator('#booth-error-link').click();
    assert.equal(await page.evaluate(() => document.activeElement.id), 'booth-code');
    const mistyped = k_voting_code.replace('5', '6');
    await give_code(page, mistyped);
    assert.match(await error_text(page), /faute de frappe/);
    assert.equal(await page.locator('#booth-code').inputValue(), mistyped, 'the input is kept');
    await give_code(page, k_voting_code.slice(0, -1));
    assert.match(await error_text(page), /vous en avez saisi 15/);
    await give_code(page, k_voting_code.replace('2', 'O'));
    assert.match(await error_text(page), /« O » n’existe pas/);
    await give_code(page, k_other_code);
    assert.match(await error_text(page), /n’est pas votre code de vote, ou ne l’est plus/);
    assert.equal(requests.length, sent);
    await require_accessible(page, 'wrong code');
    await give_code(page);
    await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
  }));

test('no choice is an error of the form', (t) => with_booth(t, async ({ page }) => {
  await reach_choice(page);
  await press(page, 'Continuer');
  assert.match(await error_text(page), /Choisissez une liste ou le vote blanc/);
  await page.locator('#booth-error-link').click();
  assert.equal(await page.evaluate(() => document.activeElement.id), 'booth-choice-1');
}));

test('Back is the previous step and loses nothing; the choice can be changed before the vote', (t) =>
  with_booth(t, async ({ page, scrutin }) => {
    await reach_verification(page);
    const first = await page.locator('#booth-reference').innerText();
    await page.goBack();
    await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
    assert.equal(await page.locator('input:checked').getAttribute('value'), '1');
    await page.goBack();
    await page.waitForFunction(() => /^Votre code/.test(document.title));
    assert.equal(await page.locator('#booth-code').inputValue(), k_voting_code);
    await page.goForward();
    await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
    await press(page, 'Continuer');
    await page.waitForFunction(() => /^Vérifiez/.test(document.title));
    assert.equal(await page.locator('#booth-reference').innerText(), first, 'the same choice keeps its ballot');
    await press(page, 'Modifier mon choix');
    await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
    await page.getByLabel(/Ensemble/).check({ force: true });
    await press(page, 'Continuer');
    await page.waitForFunction(() => /^Vérifiez/.test(document.title));
    assert.notEqual(await page.locator('#booth-reference').innerText(), first);
    assert.equal(await page.locator('#booth-chosen').innerText(), k_lists[2].name);
    await press(page, 'Je vote');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    assert.deepEqual(scrutin.stored_choices(), [0, 0, 0, 1]);
  }));

for (const what of ['before the ballot arrives', 'after the ballot is stored']) {
  test(`the line is cut ${what}: the same ballot is sent again, the choice is locked`, (t) =>
    with_booth(t, async ({ page, scrutin, requests }) => {
      const arrives = what.startsWith('after');
      await reach_verification(page);
      if (arrives) scrutin.next.push({ after: 'cut' });
      else await page.context().setOffline(true);
      await press(page, 'Je vote');
      assert.match(await error_text(page), /La connexion a été interrompue/);
      await page.getByText('Nous ne savons pas encore si votre vote est enregistré.').waitFor();
      assert.equal(scrutin.stored !== null, arrives);
      assert.equal(await page.locator('#booth-modify').isVisible(), false);
      await page.goBack();
      await page.waitForFunction(() => /^(Erreur\s: )?Vérifiez/.test(document.title));
      await page.context().setOffline(false);
      await press(page, 'Réessayer');
      await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
      const sent = requests.filter((r) => r.startsWith('POST'));
      assert.equal(sent.length, 2);
      assert.equal(sent[0], sent[1]);
    }));
}

test('a server that is too busy keeps the ballot; a refusal shows the server’s own words', (t) =>
  with_booth(t, async ({ page, scrutin }) => {
    scrutin.next.push({ status: 429, type: 'application/json', text: '{"error":"throttled","message":"Patientez une minute."}' });
    scrutin.next.push({ status: 503, text: '<html>' });
    await reach_verification(page);
    await press(page, 'Je vote');
    assert.match(await error_text(page), /Patientez une minute/);
    assert.equal(await page.locator('#booth-modify').isVisible(), true);
    await press(page, 'Réessayer');
    await page.getByText('n’a pas confirmé votre vote').waitFor();
    await press(page, 'Réessayer');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    assert.equal(new Set(scrutin.received.map(({ ballot }) => ballot)).size, 1);
  }));

test('an elector signed out meanwhile keeps the ballot and votes after a new sign-in', (t) =>
  with_booth(t, async ({ page, scrutin }) => {
    scrutin.next.push({ status: 403, type: 'application/json', text: '{"error":"forbidden","message":"Reconnectez-vous."}' });
    await reach_verification(page);
    await press(page, 'Je vote');
    assert.match(await error_text(page), /Vous n’êtes plus connecté/);
    await press(page, 'Réessayer');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
  }));

test('the hours of the vote are over: no second try is offered', (t) => with_booth(t, async ({ page, scrutin }) => {
  scrutin.next.push({ status: 403, type: 'application/json', text: '{"error":"closed","message":"Le vote est clos."}' });
  await reach_verification(page);
  await press(page, 'Je vote');
  assert.match(await error_text(page), /Le vote est clos\. Retour à mes scrutins/);
  await page.getByText('Votre vote n’est pas enregistré.').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Réessayer' }).count(), 0);
}));

test('a suspended vote: the page keeps the ballot, says that it is not stored, and sends the same one when the vote goes on', (t) =>
  with_booth(t, async ({ page, scrutin }) => {
    scrutin.next.push({ status: 403, type: 'application/json', text: '{"error":"suspended","message":"Le vote est suspendu : ce bulletin n’est pas enregistré."}' });
    await reach_verification(page);
    await press(page, 'Je vote');
    assert.match(await error_text(page), /Le vote est suspendu/);
    await page.getByText('Votre vote n’est pas encore enregistré.').first().waitFor();
    assert.equal(await page.locator('#booth-modify').isVisible(), true);
    await press(page, 'Réessayer');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    assert.equal(scrutin.received.length, 2);
    assert.equal(new Set(scrutin.received.map(({ ballot }) => ballot)).size, 1);
  }));

test('a second vote is refused with a way back', (t) => with_booth(t, async ({ page, scrutin }) => {
  scrutin.next.push({ status: 409, type: 'application/json', text: '{"error":"voted","message":"Vous avez déjà voté."}' });
  await reach_verification(page);
  await press(page, 'Je vote');
  assert.match(await error_text(page), /Vous avez déjà voté.* Retour à mes scrutins/);
  assert.equal(await page.locator('#booth-cast').isVisible(), false);
}));

test('a receipt that is not the ballot’s, or not signed by the sealed key, is never shown as a proof', (t) =>
  with_booth(t, async ({ page, scrutin }) => {
    const forged = scrutin.receipt_of('another ballot');
    scrutin.next.push({ after: { type: 'application/json', text: JSON.stringify({ receipt: forged }) } });
    await reach_verification(page);
    await press(page, 'Je vote');
    assert.match(await error_text(page), /la preuve reçue en retour n’est pas la bonne/);
    assert.equal(await page.locator('#booth-recu-step').isVisible(), false);
    await press(page, 'Réessayer');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
  }));

test('lists that differ from the sealed ones stop the vote', (t) => with_booth(t, async ({ page }) => {
  await give_code(page);
  assert.match(await error_text(page), /ne montre pas ce qui a été scellé/);
}, { change: ({ parameters }) => parameters.lists.reverse() }));

test('a code that opens another elector’s key stops the vote', (t) => with_booth(t, async ({ page }) => {
  await give_code(page);
  assert.match(await error_text(page), /ne correspond pas à votre inscription/);
}, { change: ({ parameters }) => { parameters.credential = '58'.padEnd(64, '6'); } }));

test('parameters that cannot be fetched are asked again', (t) => with_booth(t, async ({ page }) => {
  await give_code(page);
  assert.match(await error_text(page), /très sollicité/);
  await give_code(page);
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
}, {
  change(scrutin) {
    const path = `GET /vote/${k_scrutin}/parametres`;
    const good = scrutin.pages[path];
    let calls = 0;
    scrutin.pages[path] = (r) => (calls++ === 0 ? { status: 503, text: '' } : good(r));
  },
}));

test('leaving with an unsent choice asks for confirmation, and no longer does once the vote is stored', (t) =>
  with_booth(t, async ({ page, server }) => {
    const asked = [];
    page.on('dialog', (dialog) => asked.push(dialog.type()));
    await reach_verification(page);
    await page.goto(`${server.origin}/vote`);
    assert.deepEqual(asked, ['beforeunload']);
    await page.goto(`${server.origin}/vote/${k_scrutin}/bulletin`);
    await reach_verification(page);
    await press(page, 'Je vote');
    await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
    await page.goto(`${server.origin}/vote`);
    assert.deepEqual(asked, ['beforeunload']);
  }));

test('the keyboard alone is enough', (t) => with_booth(t, async ({ page, scrutin }) => {
  await page.locator('#booth-code').focus();
  await page.keyboard.type(k_voting_code);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /^Votre bulletin/.test(document.title));
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => /^Vérifiez/.test(document.title));
  const focused = () => page.evaluate(() => document.activeElement.textContent);
  for (let presses = 0; presses < 4 && await focused() !== 'Je vote'; presses++) await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Votre vote est enregistré' }).waitFor();
  assert.deepEqual(scrutin.stored_choices(), [0, 0, 1, 0]);
}));

test('a browser that cannot run the worker is told to be updated', (t) => with_booth(t, async ({ page }) => {
  await give_code(page);
  assert.match(await error_text(page), /Mettez-le à jour/);
  await give_code(page);
  assert.match(await error_text(page), /Mettez-le à jour/);
}, { absent: 'worker.js' }));

test('a browser that cannot run the page is told to be updated', (t) => with_booth(t, async ({ page }) => {
  await page.getByText('mettez votre navigateur à jour').waitFor();
  assert.equal(await page.locator('main form:visible').count(), 0);
}, { absent: 'booth.js' }));

test('without JavaScript the page says what to do and shows no form', (t) => with_booth(t, async ({ page }) => {
  if (pictures) await page.screenshot({ path: `${pictures}/booth-noscript.png`, fullPage: true });
  // Texts inside noscript are found by their element alone.
  const box = await page.locator('noscript .fr-alert__title').boundingBox();
  assert.ok(box?.height > 10, 'the explanation is visible');
  assert.match(await page.locator('noscript').innerText(), /Pour voter, activez JavaScript/);
  assert.equal(await page.locator('main form:visible').count(), 0);
  assert.equal(await page.locator('#booth-wait').isVisible(), false);
}, { context_options: { javaScriptEnabled: false } }));
