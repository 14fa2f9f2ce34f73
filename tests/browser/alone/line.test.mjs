// SPDX-License-Identifier: AGPL-3.0-or-later
// The line before the door, in a real browser, behind a crowd: at both widths, with and without scripts; axe finds nothing, the page comes
// back by itself, and the elector enters without typing again.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Visitor } from '../../http/client.mjs'
import { axe_finds, launch, overflow, picture, portal, visitor, widths } from '../support.mjs'
import { people_of } from '../../http/places.mjs'

const password = 'Bulletin-vert-92'
let browser, person
before(async () => {
  browser = await launch()
  ;[person] = await people_of(import.meta.url)
  assert.equal((await new Visitor().activate(person, password)).headers.location, '/espace')
})
after(async () => { await browser.close() })

// So many at once that some wait; they do not come back, and the line lets their places go. Forty at a time: nginx has room for a
// hundred requests of guests in each worker. Each of a network of its own: so many wrong passwords of one would be a spray.
let rounds = 0
async function crowd () {
  const round = ++rounds
  let waiting = 0
  for (let batch = 0; batch < 4; batch++) {
    const people = Array.from({ length: 40 }, (_, i) => new Visitor(`127.${round}.${40 * batch + i}.1`))
    await Promise.all(people.map(one => one.get('/connexion')))
    const answers = await Promise.all(people.map((one, i) => one.submit('/connexion', { adresse: `personne${batch}.${i}@ac-poitiers.example`, mot_de_passe: password, suite: '' })))
    waiting += answers.filter(answer => answer.headers.location === '/connexion/attente').length
  }
  assert.ok(waiting > 100, `${waiting} wait`)
}

async function sign_in (page) {
  await page.goto(portal + '/connexion')
  await page.getByLabel('Adresse professionnelle').fill(person.adresse)
  await page.getByLabel('Mot de passe', { exact: false }).first().fill(password)
  await crowd()
  await page.getByRole('button', { name: 'VALIDER' }).click()
  await page.waitForURL('**/connexion/attente')
}

for (const size of Object.keys(widths)) {
  describe(`the line at ${size} width`, () => {
    it('tells place and time, and lets in without a word more', async () => {
      const { context, page, faults } = await visitor(browser, size)
      await sign_in(page)
      assert.equal(await page.locator('h1').innerText(), 'Votre place dans la file')
      assert.match(await page.locator('main').innerText(), /Devant vous\s+\d+ personnes/)
      assert.equal(await overflow(page), 0)
      await picture(page, size, '17-file-d-attente')
      assert.deepEqual(await axe_finds(page), [])
      await page.waitForURL('**/espace', { timeout: 90_000 })
      assert.deepEqual(faults, [])
      await context.close()
    })
  })
}

describe('the line without scripts', () => {
  it('comes back by itself, and the turn is one button', async () => {
    const context = await browser.newContext({ viewport: widths.phone, javaScriptEnabled: false })
    const page = await context.newPage()
    await sign_in(page)
    await page.getByRole('heading', { name: 'C’est votre tour' }).waitFor({ timeout: 90_000 })
    await picture(page, 'phone', '18-votre-tour')
    await page.getByRole('button', { name: 'ENTRER' }).click()
    // No room for the moment: the same page again.
    for (let tries = 0; tries < 20 && !page.url().endsWith('/espace'); tries++) {
      await page.waitForTimeout(1000)
      const again = page.getByRole('button', { name: 'ENTRER' })
      if (await again.isVisible()) await again.click()
    }
    assert.ok(page.url().endsWith('/espace'), page.url())
    await context.close()
  })
})
