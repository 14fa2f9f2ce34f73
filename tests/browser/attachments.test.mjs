// SPDX-License-Identifier: AGPL-3.0-or-later
// A file beside a réclamation in a real browser, at both widths: refused with its reason, taken, given back; without scripts too. axe finds nothing.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, it } from 'node:test'
import { Visitor, small_pdf } from '../http/client.mjs'
import { axe_finds, launch, overflow, picture, portal, visitor, widths } from './support.mjs'
import { people_of } from '../http/places.mjs'

const password = 'Bulletin-vert-92'
let browser, person
before(async () => {
  browser = await launch()
  ;[person] = await people_of(import.meta.url)
  await new Visitor().activate(person, password)
})
after(async () => { await browser.close() })

async function file_claim (page) {
  await page.goto(portal + '/connexion?suite=/reclamations/nouvelle')
  await page.getByLabel('Adresse professionnelle').fill(person.adresse)
  await page.getByLabel('Mot de passe personnel électeur').fill(password)
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/reclamations/nouvelle')
  await page.getByLabel('Mon profil électeur').check({ force: true })
  await page.getByLabel('Ce qui est à corriger').fill('Mon grade est faux.')
  await page.getByRole('button', { name: 'Vérifier avant de déposer' }).click()
  await page.getByRole('button', { name: 'Déposer ma réclamation' }).click()
  await page.waitForURL('**/reclamations/R-*')
}

for (const size of Object.keys(widths)) {
  it(`a file is chosen, refused, chosen again and given back, at ${size} width`, async () => {
    const { context, page, faults } = await visitor(browser, size)
    await file_claim(page)
    assert.deepEqual(await axe_finds(page), [])
    assert.equal(await overflow(page), 0)
    await picture(page, size, '30-reclamation')

    await page.getByRole('button', { name: 'Joindre ce fichier' }).click()
    assert.match(await page.locator('.p-errors').innerText(), /Choisissez un fichier sur votre appareil/)
    await page.getByLabel('Fichier à joindre').setInputFiles({ name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('du texte') })
    await page.getByRole('button', { name: 'Joindre ce fichier' }).click()
    assert.match(await page.locator('.p-errors').innerText(), /ni un PDF, ni une image/)
    assert.match(await page.title(), /^Erreur/)
    assert.deepEqual(await axe_finds(page), [])
    assert.equal(await overflow(page), 0)
    await picture(page, size, '31-fichier-refuse')

    await page.getByLabel('Fichier à joindre').setInputFiles({ name: 'arrêté de nomination.pdf', mimeType: 'text/html', buffer: small_pdf })
    await page.getByRole('button', { name: 'Joindre ce fichier' }).click()
    await page.waitForURL('**/reclamations/R-*')
    const link = page.getByRole('link', { name: 'arrêté de nomination.pdf' })
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
    assert.match(download.suggestedFilename(), /^R-.*-piece-1\.pdf$/)
    assert.deepEqual(await readFile(await download.path()), small_pdf)
    assert.deepEqual(await axe_finds(page), [])
    assert.equal(await overflow(page), 0)
    await picture(page, size, '32-fichier-joint')
    assert.deepEqual(faults, [])
    await context.close()
  })
}

it('without scripts too', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false, viewport: widths.phone })
  const page = await context.newPage()
  await file_claim(page)
  await page.getByLabel('Fichier à joindre').setInputFiles({ name: 'photo.pdf', mimeType: 'application/pdf', buffer: small_pdf })
  await page.getByRole('button', { name: 'Joindre ce fichier' }).click()
  await page.getByRole('link', { name: 'photo.pdf' }).waitFor()
  await context.close()
})
