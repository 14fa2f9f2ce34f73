// SPDX-License-Identifier: AGPL-3.0-or-later
// The end of a connection in a real browser (SEC-14): the page warns two minutes before, without a script too; what was typed stays while its elector
// stays in; a page whose elector went on elsewhere says nothing.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Visitor } from '../http/client.mjs'
import { axe_finds, launch, overflow, portal, sql, visitor, widths } from './support.mjs'
import { people_of } from '../http/places.mjs'

const password = 'Bulletin-vert-92', text = 'Mon grade est faux depuis septembre.'
let browser, person
before(async () => {
  browser = await launch()
  ;[person] = await people_of(import.meta.url)
  await new Visitor().activate(person, password)
})
after(async () => { await browser.close() })

// His sessions, as if nobody had done anything for so long.
const age = seconds => sql(`UPDATE portail.session SET last_seen_at = UTC_TIMESTAMP() - INTERVAL ${seconds} SECOND WHERE ${mine()}`)
const last_seen = () => sql(`SELECT MAX(last_seen_at) FROM portail.session WHERE ${mine()}`)
const mine = () => `voter_id = (SELECT id FROM portail.voter WHERE email = '${person.adresse}')`

async function sign_in (page, shared = false) {
  sql(`DELETE FROM portail.session WHERE ${mine()}`)
  await page.goto(portal + '/connexion')
  await page.locator('input[name=adresse]').fill(person.adresse)
  await page.locator('input[name=mot_de_passe]').fill(password)
  if (shared) await page.getByText('Je suis sur un poste partagé').click()
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/espace')
}

for (const size of Object.keys(widths)) {
  it(`two minutes before the end the page says so, and what was typed stays, at ${size} width`, async () => {
    const { context, page, faults } = await visitor(browser, size)
    await sign_in(page)
    await page.clock.install()
    await page.goto(portal + '/reclamations/nouvelle')
    const area = page.locator('textarea'), warning = page.locator('[data-session]'), button = page.getByRole('button', { name: 'Rester connecté' })
    await area.fill(text)
    await page.clock.runFor(17 * 60_000)
    assert.equal(await warning.isVisible(), false)
    age(1085)
    const before_asking = last_seen()
    await page.clock.runFor(70_000)
    await warning.waitFor()
    assert.match(await warning.innerText(), /Sans action de votre part, votre connexion se terminera à \d+\u00a0h\u00a0\d\d \(heure de Paris\)\. Il reste 2 minutes\./)
    assert.equal(last_seen(), before_asking)  // asked, and not put off
    assert.equal(await overflow(page), 0)
    assert.deepEqual(await axe_finds(page), [])
    await area.focus()
    await button.click()
    await page.getByText('Vous restez connecté.').waitFor()
    assert.equal(await area.evaluate(one => one === document.activeElement), true)
    assert.equal(await area.inputValue(), text)
    assert.equal(context.pages().length, 1)
    assert.notEqual(last_seen(), before_asking)
    await page.clock.runFor(10_000)
    assert.equal(await warning.isVisible(), false)
    // Over: nothing is thrown away, and the way back opens beside.
    age(1200)
    await page.clock.runFor(20 * 60_000)
    await page.getByText('Votre connexion est terminée. Reconnectez-vous dans une nouvelle fenêtre').waitFor()
    const [opened] = await Promise.all([context.waitForEvent('page'), page.getByRole('button', { name: 'Se reconnecter (nouvelle fenêtre)' }).click()])
    await opened.waitForURL('**/connexion')
    await opened.locator('input[name=adresse]').fill(person.adresse)
    await opened.locator('input[name=mot_de_passe]').fill(password)
    await opened.getByRole('button', { name: 'VALIDER' }).click()
    await opened.waitForURL('**/espace')
    await opened.close()
    await page.evaluate(() => dispatchEvent(new Event('focus')))  // headless windows never lose it
    await warning.waitFor({ state: 'hidden' })
    await page.getByLabel('profil', { exact: false }).first().check({ force: true })
    await page.getByRole('button', { name: 'Vérifier avant de déposer' }).click()
    await page.locator('main').getByText(text).waitFor()
    assert.deepEqual(faults, [])
    await context.close()
  })
}

