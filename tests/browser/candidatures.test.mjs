// SPDX-License-Identifier: AGPL-3.0-or-later
// A list at the desk in a real browser, at both widths: pasted with a fault, mended, deposited, its receipt read. axe finds nothing.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Visitor, small_pdf } from '../http/client.mjs'
import { enter_desk, name_member, open_list } from '../http/desk.mjs'
import { axe_finds, launch, overflow, picture, portal, visitor, widths } from './support.mjs'
import { people_of } from '../http/places.mjs'

let browser, people
before(async () => {
  browser = await launch()
  people = await people_of(import.meta.url)
})
after(async () => { await browser.close() })

async function looks_right (page) {
  assert.deepEqual(await axe_finds(page), [])
  assert.equal(await overflow(page), 0)
}

for (const [i, size] of Object.keys(widths).entries()) {
  it(`a list is pasted, mended and deposited, at ${size} width`, async () => {
    const person = people[i], delegate = new Visitor()
    await delegate.activate(person)
    const number = open_list(person, `Union ${size}`)
    await enter_desk(delegate, name_member(person, []))
    const { context, page, faults } = await visitor(browser, size)
    await context.addCookies([...delegate.cookies].map(([name, value]) => ({ name, value, url: portal.replace('http:', 'https:'), secure: true, httpOnly: true })))
    await page.goto(portal + '/bureau')
    await page.getByRole('link', { name: 'Déposer une liste de candidats' }).click()
    await looks_right(page)
    await page.getByRole('link', { name: 'a-venir' }).click()
    await looks_right(page)

    await page.getByLabel('Nom de la liste').fill('Pour nos lycées')
    await page.getByLabel('Candidats, dans l’ordre de la liste').fill('Mme\tDUPONT\tJeanne\tLycée Camille-Guérin\nDURAND Paul\n')
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
    assert.match(await page.locator('main').innerText(), /Ligne 2 : quatre éléments/)
    assert.equal(await page.getByRole('button', { name: 'Déposer', exact: true }).count(), 0)
    await looks_right(page)
    await picture(page, size, '40-liste-a-corriger')

    await page.getByLabel('Candidats, dans l’ordre de la liste').fill('Mme;DUPONT;Jeanne;Lycée Camille-Guérin\nM.;DURAND;Paul;Collège Jules-Verne\n')
    await page.getByRole('button', { name: 'Enregistrer le brouillon' }).click()
    await page.getByLabel('Profession de foi').setInputFiles({ name: 'notes.pdf', mimeType: 'application/pdf', buffer: Buffer.from('du texte') })
    await page.getByRole('button', { name: 'Envoyer la profession de foi' }).click()
    assert.match(await page.locator('.p-errors').innerText(), /est un PDF entier/)
    await looks_right(page)
    await page.getByLabel('Profession de foi').setInputFiles({ name: 'profession.pdf', mimeType: 'application/pdf', buffer: small_pdf })
    await page.getByRole('button', { name: 'Envoyer la profession de foi' }).click()
    assert.match(await page.locator('main').innerText(), /profession\.pdf/)
    await page.getByRole('button', { name: 'Déposer', exact: true }).click()
    await page.waitForURL(`**/bureau/candidatures/${number}`)
    assert.match(await page.locator('main').innerText(), /C-[A-Z0-9]{4}-[A-Z0-9]{4}[\s\S]*à contrôler par le bureau des élections/)
    await looks_right(page)
    await picture(page, size, '41-liste-deposee')
    assert.deepEqual(faults, [])
    await context.close()
  })
}
