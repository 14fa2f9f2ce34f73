// SPDX-License-Identifier: AGPL-3.0-or-later
// A list of stolen passwords is tried from the network of an elector: his browser calculates and he enters, at both widths; a browser that he entered
// with before calculates nothing; without scripts a link by mail lets him in.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Visitor } from '../../http/client.mjs'
import { axe_finds, launch, linkIn, message, overflow, picture, portal, visitor, widths } from '../support.mjs'
import { people_of } from '../../http/places.mjs'

const password = 'Bulletin-vert-92'
let browser, person
before(async () => {
  browser = await launch()
  ;[person] = await people_of(import.meta.url)
  assert.equal((await new Visitor().activate(person, password)).headers.location, '/espace')
})
after(async () => { await browser.close() })

async function sign_in (page) {
  await page.goto(portal + '/connexion')
  await page.getByLabel('Adresse professionnelle').fill(person.adresse)
  await page.getByLabel('Mot de passe', { exact: false }).first().fill(password)
  await page.getByRole('button', { name: 'VALIDER' }).click()
}

describe('while somebody tries stolen passwords from the same network', () => {
  let known
  before(async () => {
    known = await visitor(browser, 'phone')
    await sign_in(known.page)
    await known.page.waitForURL('**/espace')
    const thief = new Visitor()
    await thief.get('/connexion')
    let stopped = false
    for (let i = 0; i < 120 && !stopped; i++) stopped = (await thief.submit('/connexion', { adresse: `victime${i}@ac-poitiers.example`, mot_de_passe: 'Soleil-2019', suite: '' })).status === 429
    assert.ok(stopped, 'the spray was not noticed')
  })

  for (const size of Object.keys(widths)) {
    it(`a new browser calculates by itself, then enters (${size})`, async () => {
      const { context, page, faults } = await visitor(browser, size)
      // The page is held when it has its number, to be looked at.
      await page.addInitScript(() => {
        const send = HTMLFormElement.prototype.requestSubmit
        HTMLFormElement.prototype.requestSubmit = function () { globalThis.go_on = () => send.call(this) }
      })
      await sign_in(page)
      await page.getByRole('heading', { name: 'Une vérification avant de continuer' }).waitFor()
      await page.waitForFunction(() => globalThis.go_on)
      assert.match(await page.locator('[data-effort-words]').innerText(), /Calcul terminé/)
      assert.equal(await overflow(page), 0)
      await picture(page, size, '19-verification')
      assert.deepEqual(await axe_finds(page), [])
      await page.evaluate(() => globalThis.go_on())
      await page.waitForURL('**/espace', { timeout: 60_000 })
      assert.deepEqual(faults.filter(fault => !/^429 .*\/connexion$/.test(fault)), [])
      await context.close()
    })
  }

  it('a browser that entered before just enters', async () => {
    await known.page.goto(portal + '/deconnexion')
    await known.page.getByRole('button', { name: 'Me déconnecter' }).click()
    await sign_in(known.page)
    await known.page.waitForURL('**/espace')
    assert.deepEqual(known.faults, [])
    await known.context.close()
  })

  it('without scripts a link by mail lets in', async () => {
    const context = await browser.newContext({ viewport: widths.phone, javaScriptEnabled: false })
    const page = await context.newPage()
    await sign_in(page)
    assert.match(await page.locator('main').innerText(), /Ce calcul demande JavaScript/)
    await page.getByRole('link', { name: 'Recevoir un lien par courriel' }).click()
    const asked = Date.now() - 1000
    await page.getByLabel('Adresse professionnelle').fill(person.adresse)
    await page.locator('main form button[type=submit]').click()
    await page.goto(linkIn(await message(person.adresse, /mot de passe/i, asked)))
    await page.locator('main form button[type=submit]').click()
    for (const field of await page.locator('main input[type=password]').all()) await field.fill('Bulletin-bleu-93')
    await page.locator('main form button[type=submit]').click()
    await page.waitForURL('**/espace')
    await context.close()
  })
})