it('a page whose elector goes on in another window says nothing', async () => {
  const { context, page, faults } = await visitor(browser, 'phone')
  await sign_in(page)
  await page.clock.install()
  await page.goto(portal + '/profil')
  const other = await context.newPage()
  await page.clock.runFor(17 * 60_000)
  age(1085)
  await other.goto(portal + '/aide')
  await page.clock.runFor(120_000)
  await page.clock.runFor(30_000)
  assert.equal(await page.locator('[data-session]').isVisible(), false)
  assert.deepEqual(faults, [])
  await context.close()
})

it('the end that comes whatever is done is put off by the password in another window', async () => {
  const { context, page, faults } = await visitor(browser, 'phone')
  await sign_in(page, true)
  sql(`UPDATE portail.session SET created_at = UTC_TIMESTAMP() - INTERVAL 1690 SECOND, expires_at = UTC_TIMESTAMP() + INTERVAL 110 SECOND WHERE ${mine()}`)
  await page.goto(portal + '/reclamations/nouvelle')
  await page.locator('textarea').fill(text)
  const warning = page.locator('[data-session]')
  await warning.waitFor()
  assert.match(await warning.innerText(), /sauf si vous redonnez votre mot de passe\. Il reste 2 minutes\./)
  const [opened] = await Promise.all([context.waitForEvent('page'), page.getByRole('button', { name: 'Rester connecté (nouvelle fenêtre)' }).click()])
  await opened.locator('input[name=mot_de_passe]').fill(password)
  assert.deepEqual(await axe_finds(opened), [])
  await opened.getByRole('button', { name: 'PROLONGER' }).click()
  await opened.getByRole('heading', { name: 'Vous restez connecté' }).waitFor()
  await opened.close()
  await warning.waitFor({ state: 'hidden', timeout: 45_000 })  // asks twice a minute
  assert.equal(await page.locator('textarea').inputValue(), text)
  await page.getByLabel('profil', { exact: false }).first().check({ force: true })
  await page.getByRole('button', { name: 'Vérifier avant de déposer' }).click()
  await page.getByText(text).waitFor()
  assert.deepEqual(faults, [])
  await context.close()
})

for (const size of Object.keys(widths)) {
  it(`without a script the style sheet shows it, and the button opens a window beside, at ${size} width`, async () => {
    const context = await browser.newContext({ javaScriptEnabled: false, viewport: widths[size] })
    const page = await context.newPage()
    await sign_in(page)
    await page.goto(portal + '/reclamations/nouvelle')
    await page.locator('textarea').fill(text)
    const warning = page.locator('[data-session]'), button = page.getByRole('button', { name: /Rester connecté/ })
    assert.equal(await warning.isVisible(), false)
    assert.equal(await button.count(), 0)  // nothing to stop at before
    // Eighteen minutes of an animation in a moment, by the browser's inspector: the page may run no script.
    const inspector = await context.newCDPSession(page)
    await inspector.send('Animation.enable')
    await inspector.send('Animation.setPlaybackRate', { playbackRate: 100_000 })
    await warning.waitFor()
    assert.match(await warning.innerText(), /Sans action de votre part, votre connexion se terminera à \d+\u00a0h\u00a0\d\d \(heure de Paris\)\./)
    assert.equal(await overflow(page), 0)
    age(1085)
    const [opened] = await Promise.all([context.waitForEvent('page'), button.click()])
    await opened.getByRole('heading', { name: 'Vous restez connecté' }).waitFor()
    assert.match(page.url(), /\/reclamations\/nouvelle$/)
    assert.equal(await page.locator('textarea').inputValue(), text)
    assert.ok(Date.parse(last_seen() + 'Z') > Date.now() - 60_000)
    await context.close()
  })
}
