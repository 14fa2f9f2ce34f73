// SPDX-License-Identifier: AGPL-3.0-or-later
// A change of the roll by two members in Chromium, by the keyboard alone: one proposes on a phone, the other decides at a desk; every page of it at both widths,
// nothing wider than the screen, nothing that axe-core finds, valid HTML.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { root } from '../http/client.mjs'
import { stop_reassort } from '../http/desk.mjs'
import { Looks } from '../pages/look.mjs'
import { sit } from './desk.mjs'
import { press, type } from './keys.mjs'
import { launch, office, portal, sql } from './support.mjs'
import { people_of } from '../http/places.mjs'

let browser, people, academie, elector
const looks = new Looks(join(process.env.PORTAIL_BUILD ?? join(root, 'build'), 'pictures'))
before(async () => {
  browser = await launch()
  people = await people_of(import.meta.url)
  elector = people[2]
  academie = sql(`SELECT academie_code FROM portail.voter WHERE email = '${elector.adresse}'`)
  stop_reassort(elector)
})
after(async () => {
  await browser.close()
  await looks.write_sheet()
})

describe('a change of the roll', () => {
  it('is proposed by one, decided by another, and made', { timeout: 240_000 }, async () => {
    const faults = []
    const roles = [{ role: 'gestionnaire', academie }]
    const one = await sit(browser, people[0], roles, 'phone', looks, faults), two = await sit(browser, people[1], roles, 'desktop', looks, faults)

    await one.page.goto(portal + '/bureau')
    await press(one.page, 'link', 'Changements de la liste électorale, décidés à deux')
    await one.page.waitForURL('**/bureau/changements')
    await one.look('changements, aucun')
    await press(one.page, 'link', 'Chercher l’électeur dont la ligne est à changer')
    await one.page.waitForURL('**/bureau/electeurs')
    await one.page.keyboard.press('Tab')
    await type(one.page, 'Nom ou adresse', 'xy')
    await one.page.keyboard.press('Enter')
    await one.page.waitForSelector('[role=alert]')
    await one.look('électeur, trop court', false)
    await one.page.goto(portal + '/bureau/electeurs')
    await type(one.page, 'Nom ou adresse', elector.adresse)
    await one.page.keyboard.press('Enter')
    await one.page.waitForSelector('main h2')
    await one.look('électeur trouvé', false)
    const line = await one.page.locator('main a[href^="/bureau/electeurs/"]').getAttribute('href')
    await press(one.page, 'link', await one.page.locator(`main a[href="${line}"]`).innerText())
    await one.page.waitForURL('**' + line)
    await one.look('ligne')
    // What cannot be changed any more says so, in its form.
    await one.page.goto(portal + line + '/correction')
    assert.match(await one.page.locator('main').innerText(), /L’élection est scellée/)
    await one.look('correction scellée')
    await one.page.goto(portal + line)
    await press(one.page, 'link', 'Proposer de rouvrir le réassort')
    await one.page.waitForURL('**/reassort')
    await one.look('proposition')
    await press(one.page, 'button', 'Proposer la réouverture')
    await one.page.waitForSelector('[role=alert]')
    await one.look('proposition sans motif', false)
    await type(one.page, 'Motif', 'Reconnue au guichet')
    await one.page.keyboard.press('Enter')
    await one.page.waitForURL('**/bureau/changements/*')
    const change = new URL(one.page.url()).pathname
    await one.look('changement proposé')
    assert.equal(await one.page.getByRole('button', { name: 'Approuver' }).count(), 0)

    await two.page.goto(portal + '/bureau/changements')
    await two.look('changements, un à décider')
    await press(two.page, 'link', await two.page.locator(`main a[href="${change}"]`).innerText())
    await two.page.waitForURL('**' + change)
    await two.look('changement à décider')
    await press(two.page, 'button', 'Refuser')
    await two.page.waitForSelector('[role=alert]')
    await two.look('refus sans motif', false)
    await two.page.goto(portal + change)
    await press(two.page, 'button', 'Approuver')
    await two.page.waitForFunction(() => /pas encore faite/.test(document.querySelector('main').innerText))
    await two.look('changement approuvé')
    // One page back stands the form that has served: sent again, it is the same decision.
    await two.page.goBack()
    if (await two.page.getByRole('button', { name: 'Approuver' }).count()) await two.page.getByRole('button', { name: 'Approuver' }).click()
    await two.page.goto(portal + change)
    assert.match(await two.page.locator('main').innerText(), /pas encore faite/)
    await office('desk', 'apply')
    await one.page.reload()
    assert.match(await one.page.locator('main').innerText(), /Faite /)
    await one.look('changement fait')

    await one.page.goto(portal + '/bureau/demandes')
    await one.look('demandes, relance offerte')
    await press(one.page, 'button', 'Demander une relance')
    await one.page.waitForFunction(() => /à son prochain passage/.test(document.querySelector('main').innerText))
    await one.look('demandes, relance demandée')
    await office('desk', 'apply')
    await one.page.reload()
    assert.match(await one.page.locator('main').innerText(), /courriels? écrits?/)
    assert.deepEqual(faults, [])
    await one.context.close()
    await two.context.close()
  })
})
