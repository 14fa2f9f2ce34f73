// SPDX-License-Identifier: AGPL-3.0-or-later
// A shared machine, in a real browser at both widths: the box is ticked by its words or the keyboard, axe finds nothing, and the page warns in time.
import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { Visitor } from '../http/client.mjs'
import { axe_finds, electors, launch, overflow, picture, portal, visitor, widths } from './support.mjs'

const password = 'Bulletin-vert-92'
let browser, person
before(async () => {
  browser = await launch()
  person = (await electors())[9]
  assert.equal((await new Visitor().activate(person, password)).headers.location, '/espace')
})
after(async () => { await browser.close() })

for (const size of Object.keys(widths)) {
  it(`a shared machine is said at sign-in, at ${size} width, and the page warns ninety seconds before the end`, async () => {
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
    const warning = page.locator('[data-session-idle]')
    await page.clock.runFor(200_000)
    assert.equal(await warning.isVisible(), false)
    await page.clock.runFor(15_000)
    assert.match(await warning.innerText(), /Votre connexion se terminera dans 2 minutes/)
    await page.getByRole('link', { name: 'Prolonger' }).click()
    await warning.waitFor({ state: 'hidden' })
    await page.clock.runFor(305_000)
    assert.match(await warning.innerText(), /Votre connexion est terminée/)
    assert.deepEqual(faults, [])
    await context.close()
  })
}
