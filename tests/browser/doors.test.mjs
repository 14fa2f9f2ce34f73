// SPDX-License-Identifier: AGPL-3.0-or-later
// The doors of the portal in a real browser, at both widths: after the address one page for who has a password and who has none, with and
// without scripts; axe finds nothing on the pages of the way.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Visitor } from '../http/client.mjs'
import { axe_finds, launch, overflow, picture, portal, visitor, widths } from './support.mjs'
import { people_of } from '../http/places.mjs'

const password = 'Bulletin-vert-92'
let browser, returning, fresh
before(async () => {
  browser = await launch()
  ;[returning, fresh] = await people_of(import.meta.url)
  await new Visitor().activate(returning, password)
})
after(async () => { await browser.close() })

async function identify (page, person) {
  await page.goto(portal + '/portail/identification.htm')
  await page.getByLabel('Adresse professionnelle').fill(person.adresse)
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/portail/attente.htm')
}

for (const size of Object.keys(widths)) {
  it(`who has a password types it after the address, at ${size} width`, async () => {
    const { context, page, faults } = await visitor(browser, size)
    await page.goto(portal + '/portail/identification.htm')
    assert.deepEqual(await axe_finds(page), [])
    await identify(page, returning)
    assert.equal(await overflow(page), 0)
    assert.deepEqual(await axe_finds(page), [])
    await picture(page, size, '20-mot-de-passe-ou-courriel')
    await page.getByLabel('Mot de passe personnel électeur').fill(password)
    await page.getByRole('button', { name: 'VALIDER' }).click()
    await page.waitForURL('**/espace')
    await page.goto(portal + '/')
    await page.locator('.p-hero__act').click()
    await page.waitForURL('**/espace')
    assert.deepEqual(faults, [])
    await context.close()
  })
}

it('who mistypes it has his address kept, and a forgotten password finds it too', async () => {
  const { context, page } = await visitor(browser, 'phone')
  await identify(page, returning)
  await page.getByLabel('Mot de passe personnel électeur').fill('Autre-chose-1')
  await page.getByRole('button', { name: 'VALIDER' }).click()
  assert.match(await page.title(), /^Erreur/)
  assert.equal(await page.locator('input[name=adresse]').inputValue(), returning.adresse)
  await page.goto(portal + '/portail/attente.htm')
  await page.getByRole('link', { name: /Mot de passe oublié/ }).click()
  assert.equal(await page.locator('input[name=adresse]').inputValue(), returning.adresse)
  await context.close()
})

it('who comes for the first time reads the message of the leaflet, on the page that all get', async () => {
  const { context, page } = await visitor(browser, 'phone')
  await identify(page, fresh)
  const text = await page.locator('main').innerText()
  assert.match(text, /Attention\s: le délai de réception du courriel peut prendre jusqu’à 15\smn selon les systèmes de sécurité académique\./)
  assert.match(text, /Merci de consulter votre messagerie professionnelle et de cliquer sur le lien contenu dans le message afin de finaliser la création de votre espace électeur\./)
  await page.getByRole('link', { name: 'OK, j’ai compris' }).click()
  await page.waitForURL(portal + '/')
  await context.close()
})

it('the way of a returning elector needs no script', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await identify(page, returning)
  await page.locator('input[name=mot_de_passe]').fill(password)
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/espace')
  await context.close()
})
