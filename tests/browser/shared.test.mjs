// SPDX-License-Identifier: AGPL-3.0-or-later
// A shared machine, in a real browser at both widths: the box is ticked by its words or the keyboard, axe finds nothing, and the page warns in time.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Visitor } from '../http/client.mjs'
import { axe_finds, launch, overflow, picture, portal, sql, visitor, widths } from './support.mjs'
import { people_of } from '../http/places.mjs'

const password = 'Bulletin-vert-92'
let browser, person
before(async () => {
  browser = await launch()
  ;[person] = await people_of(import.meta.url)
  assert.equal((await new Visitor().activate(person, password)).headers.location, '/espace')
})
after(async () => { await browser.close() })

const age = seconds => sql(`UPDATE portail.session SET last_seen_at = UTC_TIMESTAMP() - INTERVAL ${seconds} SECOND WHERE voter_id = (SELECT id FROM portail.voter WHERE email = '${person.adresse}')`)

for (const size of Object.keys(widths)) {
  it(`a shared machine is said at sign-in, at ${size} width, and the page warns two minutes before the end`, async () => {
    const { context, page, faults } = await visitor(browser, size)
    await page.clock.install()
    await page.goto(portal + '/connexion')
    const box = page.getByRole('checkbox', { name: /Je suis sur un poste partagé/ })
    assert.equal(await box.isChecked(), false)
    if (size === 'phone') await page.getByText('Je suis sur un poste partagé').click()
    else { await box.focus(); await page.keyboard.press('Space') }
    assert.equal(await box.isChecked(), true)
    assert.equal(await overflow(page), 0)
    await picture(page, size, '19-poste-partage')
    assert.deepEqual(await axe_finds(page), [])
    await page.locator('input[name=adresse]').fill(person.adresse)
    await page.locator('input[name=mot_de_passe]').fill(password)
    await page.getByRole('button', { name: 'VALIDER' }).click()
    await page.waitForURL('**/espace')
    const warning = page.locator('[data-session]')
    await page.clock.runFor(170_000)
    assert.equal(await warning.isVisible(), false)
    age(182)
    await page.clock.runFor(15_000)
    await warning.waitFor()
    assert.match(await warning.innerText(), /Il reste 2 minutes/)
    await page.getByRole('button', { name: 'Rester connecté' }).click()
    await page.getByText('Vous restez connecté.').waitFor()
    age(300)
    await page.clock.runFor(305_000)
    await page.getByText('Votre connexion est terminée').waitFor()
    assert.deepEqual(faults, [])
    await context.close()
  })
}
